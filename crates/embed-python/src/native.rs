//! The module `host`: what Python may ask of the program it runs in. It comes from no file; it is
//! put on the list of built-in modules before Python starts.

use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

use pyo3::create_exception;
use pyo3::exceptions::{PyException, PyValueError};
use pyo3::prelude::*;

create_exception!(host, HostError, PyException, "What the host could not do.");

/// What can be wrong with the machine: Rust's words for it, which know nothing of Python.
#[derive(Debug, thiserror::Error)]
pub enum MachineError {
    #[error("there is no ink called `{0}`")]
    Unknown(String),
    #[error("`{0}` is used up")]
    UsedUp(String),
}

/// A Rust error on its way into Python: `?` in a function below calls this.
impl From<MachineError> for PyErr {
    fn from(error: MachineError) -> Self {
        let code = match &error {
            MachineError::Unknown(_) => 2,
            MachineError::UsedUp(_) => 3,
        };
        let raised = HostError::new_err(error.to_string());
        // Its own attribute, as `errno` of an OSError. Should setting it fail, that is raised.
        Python::attach(|py| match raised.value(py).setattr("code", code) {
            Ok(()) => raised,
            Err(error) => error,
        })
    }
}

/// Who waits for the bell, and how many of them have been rung for.
struct Bell {
    waiting: u32,
    rung: u32,
}

static BELL: Mutex<Bell> = Mutex::new(Bell {
    waiting: 0,
    rung: 0,
});
static RINGS: Condvar = Condvar::new();

#[pymodule]
pub mod host {
    use super::*;

    #[pymodule_export]
    use super::HostError;

    // ANCHOR: what_a_guest_may_ask
    /// How full an ink is, in per cent.
    #[pyfunction]
    fn level(ink: String) -> Result<u32, MachineError> {
        match ink.as_str() {
            "cyan" => Ok(62),
            "black" => Err(MachineError::UsedUp(ink)),
            _ => Err(MachineError::Unknown(ink)),
        }
    }
    // ANCHOR_END: what_a_guest_may_ask

    /// Rings the bell, if somebody waits for it; says whether.
    #[pyfunction]
    fn ring() -> bool {
        let mut bell = BELL.lock().unwrap_or_else(PoisonError::into_inner);
        let heard = bell.rung < bell.waiting;
        bell.rung += u32::from(heard);
        RINGS.notify_one();
        heard
    }

    // ANCHOR: let_the_guest_in
    /// The host's own work, which needs no Python: it waits for the bell, with the GIL released.
    /// Holding it would stop the very thread that rings.
    #[pyfunction]
    fn wait_for_ring(py: Python<'_>) {
        py.detach(|| {
            let mut bell = BELL.lock().unwrap_or_else(PoisonError::into_inner);
            bell.waiting += 1;
            let bell = RINGS.wait_while(bell, |bell| bell.rung == 0);
            let mut bell = bell.unwrap_or_else(PoisonError::into_inner);
            bell.rung -= 1;
            bell.waiting -= 1;
        });
    }
    // ANCHOR_END: let_the_guest_in

    /// Calls back from a thread that Python did not start. This one waits for it, detached; the
    /// other attaches, and with that Python knows it. What it raises comes back as a value: the
    /// pending error belongs to a thread, and does not cross by itself.
    #[pyfunction]
    fn on_another_thread(py: Python<'_>, callback: Py<PyAny>) -> PyResult<Py<PyAny>> {
        let call_there = || Python::attach(|py| callback.call0(py));
        py.detach(|| {
            thread::scope(|scope| scope.spawn(call_there).join())
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    }

    /// Wrong on purpose: it sets the error indicator, and returns a result as if nothing were.
    #[pyfunction]
    fn forget_an_error(py: Python<'_>) -> u32 {
        PyValueError::new_err("forgotten").restore(py);
        62
    }

    /// Wrong on purpose: it calls Python while an error is pending.
    #[pyfunction]
    fn call_with_an_error_set<'py>(callback: Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        PyValueError::new_err("left over").restore(callback.py());
        callback.call0()
    }

    /// Right: the pending error is taken first, which clears the indicator, and is a value then.
    #[pyfunction]
    fn take_the_error_first(callback: Bound<'_, PyAny>) -> PyResult<String> {
        let py = callback.py();
        PyValueError::new_err("left over").restore(py);
        let taken = PyErr::take(py)
            .map(|error| error.to_string())
            .unwrap_or_default();
        Ok(format!("{}, and in hand: {taken}", callback.call0()?))
    }
}
