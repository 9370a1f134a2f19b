//! An errand that fails, and what Python is told of the reason.

use std::error::Error;
use std::fmt;
use std::sync::Mutex;

use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;

// ANCHOR: its_own_part
/// An error of any type that can be sent to another thread.
type AnyError = Box<dyn Error + Send + Sync>;

/// What the library reports.
#[derive(Debug)]
struct NoBread {
    source: AnyError,
}

impl fmt::Display for NoBread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no bread")
    }
}

impl Error for NoBread {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}
// ANCHOR_END: its_own_part

// ANCHOR: any_error_will_do
/// Buys bread with the coins that `wallet` gives out.
fn buy(wallet: impl FnOnce() -> Result<String, AnyError>) -> Result<u32, NoBread> {
    let count = || Ok(wallet()?.parse::<u32>()?);
    count().map_err(|source| NoBread { source })
}
// ANCHOR_END: any_error_will_do

// ANCHOR: ask_the_wallet
/// Asks a wallet that is written in Python.
fn ask(wallet: &Bound<'_, PyAny>) -> Result<String, AnyError> {
    Ok(wallet.call0()?.extract::<String>()?)
}
// ANCHOR_END: ask_the_wallet

static LAST: Mutex<Option<NoBread>> = Mutex::new(None);

#[pymodule]
mod errand {
    use super::*;

    // ANCHOR: the_last_word_alone
    #[pyfunction]
    fn buy_flatly(coins: String) -> PyResult<u32> {
        buy(|| Ok(coins)).map_err(|error| PyRuntimeError::new_err(error.to_string()))
    }
    // ANCHOR_END: the_last_word_alone

    // ANCHOR: joined_by_hand
    #[pyfunction]
    fn buy_with_reason(py: Python<'_>, coins: String) -> PyResult<u32> {
        buy(|| Ok(coins)).map_err(|error| {
            let raised = PyRuntimeError::new_err(error.to_string());
            let cause = PyValueError::new_err(error.source.to_string());
            raised.set_cause(py, Some(cause));
            raised
        })
    }
    // ANCHOR_END: joined_by_hand

    // ANCHOR: found_again
    #[pyfunction]
    fn buy_from(wallet: &Bound<'_, PyAny>) -> PyResult<u32> {
        let py = wallet.py();
        buy(|| ask(wallet)).map_err(|error| {
            let raised = PyRuntimeError::new_err(error.to_string());
            if let Some(cause) = error.source.downcast_ref::<PyErr>() {
                raised.set_cause(py, Some(cause.clone_ref(py)));
            }
            raised
        })
    }
    // ANCHOR_END: found_again

    // ANCHOR: down_the_sources
    /// What Rust sees when it goes from source to source.
    #[pyfunction]
    fn sources(wallet: &Bound<'_, PyAny>) -> Vec<String> {
        let mut texts = Vec::new();
        if let Err(error) = buy(|| ask(wallet)) {
            let mut next: Option<&(dyn Error + 'static)> = Some(&error);
            while let Some(error) = next {
                texts.push(error.to_string());
                next = error.source();
            }
        }
        texts
    }
    // ANCHOR_END: down_the_sources

    // ANCHOR: kept_for_later
    #[pyfunction]
    fn remember(wallet: &Bound<'_, PyAny>) {
        let error = buy(|| ask(wallet)).err();
        // Taken out of the lock first: dropping an exception may run Python code.
        let before = LAST
            .lock()
            .map(|mut last| std::mem::replace(&mut *last, error));
        drop(before);
    }
    // ANCHOR_END: kept_for_later

    #[pyfunction]
    fn forget() {
        let before = LAST.lock().map(|mut last| last.take());
        drop(before);
    }
}
