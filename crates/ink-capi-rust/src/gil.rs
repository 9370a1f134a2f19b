//! The GIL: letting go of it, and calling Python from where a thread may never come back.

use std::ptr;

use pyo3_ffi::*;

use crate::reference::{Given, Outcome, Owned};

// by hand: gil
/// Runs `work` while other Python threads may run. It can take nothing of Python along: a
/// reference cannot be sent.
pub fn without_the_gil<T>(work: impl FnOnce() -> T + Send) -> T {
    // SAFETY: whoever calls this holds the GIL. The guard takes it back, also if `work` panics.
    let _released = Released(unsafe { PyEval_SaveThread() });
    work()
}

struct Released(*mut PyThreadState);

impl Drop for Released {
    fn drop(&mut self) {
        // SAFETY: what PyEval_SaveThread gave, on the same thread, given back once.
        unsafe { PyEval_RestoreThread(self.0) };
    }
}
// by hand: end

// by hand: callback
/// Calls a Python function with a tuple of arguments.
pub fn call(callable: Given<'_>, arguments: &Owned) -> Outcome<Owned> {
    // by hand: end
    // by hand: callback_outlives
    // A daemon thread that asks for the GIL when Python has begun to end is ended on the spot,
    // before 3.14. That takes its stack apart, and a Rust function that is called as "C" aborts
    // the process then. So this one call is declared as one that may unwind, and whoever comes
    // through here goes to sleep until the process is over.
    unsafe extern "C-unwind" {
        fn PyObject_Call(f: *mut PyObject, args: *mut PyObject, kw: *mut PyObject)
        -> *mut PyObject;
    }
    let sleep = SleepForEver;
    // by hand: end
    // by hand: callback
    // SAFETY: both are alive during the call; the GIL is held.
    let result = unsafe { PyObject_Call(callable.as_ptr(), arguments.as_ptr(), ptr::null_mut()) };
    // by hand: end
    // by hand: callback_outlives
    std::mem::forget(sleep);
    // by hand: end
    // by hand: callback
    // SAFETY: a new reference, or NULL with an exception.
    unsafe { Owned::new(result) }
}
// by hand: end

// by hand: callback_outlives
struct SleepForEver;

impl Drop for SleepForEver {
    fn drop(&mut self) {
        loop {
            std::thread::park();
        }
    }
}
// by hand: end
