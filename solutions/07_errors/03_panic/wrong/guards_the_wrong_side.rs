//! wrong: catches around a function that is `extern "C"` itself: the panic never gets as far
//! caught-by: reports_a_panic
//! says: ended the process: abort

use std::any::Any;
use std::cell::RefCell;
use std::ffi::{CString, c_char};
use std::panic::catch_unwind;

mod ledger;

pub const OK: i32 = 0;
pub const PANICKED: i32 = 1;

thread_local! {
    static LAST: RefCell<CString> = RefCell::default();
}

extern "C" fn unguarded(table: &[u8], column: usize) -> i64 {
    ledger::total(table, column)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn ledger_total(
    table: *const u8,
    length: usize,
    column: usize,
    total: *mut i64,
) -> i32 {
    let table = unsafe { std::slice::from_raw_parts(table, length) };
    match catch_unwind(|| unguarded(table, column)) {
        Ok(sum) => {
            unsafe { total.write(sum) };
            OK
        }
        Err(payload) => {
            remember(words(&*payload));
            PANICKED
        }
    }
}

fn words(payload: &(dyn Any + Send)) -> &str {
    let literal = payload.downcast_ref::<&'static str>().copied();
    let formatted = || payload.downcast_ref::<String>().map(String::as_str);
    literal
        .or_else(formatted)
        .unwrap_or("a panic without words")
}

fn remember(words: &str) {
    LAST.set(CString::new(words.replace('\0', " ")).unwrap_or_default());
}

#[unsafe(no_mangle)]
pub extern "C" fn ledger_last_error() -> *const c_char {
    LAST.with_borrow(|last| last.as_ptr())
}
