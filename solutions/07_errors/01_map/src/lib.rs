//! Colours by name, for Python. Each error becomes the exception that fits it.

use std::path::PathBuf;

use pyo3::create_exception;
use pyo3::exceptions::{PyLookupError, PyOSError, PyValueError};
use pyo3::prelude::*;

mod palette;

use palette::{Colour, PaletteError};

create_exception!(
    map,
    UnknownColour,
    PyLookupError,
    "The palette has no colour of this name."
);

/// Said once, in the conversion that `?` and `#[pyfunction]` look for, and not
/// in a `map_err` at each call: a function added later cannot forget it.
impl From<PaletteError> for PyErr {
    fn from(error: PaletteError) -> PyErr {
        match error {
            // `OSError` with a number chooses `FileNotFoundError` and its
            // siblings by itself. PyO3's own conversion of an `io::Error` would
            // choose as well, and keep neither the number nor the path.
            PaletteError::Unreadable { path, cause } => match cause.raw_os_error() {
                Some(errno) => {
                    // As a string: a `PathBuf` would arrive as a `pathlib.Path`.
                    PyOSError::new_err((errno, cause.to_string(), path.into_os_string()))
                }
                // Refused before the system was asked: there is no number.
                None => cause.into(),
            },
            // Data, not a sentence: who catches it wants the line, not a regex.
            PaletteError::NotAColour { line, text } => PyValueError::new_err((line, text)),
            PaletteError::Unknown { name, nearest } => UnknownColour::new_err((name, nearest)),
        }
    }
}

#[pymodule]
mod map {
    use super::*;

    // Without this line the exception could be raised, and named by nobody.
    #[pymodule_export]
    use super::UnknownColour;

    /// The colour of this name in the palette at `path`, as red, green and blue.
    #[pyfunction]
    fn look_up(path: PathBuf, name: &str) -> PyResult<Colour> {
        Ok(palette::look_up(&path, name)?)
    }

    /// The names of all colours in the palette at `path`.
    #[pyfunction]
    fn names(path: PathBuf) -> PyResult<Vec<String>> {
        Ok(palette::names(&path)?)
    }
}
