//! wrong: has a helper written in Python catch the exceptions, and puts a frame between host and guest
//! caught-by: hands_on_what_is_returned
//! says: returned the wrong value

use std::ffi::CStr;

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

const HELPER: &CStr = c"
def call(guest, argument):
    try:
        return guest(argument), None
    except BaseException as error:
        return None, error
";

#[pymodule]
mod embed_errors {
    use super::*;

    /// Calls `guest(argument)`, and says what became of it.
    #[pyfunction]
    fn run(guest: &Bound<'_, PyAny>, argument: &Bound<'_, PyAny>) -> PyResult<Outcome> {
        let py = guest.py();
        let helper = PyModule::from_code(py, HELPER, c"helper.py", c"helper")?;
        let (object, raised): (Py<PyAny>, Option<Bound<'_, PyAny>>) =
            helper.call_method1("call", (guest, argument))?.extract()?;
        let Some(raised) = raised else {
            return Ok(Outcome::Returned(object));
        };
        let error = PyErr::from_value(raised);
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
