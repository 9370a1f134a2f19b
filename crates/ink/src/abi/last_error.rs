//! The words that go with a status, kept for each thread. A status is one `int`; a message needs
//! memory that somebody owns. Here the library owns it, and lends it.

use std::cell::RefCell;
use std::ffi::{CStr, CString, c_char};

use super::guard_value;

const NOTHING_YET: &CStr = c"";

thread_local! {
    // For each thread its own: another thread's failure must not replace the message of a call
    // before its caller has read it.
    static LAST: RefCell<Option<CString>> = const { RefCell::new(None) };
}

/// Why the last failing call of this thread failed, in UTF-8. A call that succeeds leaves it as
/// it is; before the first failure it is empty. Never NULL.
///
/// BORROWED: the library keeps it. It holds until the next call that fails on this thread, or
/// until the thread ends, so copy it at once, and do not free it.
#[unsafe(no_mangle)]
pub extern "C" fn ink_last_error_message() -> *const c_char {
    guard_value(NOTHING_YET.as_ptr(), || {
        // `try_with`: while a thread ends its message may be gone already.
        let message = LAST.try_with(|last| last.borrow().as_ref().map(|text| text.as_ptr()));
        Ok(message.ok().flatten().unwrap_or(NOTHING_YET.as_ptr()))
    })
}

/// Keeps a message for this thread, in place of the one before.
pub(super) fn set(message: &str) {
    let message = CString::new(message.replace('\0', " ")).ok();
    // A thread that is ending has nowhere to keep it, and nobody left to ask for it.
    let _ = LAST.try_with(|last| last.replace(message));
}
