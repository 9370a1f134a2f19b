//! ink for Python, through CPython's own C API as pyo3-ffi declares it: the same binding as
//! ink-capi-c, in another language.
//!
//! Everything here runs with the GIL held, but for what `gil::without_the_gil` is given.

mod arguments;
mod buffer;
mod callbacks;
mod convert;
mod errors;
mod gil;
mod image;
mod methods;
mod module;
mod pixel;
mod properties;
mod reference;
mod tables;
mod usage;
mod words;
mod work;

/// The only name that Python looks for. It describes the module, and makes nothing yet.
#[unsafe(no_mangle)]
pub extern "C" fn PyInit__ink() -> *mut pyo3_ffi::PyObject {
    // SAFETY: a static, which CPython fills in with the GIL held.
    unsafe { pyo3_ffi::PyModuleDef_Init(&raw mut tables::MODULE) }
}
