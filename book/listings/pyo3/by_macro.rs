//! A function, a class and a module, as the macros have them.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

// ANCHOR: with_the_macro
/// How many sheets so many pages need, and some spare ones.
#[pyfunction]
#[pyo3(signature = (pages, spare=0))]
fn sheets(pages: i32, spare: i32) -> PyResult<i32> {
    if pages < 0 {
        return Err(PyValueError::new_err("fewer than no pages"));
    }
    let sheets = (pages / 4).checked_add(spare);
    Ok(sheets.expect("nobody has so many sheets"))
}
// ANCHOR_END: with_the_macro

/// Nobody needs to be told.
#[pyfunction]
fn ring() -> &'static str {
    "ding"
}

// ANCHOR: a_class_for_the_macro
/// A pile of sheets.
#[pyclass]
struct Pile {
    #[pyo3(get)]
    sheets: u64,
}

#[pymethods]
impl Pile {
    #[new]
    fn new(sheets: u64) -> Self {
        Pile { sheets }
    }

    fn __len__(&self) -> usize {
        self.sheets as usize
    }
}
// ANCHOR_END: a_class_for_the_macro

#[pymodule]
mod by_macro {
    #[pymodule_export]
    use super::{Pile, ring, sheets};
}
