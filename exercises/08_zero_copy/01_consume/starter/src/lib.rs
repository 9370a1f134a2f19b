//! A module that goes through numbers, and has PyO3 copy them first.

use pyo3::prelude::*;

pub mod walk;

#[pymodule]
mod consume {
    use super::*;

    /// Calls `callback` with each of `numbers`, in order.
    #[pyfunction]
    fn each(numbers: Vec<f64>, callback: &Bound<'_, PyAny>) -> PyResult<()> {
        // TODO: read the numbers where they lie, through the buffer protocol.
        for number in numbers {
            callback.call1((number,))?;
        }
        Ok(())
    }

    /// Multiplies each of `numbers` by `factor`, in place.
    #[pyfunction]
    fn scale(mut numbers: Vec<f64>, factor: f64) -> PyResult<()> {
        // TODO: write them where they lie, if that is allowed.
        for number in &mut numbers {
            *number *= factor;
        }
        Ok(())
    }
}
