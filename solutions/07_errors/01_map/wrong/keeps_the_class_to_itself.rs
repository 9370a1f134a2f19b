//! wrong: the class is raised and never exported; no `except` clause can name it
//! caught-by: an_unknown_name_is_an_unknown_colour
//! says: has no attribute 'UnknownColour'

use std::path::PathBuf;

use pyo3::create_exception;
use pyo3::exceptions::{PyLookupError, PyOSError, PyValueError};
use pyo3::prelude::*;

mod palette;

use palette::{Colour, PaletteError};

create_exception!(map, UnknownColour, PyLookupError);

impl From<PaletteError> for PyErr {
    fn from(error: PaletteError) -> PyErr {
        match error {
            PaletteError::Unreadable { path, cause } => match cause.raw_os_error() {
                Some(errno) => {
                    PyOSError::new_err((errno, cause.to_string(), path.into_os_string()))
                }
                None => cause.into(),
            },
            PaletteError::NotAColour { line, text } => PyValueError::new_err((line, text)),
            PaletteError::Unknown { name, nearest } => UnknownColour::new_err((name, nearest)),
        }
    }
}

#[pymodule]
mod map {
    use super::*;

    #[pyfunction]
    fn look_up(path: PathBuf, name: &str) -> PyResult<Colour> {
        Ok(palette::look_up(&path, name)?)
    }

    #[pyfunction]
    fn names(path: PathBuf) -> PyResult<Vec<String>> {
        Ok(palette::names(&path)?)
    }
}
