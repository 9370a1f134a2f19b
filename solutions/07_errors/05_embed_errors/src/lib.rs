//! A host that runs guests, and is told what became of each.

use pyo3::exceptions::{PyKeyboardInterrupt, PySystemExit};
use pyo3::prelude::*;
use pyo3::types::PyInt;

pub mod outcome;

use outcome::Outcome;

/// Stands for the text of an object whose `str()` raises.
const NO_TEXT: &str = "(no text)";

/// What an object says of itself.
fn text_of(object: &Bound<'_, PyAny>) -> String {
    match object.str() {
        // Lossy: a lone surrogate is no reason to lose the rest.
        Ok(text) => text.to_string_lossy().into_owned(),
        Err(error) => no_text(object.py(), error),
    }
}

/// What stands for a text that cannot be had.
///
/// To ask runs the guest's code, after the guest has failed. A `?` would report the failure
/// of `str()` in place of the one that we came to report, and a `SystemExit` out of a
/// `__str__` would pass for the guest's own. So it ends here, told to the hook that Python
/// has for errors without a caller.
fn no_text(py: Python<'_>, error: PyErr) -> String {
    error.write_unraisable(py, None);
    NO_TEXT.to_owned()
}

/// What a `SystemExit` asks for. `PyErr::print` would read it in the same way, and then do
/// it: here it is the host that decides.
fn exit_of(error: &PyErr, py: Python<'_>) -> Outcome {
    let (code, words) = match error.value(py).getattr("code") {
        Ok(code) if code.is_none() => (0, None),
        // Asked for its class first: `extract` would also count what only has an `__index__`.
        Ok(code) if code.is_instance_of::<PyInt>() => (code.extract().unwrap_or(-1), None),
        Ok(code) => (1, Some(text_of(&code))),
        // An attribute may be a property, which is the guest's code too.
        Err(failed) => (1, Some(no_text(py, failed))),
    };
    Outcome::Exits { code, words }
}

#[pymodule]
mod embed_errors {
    use super::*;

    /// Calls `guest(argument)`, and says what became of it.
    #[pyfunction]
    fn run(guest: &Bound<'_, PyAny>, argument: &Bound<'_, PyAny>) -> PyResult<Outcome> {
        let py = guest.py();
        // `call1` and no `PyObject_CallOneArg`: it takes the exception out of the error
        // indicator before it returns, so that nothing is pending whatever we do next, and
        // the exception has an owner who drops it. By hand that is `PyErr_Fetch` up to
        // Python 3.11, `PyErr_GetRaisedException` from 3.12 on, and a release on each path.
        let error = match guest.call1((argument,)) {
            Ok(object) => return Ok(Outcome::Returned(object.unbind())),
            Err(error) => error,
        };
        if error.is_instance_of::<PyKeyboardInterrupt>(py) {
            return Err(error);
        }
        if error.is_instance_of::<PySystemExit>(py) {
            return Ok(exit_of(&error, py));
        }
        Ok(Outcome::Raised {
            kind: error.get_type(py).name()?.to_string_lossy().into_owned(),
            message: text_of(error.value(py)),
        })
    }
}
