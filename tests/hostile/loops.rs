//! caught-by: smooths
//! says: does not come back: it is still computing

use pyo3::prelude::*;

#[pymodule]
mod detach {
    use super::*;

    #[pyfunction]
    fn smooth(py: Python<'_>, signal: Vec<f64>, passes: usize) -> Vec<f64> {
        let _ = (py, passes);
        while std::hint::black_box(true) {}
        signal
    }
}
