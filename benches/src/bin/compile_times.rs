//! How long the compiler takes for models of many layers: a crate with one model is checked, checked again after a
//! change, and built for release. Prints a table in Markdown.
//!
//! ```sh
//! cargo run --release -p benches --bin compile_times
//! ```

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How often each is timed; the shortest counts, since the machine does other things, too.
const RUNS: usize = 3;

fn main() -> std::io::Result<()> {
    let folder = std::env::temp_dir().join(format!("keras-compile-times-{}", std::process::id()));
    let result = all(&folder);
    std::fs::remove_dir_all(&folder)?;
    result
}

fn all(folder: &Path) -> std::io::Result<()> {
    let mut models = vec![("nothing".to_owned(), String::new())];
    for layers in [3, 10, 50, 150] {
        models.push((format!("{layers} dense layers"), dense(layers, false)));
        models.push((format!("{layers} dense layers, sizes as consts"), dense(layers, true)));
    }
    for (name, blocks) in
        [("ResNet-26", [2, 2, 2, 2]), ("ResNet-50", [3, 4, 6, 3]), ("ResNet-152", [3, 8, 36, 3])]
    {
        models.push((name.to_owned(), resnet(blocks)));
    }
    println!(
        "| model | layers | check, s | above nothing | check again after a change, s | release build, s |"
    );
    println!("|---|---|---|---|---|---|");
    let mut least = None;
    for (name, model) in models {
        let package = Package::new(folder, &model)?;
        let check = package.time(&["check"], false)?;
        let again = package.time(&["check"], true)?;
        let release = package.time(&["build", "--release"], false)?;
        let least = *least.get_or_insert(check);
        println!(
            "| {name} | {} | {:.2} | {:.2} | {:.2} | {:.2} |",
            layers(&model),
            check.as_secs_f64(),
            check.saturating_sub(least).as_secs_f64(),
            again.as_secs_f64(),
            release.as_secs_f64()
        );
    }
    Ok(())
}

fn layers(model: &str) -> usize {
    [
        "Dense<",
        "Conv2D<",
        "BatchNormalization",
        "Activation<",
        "MaxPooling2D",
        "GlobalAveragePooling2D",
        "Add(",
    ]
    .iter()
    .map(|word| model.matches(word).count())
    .sum()
}

/// Layers of different sizes, one behind the other.
fn dense(layers: usize, named: bool) -> String {
    let mut consts = String::new();
    let mut list = String::new();
    let size = |i: usize| 8 + i % 57;
    for i in 0..layers {
        if named {
            let _ = writeln!(consts, "const N{i}: usize = {};", size(i + 1));
            let input = if i == 0 { size(0).to_string() } else { "_".into() };
            let _ = write!(list, "Dense<{input}, N{i}, Relu>, ");
        } else {
            let _ = write!(list, "Dense<{}, {}, Relu>, ", size(i), size(i + 1));
        }
    }
    format!("{consts}sequential! {{ pub struct Net< {list} > }}\n")
}

/// The shapes of a residual network with bottlenecks, on images of 224x224.
fn resnet(blocks: [usize; 4]) -> String {
    let mut text = String::from(
        "model! { pub struct Net { input image: Input<224, 224, 3>;\n\
         let a = Conv2D<_, 64, 7, strides = 2, padding = Same, use_bias = false>(image);\n\
         let b = MaxPooling2D<3, strides = 2, padding = Same>(Activation<Relu>(BatchNormalization(a)));\n",
    );
    let mut last = "b".to_owned();
    for (stage, (count, width)) in blocks.into_iter().zip([64, 128, 256, 512]).enumerate() {
        for block in 0..count {
            let strides = if stage > 0 && block == 0 { 2 } else { 1 };
            let name = format!("s{stage}_{block}");
            let _ = write!(
                text,
                "let {name}_c1 = Conv2D<_, {width}, 1, strides = {strides}, use_bias = false>({last});\n\
                 let {name}_r1 = Activation<Relu>(BatchNormalization({name}_c1));\n\
                 let {name}_c2 = Conv2D<_, {width}, 3, padding = Same, use_bias = false>({name}_r1);\n\
                 let {name}_r2 = Activation<Relu>(BatchNormalization({name}_c2));\n\
                 let {name}_n3 = BatchNormalization(Conv2D<_, {}, 1, use_bias = false>({name}_r2));\n",
                4 * width
            );
            let short = if block == 0 {
                let _ = writeln!(
                    text,
                    "let {name}_p = BatchNormalization(Conv2D<_, {}, 1, strides = {strides}, use_bias = false>({last}));",
                    4 * width
                );
                format!("{name}_p")
            } else {
                last
            };
            let _ = writeln!(text, "let {name} = Activation<Relu>(Add({short}, {name}_n3));");
            last = name;
        }
    }
    let _ =
        writeln!(text, "let y = Dense<_, 1000, Softmax>(GlobalAveragePooling2D({last})); output y; }} }}");
    text
}

/// A crate with one model that is trained.
struct Package {
    folder: PathBuf,
    source: String,
}

impl Package {
    fn new(folder: &Path, model: &str) -> std::io::Result<Self> {
        std::fs::create_dir_all(folder.join("src"))?;
        let core =
            Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).join("keras-core");
        std::fs::write(
            folder.join("Cargo.toml"),
            format!(
                "[package]\nname = \"timed\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n\
                 [dependencies]\nkeras-core = {{ path = {:?} }}\n",
                core.display().to_string()
            ),
        )?;
        let body = if model.is_empty() { "" } else { "println!(\"{}\", Net::<Cpu>::new(1).summary());" };
        let source = format!(
            "#![allow(unused_imports, deprecated)]\nuse keras_core::prelude::*;\n{model}\nfn main() {{ {body} }}\n"
        );
        std::fs::write(folder.join("src/main.rs"), &source)?;
        let package = Self { folder: folder.to_owned(), source };
        // What it stands on is not timed.
        package.cargo(&["check"], false)?;
        package.cargo(&["build", "--release"], false)?;
        Ok(package)
    }

    fn cargo(&self, command: &[&str], incremental: bool) -> std::io::Result<()> {
        let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(command)
            .arg("--quiet")
            .current_dir(&self.folder)
            .env("CARGO_INCREMENTAL", if incremental { "1" } else { "0" })
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .stdin(Stdio::null())
            .output()?;
        if output.status.success() {
            return Ok(());
        }
        Err(std::io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()))
    }

    /// The shortest of several times, the crate alone being compiled anew.
    fn time(&self, command: &[&str], incremental: bool) -> std::io::Result<Duration> {
        let mut shortest = Duration::MAX;
        for run in 0..=RUNS {
            std::fs::write(self.folder.join("src/main.rs"), format!("{}// change {run}\n", self.source))?;
            let start = Instant::now();
            self.cargo(command, incremental)?;
            // The first run of several fills the compiler's cache.
            if run > 0 {
                shortest = shortest.min(start.elapsed());
            }
        }
        Ok(shortest)
    }
}
