//! What `keras_model!` says of files that cannot be a model, word for word: each at the path.
//!
//! Renew the texts with `TRYBUILD=overwrite cargo test -p keras-core --features keras-files --test ui_keras`.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

/// The texts around our own sentences are rustc's and change from version to version.
const PINNED: &str = "rustc 1.95.";

/// A `.keras` file of a chain of layers.
fn file(sizes: &[usize], layers: &[(&str, Value)]) -> Vec<u8> {
    let shape: Vec<Value> = std::iter::once(Value::Null).chain(sizes.iter().map(|n| json!(n))).collect();
    let mut all = vec![json!({
        "class_name": "InputLayer", "config": {"batch_shape": shape, "dtype": "float32", "name": "features"}
    })];
    for (i, (class, config)) in layers.iter().enumerate() {
        let mut config = config.clone();
        config["name"] = json!(format!("layer_{i}"));
        all.push(json!({"class_name": class, "config": config}));
    }
    let config = json!({"class_name": "Sequential", "config": {"name": "net", "layers": all}});
    keras_files::zip(&[("config.json", config.to_string().as_bytes())]).unwrap()
}

#[test]
fn messages() {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("--version").output().map(|out| out.stdout).unwrap_or_default();
    let version = String::from_utf8_lossy(&version);
    if !version.starts_with(PINNED) {
        eprintln!(
            "\n=== tests/ui_keras NOT RUN: its texts were printed by {PINNED}x, this is {version} ===\n"
        );
        return;
    }
    // The macro looks for the files in the folder of the package that it is in: here trybuild's.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let files = target.join("tests/trybuild/keras-core/files");
    std::fs::create_dir_all(&files).unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(files.join(name), bytes).unwrap();
    write("text.keras", b"this is no zip");
    write("broken.keras", &file(&[4], &[("Dense", json!({"units": 3}))])[..200]);
    let unknown = [
        ("Dense", json!({"units": 3, "activation": "curly"})),
        ("Puzzle", json!({})),
        ("Dropout", json!({"rate": 0.5, "mood": "good"})),
    ];
    write("unknown.keras", &file(&[4], &unknown));
    let shapes = [("Reshape", json!({"target_shape": [2, 3]})), ("Flatten", json!({}))];
    write("shapes.keras", &file(&[4], &shapes));
    let weights = env!("CARGO_MANIFEST_DIR").to_owned() + "/../tests/keras_files/files/mlp.weights.h5";
    write("weights.h5", &std::fs::read(weights).unwrap());
    trybuild::TestCases::new().compile_fail("tests/ui_keras/*.rs");
}
