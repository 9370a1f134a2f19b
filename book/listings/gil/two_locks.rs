//! A lock of one's own, beside the GIL.

use std::sync::{Mutex, OnceLock};

use pyo3::prelude::*;
use pyo3::sync::{MutexExt, PyOnceLock};

static BALANCE: Mutex<i64> = Mutex::new(0);
static RATE: OnceLock<i64> = OnceLock::new();
static PY_RATE: PyOnceLock<i64> = PyOnceLock::new();

#[pymodule]
mod two_locks {
    use super::*;

    // ANCHOR: a_mutex_and_the_gil
    /// Blocks at the mutex with the GIL, and calls Python with the mutex locked.
    #[pyfunction]
    fn deposit(amount: i64, tell: Bound<'_, PyAny>) -> PyResult<()> {
        let mut balance = BALANCE.lock().expect("nobody panics with it");
        *balance += amount;
        tell.call1((*balance,))?;
        Ok(())
    }
    // ANCHOR_END: a_mutex_and_the_gil

    // ANCHOR: never_block_attached
    /// Lets go of the GIL before it blocks at the mutex.
    #[pyfunction]
    fn deposit_attached(py: Python<'_>, amount: i64, tell: Bound<'_, PyAny>) -> PyResult<()> {
        let mut balance = BALANCE.lock_py_attached(py).expect("nobody panics with it");
        *balance += amount;
        tell.call1((*balance,))?;
        Ok(())
    }
    // ANCHOR_END: never_block_attached

    // ANCHOR: never_call_locked
    /// Unlocks the mutex before it calls Python.
    #[pyfunction]
    fn deposit_unlocked(amount: i64, tell: Bound<'_, PyAny>) -> PyResult<()> {
        let now = {
            let mut balance = BALANCE.lock().expect("nobody panics with it");
            *balance += amount;
            *balance
        };
        tell.call1((now,))?;
        Ok(())
    }
    // ANCHOR_END: never_call_locked

    // ANCHOR: initialised_once
    /// The first caller computes the rate, in Python. The others wait for it.
    #[pyfunction]
    fn rate(compute: Bound<'_, PyAny>) -> i64 {
        let compute = || compute.call0().and_then(|rate| rate.extract());
        *RATE.get_or_init(|| compute().expect("a number"))
    }

    /// The same, in a cell that lets go of the GIL while it waits.
    #[pyfunction]
    fn py_rate(py: Python<'_>, compute: Bound<'_, PyAny>) -> PyResult<i64> {
        let compute = || compute.call0()?.extract();
        PY_RATE.get_or_try_init(py, compute).copied()
    }
    // ANCHOR_END: initialised_once
}
