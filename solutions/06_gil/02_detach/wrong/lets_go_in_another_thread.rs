//! wrong: another thread attaches in order to detach, while this one holds the GIL and waits
//! caught-by: releases_the_gil
//! says: stands still

use pyo3::prelude::*;

mod kernel;

#[pymodule]
mod detach {
    use super::*;

    #[pyfunction]
    fn smooth(signal: Vec<f64>, passes: usize) -> Vec<f64> {
        let work = move || Python::attach(|py| py.detach(|| kernel::smooth(&signal, passes)));
        std::thread::spawn(work).join().expect("the kernel does not panic")
    }
}
