//! What Python gives, as what the library takes. A number is checked by its Rust type; a text, a
//! path and pixels have rules of their own, and types that PyO3 converts to by these rules.

use std::path::PathBuf;

use pyo3::buffer::PyBuffer;
use pyo3::exceptions::PyBufferError;
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::errors::invalid_text;

/// A text, which must be UTF-8.
pub struct Text(pub String);

impl<'py> FromPyObject<'_, 'py> for Text {
    type Error = PyErr;

    // by hand: cause
    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let (py, text) = (object.py(), object.cast::<PyString>()?);
        let utf8 = text.to_str().map_err(|cause| {
            let error = invalid_text(py, "the text cannot be written in UTF-8");
            error.set_cause(py, Some(cause));
            error
        })?;
        Ok(Self(utf8.to_owned()))
    }
    // by hand: end
}

/// A path: a `str` or an `os.PathLike`, without a NUL.
pub struct FilePath(pub PathBuf);

impl<'py> FromPyObject<'_, 'py> for FilePath {
    type Error = PyErr;

    // by hand: files
    // Rust's standard library takes a path with a NUL for a file that cannot be opened; for the
    // API of all these bindings it is a bad text.
    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let path: PathBuf = object.extract()?;
        if path.as_os_str().as_encoded_bytes().contains(&0) {
            let message = "the path holds a NUL, where C would take it to end";
            return Err(invalid_text(object.py(), message));
        }
        Ok(Self(path))
    }
    // by hand: end
}

/// A copy of the bytes of any object that has a buffer of bytes, in one piece.
pub struct Pixels(pub Vec<u8>);

impl<'py> FromPyObject<'_, 'py> for Pixels {
    type Error = PyErr;

    // by hand: buffer
    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let buffer: PyBuffer<u8> = object.extract()?;
        if !buffer.is_c_contiguous() {
            return Err(PyBufferError::new_err("the pixels must lie in one piece"));
        }
        // The library copies once more. A `&[u8]` would save that, and promise that nobody writes
        // there meanwhile; for another's memory nobody can, so PyO3 leaves it to `unsafe`.
        Ok(Self(buffer.to_vec(object.py())?))
    }
    // by hand: end
}
