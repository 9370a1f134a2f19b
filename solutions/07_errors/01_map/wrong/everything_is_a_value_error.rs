//! wrong: an unreadable file is one more bad value; `except FileNotFoundError` does not see it
//! caught-by: an_unreadable_file_is_an_os_error
//! says: raised the wrong exception

use std::path::PathBuf;

use pyo3::create_exception;
use pyo3::exceptions::{PyLookupError, PyValueError};
use pyo3::prelude::*;

mod palette;

use palette::{Colour, PaletteError};

create_exception!(map, UnknownColour, PyLookupError);

impl From<PaletteError> for PyErr {
    fn from(error: PaletteError) -> PyErr {
        match error {
            PaletteError::Unknown { name, nearest } => UnknownColour::new_err((name, nearest)),
            PaletteError::NotAColour { line, text } => PyValueError::new_err((line, text)),
            PaletteError::Unreadable { .. } => PyValueError::new_err(error.to_string()),
        }
    }
}

#[pymodule]
mod map {
    use super::*;

    #[pymodule_export]
    use super::UnknownColour;

    #[pyfunction]
    fn look_up(path: PathBuf, name: &str) -> PyResult<Colour> {
        Ok(palette::look_up(&path, name)?)
    }

    #[pyfunction]
    fn names(path: PathBuf) -> PyResult<Vec<String>> {
        Ok(palette::names(&path)?)
    }
}
