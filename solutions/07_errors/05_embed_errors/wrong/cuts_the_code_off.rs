//! wrong: reads the code as an `i64` and keeps the lower half, as C does with a `long`; a large failure is a 0
//! caught-by: reads_every_code
//! says: returned the wrong value

use pyo3::exceptions::{PyKeyboardInterrupt, PySystemExit};
use pyo3::prelude::*;
use pyo3::types::PyInt;

pub mod outcome;

use outcome::Outcome;

/// Stands for the text of an object whose `str()` raises.
const NO_TEXT: &str = "(no text)";

fn text_of(object: &Bound<'_, PyAny>) -> String {
    match object.str() {
        Ok(text) => text.to_string_lossy().into_owned(),
        Err(error) => {
            error.write_unraisable(object.py(), None);
            NO_TEXT.to_owned()
        }
    }
}

fn exit_of(error: &PyErr, py: Python<'_>) -> PyResult<Outcome> {
    let code = match error.value(py).getattr("code") {
        Ok(code) => code,
        Err(failed) => {
            failed.write_unraisable(py, None);
            let words = Some(NO_TEXT.to_owned());
            return Ok(Outcome::Exits { code: 1, words });
        }
    };
    let (code, words) = if code.is_none() {
        (0, None)
    } else if code.is_instance_of::<PyInt>() {
        (code.extract::<i64>().unwrap_or(-1) as i32, None)
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
