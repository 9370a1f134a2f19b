//! An error goes from Rust to Python, and one from Python to Rust.

use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;

#[pymodule]
mod ferry {
    use super::*;

    // ANCHOR: out_of_rust
    /// The passengers on a list such as `3,4`.
    #[pyfunction]
    fn passengers(list: &str) -> PyResult<u32> {
        let mut sum = 0;
        for group in list.split(',') {
            sum += group.parse::<u32>()?;
        }
        Ok(sum)
    }
    // ANCHOR_END: out_of_rust

    // ANCHOR: into_rust
    /// The fare that `table(place)` names; where there is none, the ride is free.
    #[pyfunction]
    fn fare(table: &Bound<'_, PyAny>, place: &str) -> PyResult<u32> {
        match table.call1((place,)) {
            Ok(fare) => fare.extract(),
            Err(error) if error.is_instance_of::<PyKeyError>(table.py()) => Ok(0),
            Err(error) => Err(error),
        }
    }
    // ANCHOR_END: into_rust
}
