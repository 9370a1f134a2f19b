//! Tells the linker of macOS that Python's symbols come later, from the Python that loads the
//! module. maturin does so by itself; `cargo build` does not.

fn main() {
    pyo3_build_config::add_extension_module_link_args();
}
