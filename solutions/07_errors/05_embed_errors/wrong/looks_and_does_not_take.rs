//! wrong: looks at the error indicator and reports what it sees, and leaves it set
//! caught-by: says_what_was_raised
//! says: exception set

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
            // SAFETY: attached; what it returns is borrowed, so a reference is added.
            let kind = unsafe { Bound::from_borrowed_ptr(py, ffi::PyErr_Occurred()) };
            return Ok(Outcome::Raised {
                kind: kind.getattr("__name__")?.extract()?,
                message: NO_TEXT.to_owned(),
            });
        }
        // SAFETY: a call returns NULL or a new reference, which is ours.
        let result = unsafe { Bound::from_owned_ptr(py, result) };
        Ok(Outcome::Returned(result.unbind()))
    }
}
