//! References, and the way between Rust's functions and Python's.
//!
//! The C API knows three kinds of reference by their comments alone. Here two are types: `Owned`
//! gives its reference back when it is dropped, `Given` is somebody else's, and cannot outlive the
//! call it was given to. Neither can be sent to another thread, so neither can be used where the
//! GIL has been let go: `without_the_gil` takes only what can be sent.

use std::any::Any;
use std::ffi::{CString, c_int};
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::{self, NonNull};

use pyo3_ffi::*;

/// An exception is set on this thread. That is where it is kept; here is only the news of it.
#[derive(Debug)]
pub struct Raised;

pub type Outcome<T> = Result<T, Raised>;

// by hand: refcounts
/// A reference of our own. It must be dropped with the GIL held.
pub struct Owned(NonNull<PyObject>);

impl Owned {
    /// Takes over what a function of the C API has returned: a new reference, or NULL.
    ///
    /// # Safety
    /// It is one of these, and for NULL an exception is set. The GIL is held.
    pub unsafe fn new(pointer: *mut PyObject) -> Outcome<Self> {
        NonNull::new(pointer).map(Self).ok_or(Raised)
    }

    pub fn given(&self) -> Given<'_> {
        Given(self.0, PhantomData)
    }

    pub fn as_ptr(&self) -> *mut PyObject {
        self.0.as_ptr()
    }

    /// Gives the reference away, to whoever steals it or wants it as a result.
    pub fn into_ptr(self) -> *mut PyObject {
        let pointer = self.as_ptr();
        std::mem::forget(self);
        pointer
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        // SAFETY: the reference is ours, and an `Owned` does not leave the thread that has the GIL.
        unsafe { Py_DECREF(self.as_ptr()) };
    }
}

/// A reference that somebody else keeps for `'a`.
#[derive(Clone, Copy)]
pub struct Given<'a>(NonNull<PyObject>, PhantomData<&'a PyObject>);

impl Given<'_> {
    /// # Safety
    /// `pointer` is an object, or NULL, and somebody keeps it for `'a`, with the GIL held.
    pub unsafe fn new(pointer: *mut PyObject) -> Option<Self> {
        NonNull::new(pointer).map(|pointer| Self(pointer, PhantomData))
    }

    pub fn none() -> Given<'static> {
        // SAFETY: None is there as long as Python is.
        Given(unsafe { NonNull::new_unchecked(Py_None()) }, PhantomData)
    }

    pub fn as_ptr(self) -> *mut PyObject {
        self.0.as_ptr()
    }

    pub fn to_owned(self) -> Owned {
        // SAFETY: it is alive, and `Py_NewRef` makes the reference that `Owned` will give back.
        Owned(unsafe { NonNull::new_unchecked(Py_NewRef(self.as_ptr())) })
    }
}
// by hand: end

// by hand: errors
/// Raises, with words of our own.
pub fn raise(kind: *mut PyObject, message: &str) -> Raised {
    // A message with a NUL inside would be cut by C; without it, it is at least whole.
    let message = CString::new(message.replace('\0', " ")).unwrap_or_default();
    // SAFETY: `kind` is an exception type of Python's or of ours; the GIL is held.
    unsafe { PyErr_SetString(kind, message.as_ptr()) };
    Raised
}

/// The border, for a function that Python wants an object from.
pub fn object(body: impl FnOnce() -> Outcome<Owned>) -> *mut PyObject {
    guard(body).map_or(ptr::null_mut(), Owned::into_ptr)
}

/// The border, for a function that Python wants 0 or -1 from.
pub fn status(body: impl FnOnce() -> Outcome<()>) -> c_int {
    guard(body).map_or(-1, |()| 0)
}

/// No panic gets out: it would be the end of the process.
fn guard<T>(body: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|payload| {
        // SAFETY: a static of CPython's, read with the GIL held.
        Err(raise(unsafe { PyExc_SystemError }, &words(&*payload)))
    })
}

fn words(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    format!("the binding panicked: {}", text.unwrap_or("no message"))
}
// by hand: end
