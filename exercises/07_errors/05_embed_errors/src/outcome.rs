//! What became of a guest. Supplied; nothing to edit here.

use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;

/// What became of a guest. A value, and no exception: whoever started the guest reads it
/// and goes on.
pub enum Outcome {
    /// It returned this object.
    Returned(Py<PyAny>),
    /// It raised an exception of the class with this name; `message` is its `str()`.
    Raised { kind: String, message: String },
    /// It asked for the end of the program, with this exit code and these words for the
    /// user.
    Exits { code: i32, words: Option<String> },
}

/// For the judge's sake an outcome can be looked at from Python: a tuple that begins with
/// a word.
impl<'py> IntoPyObject<'py> for Outcome {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self {
            Outcome::Returned(object) => ("returned", object).into_bound_py_any(py),
            Outcome::Raised { kind, message } => ("raised", kind, message).into_bound_py_any(py),
            Outcome::Exits { code, words } => ("exits", code, words).into_bound_py_any(py),
        }
    }
}
