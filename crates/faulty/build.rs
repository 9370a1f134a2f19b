//! Lets the wrappers ask which Python they are built for, and hands that on to
//! whoever depends on this crate where it would have depended on pyo3-ffi.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=PYO3_PYTHON");
    pyo3_build_config::use_pyo3_cfgs();
    if let Err(error) = pyo3_build_config::get().to_cargo_dep_env() {
        println!("cargo:error=cannot hand on which Python this is built for: {error}");
    }
    // What PyO3 has for this reaches a package's own library, and no example.
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("macos") {
        println!("cargo:rustc-link-arg-examples=-Wl,-undefined,dynamic_lookup");
    }
}
