//! Another module, in another language, that calls the first one's functions.

use std::ffi::{c_double, c_int};

use pyo3::exceptions::PyImportError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

// ANCHOR: the_same_table
/// `RipenAPI` in `ripen.h`, field for field.
#[repr(C)]
struct Ripen {
    version: c_int,
    sweetness: unsafe extern "C" fn(c_int) -> c_double,
}
// ANCHOR_END: the_same_table

#[pymodule]
mod cellar {
    use super::*;

    // ANCHOR: asks_for_the_table
    #[pyfunction]
    fn sweetest(py: Python<'_>, days: Vec<c_int>) -> PyResult<c_double> {
        // SAFETY: whoever puts something there under this name means this struct, and the
        // module keeps it in a static.
        let ripen: &Ripen = unsafe { PyCapsule::import(py, c"ripen._C_API")? };
        if ripen.version != 1 {
            return Err(PyImportError::new_err(
                "another version of `ripen` is needed",
            ));
        }
        // SAFETY: it takes any number, and calls nothing of Python's.
        let each = days
            .into_iter()
            .map(|days| unsafe { (ripen.sweetness)(days) });
        Ok(each.fold(0.0, f64::max))
    }
    // ANCHOR_END: asks_for_the_table
}
