//! caught-by: smooths
//! says: exit code 0 before it answered

use pyo3::prelude::*;

#[pymodule]
mod detach {
    use super::*;

    #[pyfunction]
    fn smooth(py: Python<'_>, signal: Vec<f64>, passes: usize) -> Vec<f64> {
        let _ = (py, passes);
        if std::hint::black_box(true) {
            std::process::exit(0);
        }
        signal
    }
}
