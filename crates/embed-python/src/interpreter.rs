//! The beginning and the end of Python, where PyO3 leaves the C API to us.
//!
//! `Python::initialize()` is one line and two decisions: the first `python3` on PATH says where
//! the standard library is, and if Python cannot start, the process ends. A host that was built
//! for one Python names it, and a failure is an answer.

use std::ffi::{CStr, CString};
use std::mem::MaybeUninit;

use pyo3::ffi;
use pyo3::prelude::*;

/// The running interpreter. It exists once, on the thread that started it.
pub struct Interpreter {
    /// What the starting thread put down when it let go of the GIL.
    main_thread: *mut ffi::PyThreadState,
}

/// Python did not start.
#[derive(Debug, thiserror::Error)]
#[error("cannot start Python: {0}")]
pub struct NotStarted(String);

impl Interpreter {
    /// Starts Python as if `program` had been called. On return the GIL is free: whoever wants
    /// to talk to Python attaches.
    pub fn start(program: &CStr) -> Result<Self, NotStarted> {
        // ANCHOR: start_as_if_called
        let mut config = MaybeUninit::<ffi::PyConfig>::uninit();
        // SAFETY: `PyConfig_InitPythonConfig` fills every field of the memory it is given. The
        // fields that are set after it are plain numbers, and the string is copied.
        let status = unsafe {
            ffi::PyConfig_InitPythonConfig(config.as_mut_ptr());
            let config = config.assume_init_mut();
            config.parse_argv = 0; // the arguments are this program's, not Python's
            config.buffered_stdio = 0; // two writers share stdout: no line may overtake another
            config.install_signal_handlers = 1; // Ctrl-C becomes KeyboardInterrupt
            let name = &raw mut config.program_name;
            let mut status = ffi::PyConfig_SetBytesString(config, name, program.as_ptr());
            if ffi::PyStatus_Exception(status) == 0 {
                status = ffi::Py_InitializeFromConfig(config);
            }
            ffi::PyConfig_Clear(config);
            status
        };
        // ANCHOR_END: start_as_if_called
        // SAFETY: a status by value; its message is NULL or static text.
        unsafe {
            if ffi::PyStatus_Exception(status) != 0 {
                let words = (!status.err_msg.is_null()).then(|| CStr::from_ptr(status.err_msg));
                let words = words
                    .unwrap_or(c"it wants to end the process")
                    .to_string_lossy();
                return Err(NotStarted(words.into_owned()));
            }
        }
        // `threading` takes the thread that imports it first for the main one.
        // SAFETY: Python has started, and this thread holds the GIL since.
        unsafe { Python::assume_attached() }
            .import("threading")
            .map_err(|error| NotStarted(error.to_string()))?;
        // ANCHOR: put_down_the_gil
        // SAFETY: this thread is attached. From here on it is not.
        let main_thread = unsafe { ffi::PyEval_SaveThread() };
        Ok(Self { main_thread })
        // ANCHOR_END: put_down_the_gil
    }

    // ANCHOR: take_it_up_and_end
    /// Ends Python: waits for its threads, calls what `atexit` holds, flushes, tears down. Every
    /// Python object that Rust still holds is dead after this, so none may be held.
    ///
    /// `false` if what was written could not be flushed: then output is lost.
    pub fn finish(self) -> bool {
        // SAFETY: the thread that started Python, which takes up again what it put down. Nobody
        // else is attached for good, and nothing of Python is used afterwards.
        unsafe {
            ffi::PyEval_RestoreThread(self.main_thread);
            ffi::Py_FinalizeEx() == 0
        }
    }
    // ANCHOR_END: take_it_up_and_end
}

/// A text for C.
pub fn c_string(bytes: &[u8]) -> Option<CString> {
    CString::new(bytes).ok()
}
