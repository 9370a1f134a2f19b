//! The build script that all extension modules in `exercises/` share.
//!
//! A module must not be loaded by another Python than the one it was built for,
//! and nothing in the file that cargo writes says which that was. So it is
//! written into the library: the judge reads it and refuses a mismatch.

fn main() {
    println!("cargo:rerun-if-changed=../../extension.rs");
    println!("cargo:rerun-if-env-changed=PYO3_PYTHON");
    // What is found out about Python comes from a dependency. `faulty` stands in
    // for pyo3-ffi and hands it on under its own name, since two packages of one
    // `links` name cannot be built together.
    if let Some(python) = std::env::var_os("DEP_FAULTY_PYO3_CONFIG") {
        // SAFETY: a build script has one thread until it starts another.
        unsafe { std::env::set_var("DEP_PYTHON_PYO3_CONFIG", python) };
    }
    // An answer may ask with `cfg` which Python it is built for: `#[cfg(Py_3_12)]`.
    pyo3_build_config::use_pyo3_cfgs();
    // macOS wants to be told that Python's symbols come later.
    pyo3_build_config::add_extension_module_link_args();
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        let python = pyo3_build_config::get();
        let (version, abi) = (python.version(), python.target_abi());
        let free_threaded = if python.is_free_threaded() { "t" } else { "" };
        let debug = if abi.is_debug() { "d" } else { "" };
        let abi = format!("{}.{}{free_threaded}{debug}", version.major, version.minor);
        let name = std::env::var("CARGO_PKG_NAME").unwrap_or_default();
        println!("cargo:rustc-cdylib-link-arg=-Wl,-soname,{name}.for-python-{abi}");
    }
}
