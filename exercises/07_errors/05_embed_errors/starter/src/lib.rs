//! A host that runs guests. It calls them as a host in C would do.

use pyo3::ffi;
use pyo3::prelude::*;

pub mod outcome;

use outcome::Outcome;

/// Stands for the text of an object whose `str()` raises.
const NO_TEXT: &str = "(no text)";

#[pymodule]
mod embed_errors {
    use super::*;

    /// Calls `guest(argument)`, and says what became of it.
    #[pyfunction]
    fn run(guest: &Bound<'_, PyAny>, argument: &Bound<'_, PyAny>) -> PyResult<Outcome> {
        let py = guest.py();
        // SAFETY: this thread is attached, and both objects are alive as long as the call.
        let result = unsafe { ffi::PyObject_CallOneArg(guest.as_ptr(), argument.as_ptr()) };
        if result.is_null() {
            // TODO: the guest failed. Who takes its exception?
            return Ok(Outcome::Raised {
                kind: "unknown".to_owned(),
                message: NO_TEXT.to_owned(),
            });
        }
        // SAFETY: a call returns NULL or a new reference, which is ours.
        let result = unsafe { Bound::from_owned_ptr(py, result) };
        Ok(Outcome::Returned(result.unbind()))
    }
}
