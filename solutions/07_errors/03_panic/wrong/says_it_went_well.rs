//! wrong: catches the panic, and tells the caller that all went well
//! caught-by: reports_a_panic
//! says: returned the wrong value

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

#[unsafe(no_mangle)]
pub unsafe extern "C" fn ledger_total(
    table: *const u8,
    length: usize,
    column: usize,
    total: *mut i64,
) -> i32 {
    let table = unsafe { std::slice::from_raw_parts(table, length) };
    let sum = catch_unwind(|| ledger::total(table, column)).unwrap_or_else(|payload| {
        remember(words(&*payload));
        0
    });
    unsafe { total.write(sum) };
    OK
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
