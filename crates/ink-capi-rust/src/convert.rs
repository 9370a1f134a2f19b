//! What Python gives, as what the library takes.
//!
//! Much of this can run Python code, the `__index__` of what was handed in, and that code may
//! close the very image that the call is about. So a method converts all its arguments first, and
//! then asks for the image.

use std::mem::MaybeUninit;
use std::path::PathBuf;

use pyo3_ffi::*;

use crate::errors::invalid_text;
use crate::module::State;
use crate::reference::{Given, Outcome, Owned, Raised, raise};

impl Given<'_> {
    // by hand: values
    /// An `int`, or what says that it is one by `__index__`.
    fn number(self, name: &str, largest: u32) -> Outcome<u32> {
        let mut overflow = 0;
        // SAFETY: the object is alive. A new `int` comes back, or NULL with a TypeError.
        let value = unsafe {
            let integer = Owned::new(PyNumber_Index(self.as_ptr()))?;
            PyLong_AsLongLongAndOverflow(integer.as_ptr(), &mut overflow)
        };
        match u32::try_from(value) {
            Ok(value) if overflow == 0 && value <= largest => Ok(value),
            // SAFETY: a static of CPython's, read with the GIL held.
            _ => Err(raise(
                unsafe { PyExc_OverflowError },
                &format!("{name} must be from 0 to {largest}"),
            )),
        }
    }

    pub fn u32(self, name: &str) -> Outcome<u32> {
        self.number(name, u32::MAX)
    }

    pub fn u8(self, name: &str) -> Outcome<u8> {
        self.number(name, u8::MAX.into()).map(|value| value as u8)
    }
    // by hand: end

    // by hand: unicode
    /// The UTF-8 of a `str`. The `str` makes it once and keeps it as long as it lives.
    pub fn text(&self, state: &State) -> Outcome<&str> {
        let mut size = 0;
        // SAFETY: the object is alive; that it is a `str` is looked at first. The bytes are UTF-8
        // and are kept by the `str`, which is kept as long as `self` is borrowed.
        unsafe {
            if PyUnicode_Check(self.as_ptr()) == 0 {
                return Err(raise(PyExc_TypeError, "a str is wanted"));
            }
            let utf8 = PyUnicode_AsUTF8AndSize(self.as_ptr(), &mut size);
            if utf8.is_null() {
                return Err(not_utf8(state));
            }
            let bytes = std::slice::from_raw_parts(utf8.cast::<u8>(), size as usize);
            Ok(std::str::from_utf8_unchecked(bytes))
        }
    }
    // by hand: end

    // by hand: files
    /// A path: `str`, or what has an `__fspath__`.
    pub fn path(self, state: &State) -> Outcome<PathBuf> {
        // SAFETY: new references to a `str` or `bytes`, or NULL with an exception.
        let bytes = unsafe {
            let plain = Owned::new(PyOS_FSPath(self.as_ptr()))?;
            match PyUnicode_Check(plain.as_ptr()) {
                0 => plain,
                _ => Owned::new(PyUnicode_EncodeFSDefault(plain.as_ptr()))
                    .map_err(|_| not_utf8(state))?,
            }
        };
        // SAFETY: `bytes` it is, by now, and alive until the end of this function.
        let path = unsafe {
            let (start, size) = (
                PyBytes_AsString(bytes.as_ptr()),
                PyBytes_Size(bytes.as_ptr()),
            );
            std::slice::from_raw_parts(start.cast::<u8>(), size as usize)
        };
        if path.contains(&0) {
            return Err(invalid_text(
                state,
                "the path holds a NUL, where C would take it to end",
            ));
        }
        // SAFETY: the encoding of the file system is that of `OsStr`: any bytes on Unix, and
        // UTF-8 that lets lone surrogates pass on Windows.
        Ok(unsafe { std::ffi::OsStr::from_encoded_bytes_unchecked(path) }.into())
    }
    // by hand: end

    // by hand: buffer
    /// Borrows the bytes of any object that has a buffer, in one piece.
    pub fn buffer(self) -> Outcome<Buffer> {
        // In a box: who fills a view in may let it point into itself, so it must not move.
        let mut view = Box::new(MaybeUninit::<Py_buffer>::uninit());
        // SAFETY: a place for a view; if the answer is 0 it has been filled. What is asked for is
        // one row of bytes, and who has no such thing raises.
        match unsafe { PyObject_GetBuffer(self.as_ptr(), view.as_mut_ptr(), PyBUF_SIMPLE) } {
            // SAFETY: as above.
            0 => Ok(Buffer(unsafe { view.assume_init() })),
            _ => Err(Raised),
        }
    }
    // by hand: end
}

// by hand: unicode
/// An encoding that failed. Any other exception stays what it is.
fn not_utf8(state: &State) -> Raised {
    // SAFETY: a static of CPython's; the GIL is held.
    match unsafe { PyErr_ExceptionMatches(PyExc_UnicodeEncodeError) } {
        0 => Raised,
        _ => invalid_text(state, "the text cannot be written in UTF-8"),
    }
}
// by hand: end

// by hand: buffer
/// Somebody's bytes, lent until this is dropped.
pub struct Buffer(Box<Py_buffer>);

impl Buffer {
    /// For a moment in which no Python code runs: that could write to them.
    pub fn bytes(&self) -> &[u8] {
        match self.0.len {
            0 => &[],
            // SAFETY: so many bytes, lent by the view. Who writes to them without the GIL breaks
            // the rules of both languages, and nobody can see to that.
            len => unsafe { std::slice::from_raw_parts(self.0.buf.cast(), len as usize) },
        }
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        // SAFETY: filled by `PyObject_GetBuffer`, released once, with the GIL held.
        unsafe { PyBuffer_Release(&mut *self.0) };
    }
}
// by hand: end
