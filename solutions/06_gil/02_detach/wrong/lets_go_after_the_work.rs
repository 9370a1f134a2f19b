//! wrong: works first and lets go afterwards, when there is nothing left to do
//! caught-by: releases_the_gil
//! says: held the GIL while it worked

use pyo3::prelude::*;

mod kernel;

#[pymodule]
mod detach {
    use super::*;

    #[pyfunction]
    fn smooth(py: Python<'_>, signal: Vec<f64>, passes: usize) -> Vec<f64> {
        let result = kernel::smooth(&signal, passes);
        py.detach(|| std::thread::sleep(std::time::Duration::from_millis(20)));
        result
    }
}
