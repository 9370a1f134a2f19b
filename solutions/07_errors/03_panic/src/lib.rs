//! A library whose callers are not written in Rust, around code that panics.

use std::any::Any;
use std::cell::RefCell;
use std::ffi::{CString, c_char};
use std::panic::catch_unwind;

mod ledger;

/// It was done.
pub const OK: i32 = 0;
/// The code inside panicked; `ledger_last_error` has its words.
pub const PANICKED: i32 = 1;

thread_local! {
    // For each thread its own, so that no other thread's panic replaces the words between
    // a call and the question about it. A `Mutex` for all would be safe and still wrong.
    static LAST: RefCell<CString> = RefCell::default();
}

/// Adds up one column of a table of `length` bytes and writes the result to `*total`.
///
/// # Safety
///
/// `table` points to `length` bytes, and `total` to a place for a number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ledger_total(
    table: *const u8,
    length: usize,
    column: usize,
    total: *mut i64,
) -> i32 {
    // SAFETY: the caller vouches for the bytes.
    let table = unsafe { std::slice::from_raw_parts(table, length) };
    // The closure borrows a slice that nobody changes and returns a number, so nothing
    // half done can be seen after a panic, and no `AssertUnwindSafe` is needed.
    match catch_unwind(|| ledger::total(table, column)) {
        Ok(sum) => {
            // SAFETY: the caller vouches for the place.
            unsafe { total.write(sum) };
            OK
        }
        Err(payload) => {
            remember(words(&*payload));
            PANICKED
        }
    }
}

/// What the panic was told to say. A payload of any other type comes from
/// `panic_any`, and says nothing that could be shown.
fn words(payload: &(dyn Any + Send)) -> &str {
    let literal = payload.downcast_ref::<&'static str>().copied();
    let formatted = || payload.downcast_ref::<String>().map(String::as_str);
    literal.or_else(formatted).unwrap_or("a panic without words")
}

/// Puts the words where a pointer to them stays good. Nothing here may panic: this runs
/// in the `extern "C"` function, outside the closure that is guarded.
fn remember(words: &str) {
    let words = CString::new(words.replace('\0', "\u{fffd}")).unwrap_or_default();
    // A thread that is ending has no place for them any more, and nobody to ask for them.
    let _ = LAST.try_with(|last| last.replace(words));
}

/// The words of the last panic that this thread came by; empty before the first. They
/// belong to the library, and stay where they are until this thread's next panic.
#[unsafe(no_mangle)]
pub extern "C" fn ledger_last_error() -> *const c_char {
    // Lent, not given: `into_raw` would make the caller free it, with a function that
    // this library would have to offer as well.
    LAST.try_with(|last| last.borrow().as_ptr()).unwrap_or(c"".as_ptr())
}
