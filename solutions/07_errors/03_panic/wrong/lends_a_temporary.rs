//! wrong: lends the caller a string that is gone at the end of the line
//! caught-by: hands_out_the_words
//! says: `ledger_last_error()`

use std::any::Any;
use std::cell::RefCell;
use std::ffi::{CString, c_char};
use std::panic::catch_unwind;

mod ledger;

pub const OK: i32 = 0;
pub const PANICKED: i32 = 1;

thread_local! {
    static LAST: RefCell<String> = RefCell::default();
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn ledger_total(
    table: *const u8,
    length: usize,
    column: usize,
    total: *mut i64,
) -> i32 {
    let table = unsafe { std::slice::from_raw_parts(table, length) };
    match catch_unwind(|| ledger::total(table, column)) {
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
    LAST.set(words.replace('\0', " "));
}

#[unsafe(no_mangle)]
pub extern "C" fn ledger_last_error() -> *const c_char {
    let words = LAST.with_borrow(|last| last.clone());
    CString::new(words).unwrap_or_default().as_ptr()
}
