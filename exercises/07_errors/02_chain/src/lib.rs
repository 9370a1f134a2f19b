//! Totals of sheets, for Python. What goes wrong is one exception with one sentence.

use pyo3::create_exception;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;

mod sheets;

create_exception!(chain, SheetError, PyException, "A sheet has no total.");
create_exception!(chain, LineError, PyException, "A line does not count.");

#[pymodule]
mod chain {
    use super::*;

    #[pymodule_export]
    use super::{LineError, SheetError};

    /// The total of the sheet `name`. `fetch` is called with the name of a sheet and
    /// returns its text.
    #[pyfunction]
    fn total(name: &str, fetch: &Bound<'_, PyAny>) -> PyResult<i64> {
        let mut fetch_one = |name: &str| -> Result<String, sheets::AnyError> {
            let sheet = fetch.call1((name,)).and_then(|sheet| sheet.extract());
            // TODO: a sentence is all that is left of the exception.
            sheet.map_err(|error: PyErr| error.to_string().into())
        };
        // TODO: the outermost error is all that Python hears of.
        sheets::total(name, &mut fetch_one).map_err(|error| SheetError::new_err(error.to_string()))
    }
}
