//! caught-by: smooths
//! says: every thread waits for another one

use std::sync::{Arc, Barrier, Mutex};

use pyo3::prelude::*;

#[pymodule]
mod detach {
    use super::*;

    /// One thread holds the mutex and wants the GIL, the other the reverse.
    #[pyfunction]
    fn smooth(py: Python<'_>, signal: Vec<f64>, passes: usize) -> Vec<f64> {
        let _ = (py, passes);
        let (mutex, locked) = (Arc::new(Mutex::new(())), Arc::new(Barrier::new(2)));
        let (theirs, ready) = (mutex.clone(), locked.clone());
        std::thread::spawn(move || {
            let _guard = theirs.lock();
            ready.wait();
            Python::attach(|_| ());
        });
        locked.wait();
        let _guard = mutex.lock();
        signal
    }
}
