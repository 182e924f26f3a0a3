//! What `onnx_model!` says to mistakes, word for word: see `tests/ui.rs`.

use std::path::Path;
use std::process::Command;

#[test]
fn messages() {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("--version").output().map(|out| out.stdout).unwrap_or_default();
    let version = String::from_utf8_lossy(&version);
    // The files are named from the folder in which trybuild compiles.
    let usual =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tmp") == Path::new(env!("CARGO_TARGET_TMPDIR"));
    if !version.starts_with("rustc 1.95.") || !usual {
        eprintln!(
            "\n=== tests/ui_onnx NOT RUN: its texts are rustc 1.95's, in the usual target folder; this is {version} ===\n"
        );
        return;
    }
    trybuild::TestCases::new().compile_fail("tests/ui_onnx/*.rs");
}
