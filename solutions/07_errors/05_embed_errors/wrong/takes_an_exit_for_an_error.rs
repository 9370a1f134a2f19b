//! wrong: thinks that `except` without more is enough, and tells of a SystemExit as of any error
//! caught-by: outlives_an_exit
//! says: returned the wrong value

use pyo3::exceptions::PyKeyboardInterrupt;
use pyo3::prelude::*;

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
        Ok(Outcome::Raised {
            kind: error.get_type(py).name()?.to_string_lossy().into_owned(),
            message: text_of(error.value(py)),
        })
    }
}
