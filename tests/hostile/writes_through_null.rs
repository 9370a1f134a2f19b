//! caught-by: smooths
//! says: segmentation fault

use pyo3::prelude::*;

#[pymodule]
mod detach {
    use super::*;

    #[pyfunction]
    fn smooth(py: Python<'_>, signal: Vec<f64>, passes: usize) -> Vec<f64> {
        let _ = (py, passes);
        // SAFETY: there is none, which is the point.
        unsafe { std::ptr::null_mut::<u8>().write_volatile(1) };
        signal
    }
}
