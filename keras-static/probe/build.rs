//! Without the standard library nobody asks for the C library, whose start code calls `main`.

fn main() {
    println!("cargo::rustc-link-arg-bins=-lc");
}
