//! A refused call becomes an exception of the right type. In the C API an error is two things: an
//! exception that is set on the thread, and a NULL or a -1 that says so. `Raised` is the second.

use ink::abi::{Failure, Status};
use pyo3_ffi::*;

use crate::module::State;
use crate::reference::{Outcome, Owned, Raised};

// by hand: errors
const ERROR_DOC: &std::ffi::CStr = c"A call that the library refused. `code` is its status.";
const IO_DOC: &std::ffi::CStr = c"A file that could not be read or written.";

/// Makes `InkError` and `InkIOError`.
pub fn make_types() -> Outcome<(Owned, Owned)> {
    // SAFETY: each call returns a new reference or NULL, and takes none of ours over. The GIL is
    // held while a module is made.
    unsafe {
        let members = Owned::new(Py_BuildValue(c"{s:i}".as_ptr(), c"code".as_ptr(), 0))?;
        let error = Owned::new(PyErr_NewExceptionWithDoc(
            c"ink_capi_rust.InkError".as_ptr(),
            ERROR_DOC.as_ptr(),
            std::ptr::null_mut(),
            members.as_ptr(),
        ))?;
        let bases = Owned::new(PyTuple_Pack(2, error.as_ptr(), PyExc_OSError))?;
        let io = Owned::new(PyErr_NewExceptionWithDoc(
            c"ink_capi_rust.InkIOError".as_ptr(),
            IO_DOC.as_ptr(),
            bases.as_ptr(),
            std::ptr::null_mut(),
        ))?;
        Ok((error, io))
    }
}

/// Raises what the library refused.
pub fn refused(state: &State, error: ink::Error) -> Raised {
    let failure = Failure::from(error);
    match make(state, failure.status(), &failure.to_string()) {
        Ok(error) => set(&error),
        Err(raised) => raised,
    }
}

fn make(state: &State, status: Status, message: &str) -> Outcome<Owned> {
    let io = status == Status::Io;
    let kind = if io {
        &state.ink_io_error
    } else {
        &state.ink_error
    };
    let (kind, message) = (State::get(kind)?, text(message)?);
    let none = std::ptr::null_mut::<PyObject>();
    // SAFETY: all are alive, and new references come back; a NULL ends the arguments.
    unsafe {
        let call = PyObject_CallFunctionObjArgs(kind.as_ptr(), message.as_ptr(), none);
        let error = Owned::new(call)?;
        let code = Owned::new(PyLong_FromLong(status as _))?;
        match PyObject_SetAttrString(error.as_ptr(), c"code".as_ptr(), code.as_ptr()) {
            0 => Ok(error),
            _ => Err(Raised),
        }
    }
}

fn set(error: &Owned) -> Raised {
    // SAFETY: an exception and its type; it takes references of its own.
    unsafe { PyErr_SetObject(Py_TYPE(error.as_ptr()).cast(), error.as_ptr()) };
    Raised
}

/// A new `str`.
pub fn text(text: &str) -> Outcome<Owned> {
    // SAFETY: so many bytes of UTF-8, which are copied.
    unsafe {
        Owned::new(PyUnicode_FromStringAndSize(
            text.as_ptr().cast(),
            text.len() as _,
        ))
    }
}
// by hand: end

// by hand: cause
/// Raises that a text is no text for the library. What is set already becomes the cause.
pub fn invalid_text(state: &State, message: &str) -> Raised {
    let cause = take_raised();
    match make(state, Status::InvalidText, message) {
        Ok(error) => {
            let cause = cause.map_or(std::ptr::null_mut(), Owned::into_ptr);
            // SAFETY: `PyException_SetCause` steals the cause; NULL says that there is none.
            unsafe { PyException_SetCause(error.as_ptr(), cause) };
            set(&error)
        }
        Err(raised) => raised,
    }
}

/// The exception that is set, which is then set no more.
#[cfg(Py_3_12)]
fn take_raised() -> Option<Owned> {
    // SAFETY: a new reference, or NULL if nothing is set.
    unsafe { Owned::new(PyErr_GetRaisedException()) }.ok()
}

/// The same where an exception was three objects, which became one when somebody asked.
#[cfg(not(Py_3_12))]
fn take_raised() -> Option<Owned> {
    let [mut kind, mut value, mut traceback] = [std::ptr::null_mut(); 3];
    // SAFETY: three places for a new reference or NULL, and each is taken over once.
    unsafe {
        PyErr_Fetch(&mut kind, &mut value, &mut traceback);
        PyErr_NormalizeException(&mut kind, &mut value, &mut traceback);
        let (_kind, traceback) = (Owned::new(kind), Owned::new(traceback));
        let value = Owned::new(value).ok()?;
        if let Ok(traceback) = traceback {
            PyException_SetTraceback(value.as_ptr(), traceback.as_ptr());
        }
        Some(value)
    }
}
// by hand: end
