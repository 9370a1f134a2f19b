//! caught-by: smooths
//! says: printed more than

use pyo3::prelude::*;

#[pymodule]
mod detach {
    use super::*;

    #[pyfunction]
    fn smooth(py: Python<'_>, signal: Vec<f64>, passes: usize) -> Vec<f64> {
        let _ = (py, passes);
        let line = "x".repeat(1 << 20);
        for _ in 0..1024 {
            println!("{line}");
        }
        signal
    }
}
