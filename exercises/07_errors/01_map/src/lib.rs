//! Colours by name, for Python. Whatever goes wrong is a `RuntimeError`.

use std::path::PathBuf;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

mod palette;

use palette::Colour;

// TODO: say once, here, which exception each `PaletteError` becomes.

#[pymodule]
mod map {
    use super::*;

    /// The colour of this name in the palette at `path`, as red, green and blue.
    #[pyfunction]
    fn look_up(path: PathBuf, name: &str) -> PyResult<Colour> {
        palette::look_up(&path, name).map_err(|error| PyRuntimeError::new_err(error.to_string()))
    }

    /// The names of all colours in the palette at `path`.
    #[pyfunction]
    fn names(path: PathBuf) -> PyResult<Vec<String>> {
        palette::names(&path).map_err(|error| PyRuntimeError::new_err(error.to_string()))
    }
}
