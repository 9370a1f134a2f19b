//! wrong: keeps the words in one place for all threads
//! caught-by: each_thread_hears_of_its_own
//! says: returned the wrong value

use std::any::Any;
use std::ffi::{CString, c_char};
use std::panic::catch_unwind;
use std::sync::Mutex;

mod ledger;

pub const OK: i32 = 0;
pub const PANICKED: i32 = 1;

static LAST: Mutex<Option<CString>> = Mutex::new(None);

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
    if let Ok(mut last) = LAST.lock() {
        *last = CString::new(words.replace('\0', " ")).ok();
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn ledger_last_error() -> *const c_char {
    LAST.lock()
        .ok()
        .and_then(|last| last.as_ref().map(|words| words.as_ptr()))
        .unwrap_or(c"".as_ptr())
}
