//! A refused call becomes an exception. Rust says by `Result` what can fail, so nobody can forget
//! to look at a status; what is left is which Python type an error becomes.

use ink::abi::{Failure, Status};
use pyo3::exceptions::{PyException, PyOSError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyType};

// by hand: errors
/// `InkError` and `InkIOError`. PyO3 keeps its own types in statics too.
static TYPES: PyOnceLock<[Py<PyType>; 2]> = PyOnceLock::new();

/// Puts the two exception types into the module.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let [refused, io] = TYPES.get_or_try_init(module.py(), || make(module.py()))?;
    module.add("InkError", refused)?;
    module.add("InkIOError", io)
}

/// Makes the types as Python does, by calling `type`. `create_exception!` makes one in a line, but
/// with one base and no attribute. `PyErr::new_type` takes several bases, says its page, as CPython
/// does; its signature takes one.
fn make(py: Python<'_>) -> PyResult<[Py<PyType>; 2]> {
    let (exception, os_error) = (py.get_type::<PyException>(), py.get_type::<PyOSError>());
    let python_type = py.get_type::<PyType>();
    let members = PyDict::new(py);
    members.set_item("__module__", "ink_pyo3")?;
    members.set_item(
        "__doc__",
        "A call that the library refused. `code` is its status.",
    )?;
    members.set_item("code", 0)?;
    let refused = python_type.call1(("InkError", (exception,), members.copy()?))?;
    members.set_item("__doc__", "A file that could not be read or written.")?;
    let io = python_type.call1(("InkIOError", (&refused, os_error), members))?;
    Ok([refused.cast_into()?.unbind(), io.cast_into()?.unbind()])
}

/// The exception for what the library refused.
///
/// `impl From<ink::Error> for PyErr` would make `?` do this by itself. But neither type is ours,
/// and Rust lets nobody else join them: hence a function, for `map_err`.
pub fn refused(error: ink::Error) -> PyErr {
    let failure = Failure::from(error);
    Python::attach(|py| exception(py, failure.status(), &failure.to_string()))
}

/// The exception for a text that the library could not even be given.
pub fn invalid_text(py: Python<'_>, message: &str) -> PyErr {
    exception(py, Status::InvalidText, message)
}

fn exception(py: Python<'_>, status: Status, message: &str) -> PyErr {
    let [refused, io] = TYPES.get(py).expect("the module makes them first");
    let kind = if status == Status::Io { io } else { refused };
    let make = || {
        let error = kind.bind(py).call1((message,))?;
        error.setattr("code", status as i32)?;
        Ok(error)
    };
    // What goes wrong while an error is made is an error too.
    make().map_or_else(|failed| failed, PyErr::from_value)
}
// by hand: end
