//! Two ways back into Python: for the length of a call, and for as long as it is set.

use std::cell::Cell;
use std::ops::ControlFlow;
use std::ptr;
use std::sync::Arc;

use pyo3_ffi::*;

use crate::arguments::Call;
use crate::errors::refused;
use crate::gil::call;
use crate::module::State;
use crate::pixel;
use crate::reference::{Given, Outcome, Owned, object, raise};

// by hand: callback
/// Replaces each pixel of a draft by `callback(x, y, pixel)`.
pub fn visit(state: &State, draft: &mut ink::Image, callback: Given<'_>) -> Outcome<()> {
    let ask = |x: u32, y: u32, old: ink::Pixel| -> Outcome<ink::Pixel> {
        let old = pixel::from_ink(state, old)?;
        // SAFETY: two unsigned ints and an object: `IIO`. A new tuple, which holds the pixel too.
        let arguments =
            unsafe { Owned::new(Py_BuildValue(c"(IIO)".as_ptr(), x, y, old.as_ptr()))? };
        pixel::to_ink(state, call(callback, &arguments)?.given())
    };
    // by hand: end
    // by hand: callback_raises
    // The exception is set on this thread and stays so: the library is asked to stop, and knows
    // nothing of it.
    let mut outcome = Ok(());
    let done = draft.map(|x, y, pixel| match ask(x, y, *pixel) {
        Ok(new) => {
            *pixel = new;
            ControlFlow::Continue(())
        }
        Err(raised) => {
            outcome = Err(raised);
            ControlFlow::Break(1)
        }
    });
    outcome?;
    // by hand: end
    done.map_err(|error| refused(state, error))
}

// by hand: callback_outlives
// The library has one hook for the whole process, and a process may have several interpreters. So
// the hook is one function for all, and asks which interpreter the blurring thread came from.
thread_local! {
    /// The thread that is blurring, as its interpreter knows it, with that interpreter's state.
    static WORKER: Cell<Option<(*mut PyThreadState, *const State)>> = const { Cell::new(None) };
}

/// Runs `work`, which blurs, so that the hook finds its way back.
pub fn blurring<T>(state: &State, work: impl FnOnce() -> T) -> T {
    // SAFETY: the GIL is held.
    let thread = unsafe { PyThreadState_Get() };
    let silent = state.bell.get().is_null();
    // A callback may blur another image on the same thread: then this is put back after.
    let _back = Back(WORKER.replace((!silent).then_some((thread, ptr::from_ref(state)))));
    work()
}

struct Back(Option<(*mut PyThreadState, *const State)>);

impl Drop for Back {
    fn drop(&mut self) {
        WORKER.set(self.0);
    }
}

/// The hook. It is called on the thread that blurs, without the GIL.
fn ring() {
    let Some((thread, state)) = WORKER.get() else {
        return; // blurred by somebody else, or when no bell was set
    };
    // SAFETY: this thread let go of this very state. PyGILState_Ensure would find a state of the
    // first interpreter, and wait for the wrong GIL in any other. The module's state is there:
    // this thread is in one of its methods.
    unsafe {
        PyEval_RestoreThread(thread);
        ring_bell(&*state);
        PyEval_SaveThread();
    }
}

fn ring_bell(state: &State) {
    // SAFETY: the state keeps it, or it was taken away while this thread waited for the GIL.
    let Some(bell) = (unsafe { Given::new(state.bell.get()) }) else {
        return;
    };
    // It may be replaced from inside itself, so a reference of our own is held during the call.
    let bell = bell.to_owned();
    // SAFETY: an empty tuple.
    let rung = unsafe { Owned::new(PyTuple_New(0)) }.and_then(|none| call(bell.given(), &none));
    if rung.is_err() {
        // SAFETY: an exception is set, and there is no caller in Python to raise it to.
        unsafe { PyErr_WriteUnraisable(bell.as_ptr()) };
    }
}

pub unsafe extern "C" fn on_work(
    module: *mut PyObject,
    args: *const *mut PyObject,
    nargs: Py_ssize_t,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    object(|| {
        // SAFETY: what CPython hands to such a function.
        let call = unsafe { Call::new(State::of_module(module), args, nargs, kwnames) };
        let [callback] = call.arguments([c"callback"])?;
        let silence = ptr::eq(callback.as_ptr(), Given::none().as_ptr());
        // SAFETY: an object; what is raised is a static of CPython's.
        unsafe {
            if !silence && PyCallable_Check(callback.as_ptr()) == 0 {
                return Err(raise(
                    PyExc_TypeError,
                    "the callback must be callable or None",
                ));
            }
        }
        let new = if silence {
            ptr::null_mut()
        } else {
            callback.to_owned().into_ptr()
        };
        let old = call.state.bell.replace(new);
        if !silence {
            // It stays when this bell goes, for another interpreter may have one.
            ink::set_work_hook(Some(Arc::new(ring)));
        }
        // SAFETY: it was the state's, and is ours now. Last: this may run anybody's code.
        unsafe { Py_XDECREF(old) };
        Ok(Given::none().to_owned())
    })
}
// by hand: end
