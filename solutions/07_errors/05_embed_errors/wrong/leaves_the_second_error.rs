//! wrong: takes the first exception, and looks at the NULL of `str()` without taking the second
//! caught-by: a_text_that_fails_is_unraisable
//! says: exception set

use pyo3::exceptions::{PyKeyboardInterrupt, PySystemExit};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyInt, PyString};

pub mod outcome;

use outcome::Outcome;

/// Stands for the text of an object whose `str()` raises.
const NO_TEXT: &str = "(no text)";

fn text_of(object: &Bound<'_, PyAny>) -> String {
    // SAFETY: attached, and the object is alive; NULL or a new reference comes back.
    let text = unsafe { ffi::PyObject_Str(object.as_ptr()) };
    if text.is_null() {
        return NO_TEXT.to_owned();
    }
    // SAFETY: it is no NULL, and ours.
    let text = unsafe { Bound::from_owned_ptr(object.py(), text) };
    text.cast::<PyString>()
        .map(|text| text.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn exit_of(error: &PyErr, py: Python<'_>) -> PyResult<Outcome> {
    let code = error.value(py).getattr("code")?;
    let (code, words) = if code.is_none() {
        (0, None)
    } else if code.is_instance_of::<PyInt>() {
        (code.extract().unwrap_or(-1), None)
    } else {
        (1, Some(text_of(&code)))
    };
    Ok(Outcome::Exits { code, words })
}

#[pymodule]
mod embed_errors {
    use super::*;

    /// Calls `guest(argument)`, and says what became of it.
    #[pyfunction]
    fn run(guest: &Bound<'_, PyAny>, argument: &Bound<'_, PyAny>) -> PyResult<Outcome> {
        let py = guest.py();
        let error = match guest.call1((argument,)) {
            Ok(object) => return Ok(Outcome::Returned(object.unbind())),
            Err(error) => error,
        };
        if error.is_instance_of::<PyKeyboardInterrupt>(py) {
            return Err(error);
        }
        if error.is_instance_of::<PySystemExit>(py) {
            return exit_of(&error, py);
        }
        Ok(Outcome::Raised {
            kind: error.get_type(py).name()?.to_string_lossy().into_owned(),
            message: text_of(error.value(py)),
        })
    }
}
