//! Lets a listing ask which Python it is built for, lets the extension modules
//! among them leave Python's symbols to the Python that loads them, and compiles
//! the C library that a chapter's listings bind.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=PYO3_PYTHON");
    pyo3_build_config::use_pyo3_cfgs();
    // quire goes into those that bind it from Rust. The linker leaves it out of the others.
    println!("cargo:rerun-if-changed=five/quire.c");
    println!("cargo:rerun-if-changed=five/quire.h");
    cc::Build::new().file("five/quire.c").compile("quire");
    // What PyO3 has for this reaches a package's own library, and no example.
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("macos") {
        println!("cargo:rustc-link-arg-examples=-Wl,-undefined,dynamic_lookup");
    }
}
