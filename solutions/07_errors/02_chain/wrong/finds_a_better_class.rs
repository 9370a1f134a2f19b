//! wrong: thinks that OverflowError fits a sum that is too large, which is no row of the table
//! caught-by: each_source_is_a_cause
//! says: RuntimeError

use std::error::Error;
use std::num::ParseIntError;

use pyo3::create_exception;
use pyo3::exceptions::{PyException, PyOverflowError, PyRuntimeError, PyValueError};
use pyo3::prelude::*;

mod sheets;

create_exception!(chain, SheetError, PyException, "A sheet has no total.");
create_exception!(chain, LineError, PyException, "A line does not count.");

fn exception(py: Python<'_>, error: &(dyn Error + 'static)) -> PyErr {
    if let Some(raised) = error.downcast_ref::<PyErr>() {
        return raised.clone_ref(py);
    }
    let text = error.to_string();
    let made = if error.is::<sheets::SheetError>() {
        SheetError::new_err(text)
    } else if error.is::<sheets::LineError>() {
        LineError::new_err(text)
    } else if error.is::<ParseIntError>() {
        PyValueError::new_err(text)
    } else if error.is::<sheets::TooLarge>() {
        PyOverflowError::new_err(text)
    } else {
        PyRuntimeError::new_err(text)
    };
    if let Some(source) = error.source() {
        made.set_cause(py, Some(exception(py, source)));
    }
    made
}

fn exit(py: Python<'_>, error: &(dyn Error + 'static)) -> Option<PyErr> {
    let mut last = error;
    while let Some(source) = last.source() {
        last = source;
    }
    let raised = last.downcast_ref::<PyErr>()?;
    (!raised.is_instance_of::<PyException>(py)).then(|| raised.clone_ref(py))
}

#[pymodule]
mod chain {
    use super::*;

    #[pymodule_export]
    use super::{LineError, SheetError};

    /// The total of the sheet `name`. `fetch` is called with the name of a sheet and
    /// returns its text.
    #[pyfunction]
    fn total(py: Python<'_>, name: &str, fetch: &Bound<'_, PyAny>) -> PyResult<i64> {
        let mut fetch_one = |name: &str| -> Result<String, sheets::AnyError> {
            Ok(fetch.call1((name,))?.extract::<String>()?)
        };
        sheets::total(name, &mut fetch_one)
            .map_err(|error| exit(py, &error).unwrap_or_else(|| exception(py, &error)))
    }
}
