//! How many threads are in a function at once.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use pyo3::prelude::*;

static INSIDE: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

/// Waits a moment for company, and notes how many threads are in here at once.
fn work() {
    INSIDE.fetch_add(1, SeqCst);
    for _ in 0..200 {
        MOST.fetch_max(INSIDE.load(SeqCst), SeqCst);
        if MOST.load(SeqCst) == 4 {
            break;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    INSIDE.fetch_sub(1, SeqCst);
}

#[pymodule]
mod at_once {
    use super::*;

    // ANCHOR: held_or_released
    #[pyfunction]
    fn held() {
        work();
    }

    #[pyfunction]
    fn released(py: Python<'_>) {
        py.detach(work);
    }
    // ANCHOR_END: held_or_released

    /// How many were inside at once, at most, since this was asked last.
    #[pyfunction]
    fn most() -> usize {
        MOST.swap(0, SeqCst)
    }
}
