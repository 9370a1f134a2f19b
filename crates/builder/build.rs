//! Remembers the target: `cc` wants to be told when no build script runs it.
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!(
        "cargo:rustc-env=BUILDER_TARGET={}",
        std::env::var("TARGET").unwrap_or_default()
    );
}
