//! Every message that the macro and the types give, word for word.
//!
//! Renew the texts with `TRYBUILD=overwrite cargo test --test ui`, and read what changed.

use std::process::Command;

/// The texts around our own sentences are rustc's and change from version to version.
const PINNED: &str = "rustc 1.95.";

#[test]
fn messages() {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("--version").output().map(|out| out.stdout).unwrap_or_default();
    let version = String::from_utf8_lossy(&version);
    if !version.starts_with(PINNED) {
        eprintln!("\n=== tests/ui NOT RUN: its texts were printed by {PINNED}x, this is {version} ===\n");
        return;
    }
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
