//! The old names, given a meaning of our own: PyO3 has none for them any more.
//!
//! A method of PyO3's would come before a trait's, and a type that two `*` bring
//! could not be named. If one of these names came back, this would not compile.

use gone::*;
use pyo3::prelude::*;
use pyo3::types::*;
// Nothing is taken from these: they are what the old names are not in.
#[allow(unused_imports)]
use pyo3::{conversion::*, pycell::*, sync::*, *};

/// What PyO3 once had at these places.
mod gone {
    pub struct GILOnceCell;
    pub struct GILProtected;
    pub struct PyObject;
    pub struct PyCell;
    pub struct PyLong;
    pub struct PyUnicode;
    pub struct IntoPy;
    pub struct ToPyObject;
    pub struct PyTryFrom;
    pub struct DowncastError;
    pub struct GILPool;
    pub fn prepare_freethreaded_python() {}
}

trait OldToken {
    fn with_gil() -> usize {
        1
    }
    fn allow_threads(&self) -> usize {
        1
    }
    fn get_type_bound(&self) -> usize {
        1
    }
    fn run_bound(&self) -> usize {
        1
    }
}

impl OldToken for Python<'_> {}

trait OldObject {
    fn downcast(&self) -> usize {
        1
    }
    fn is_true(&self) -> usize {
        1
    }
}

impl OldObject for Bound<'_, PyAny> {}

trait OldMakers {
    fn new_bound() -> usize {
        1
    }
}

impl OldMakers for PyString {}
impl OldMakers for PyDict {}

/// How many old names mean nothing but what this file says.
#[pyfunction]
fn are_gone(object: &Bound<'_, PyAny>) -> usize {
    let types = [
        size_of::<GILOnceCell>(),
        size_of::<GILProtected>(),
        size_of::<PyObject>(),
        size_of::<PyCell>(),
        size_of::<PyLong>(),
        size_of::<PyUnicode>(),
        size_of::<IntoPy>(),
        size_of::<ToPyObject>(),
        size_of::<PyTryFrom>(),
        size_of::<DowncastError>(),
        size_of::<GILPool>(),
    ];
    prepare_freethreaded_python();
    let py = object.py();
    let methods = Python::with_gil()
        + py.allow_threads()
        + py.get_type_bound()
        + py.run_bound()
        + object.downcast()
        + object.is_true()
        + PyString::new_bound()
        + PyDict::new_bound();
    types.len() + 1 + methods
}

#[pymodule]
mod old_names {
    #[pymodule_export]
    use super::are_gone;
}
