//! Lets the code ask which Python it is built for (`#[cfg(Py_3_12)]`), and tells the linker of
//! macOS that Python's symbols come later, from the Python that loads the module.

fn main() {
    pyo3_build_config::use_pyo3_cfgs();
    pyo3_build_config::add_extension_module_link_args();
}
