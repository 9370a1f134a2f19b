//! wrong: knows messages that stand in the source, and not those that are put together
//! caught-by: hands_out_the_words
//! says: does not say what the panic said

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
    payload
        .downcast_ref::<&'static str>()
        .copied()
        .unwrap_or("unknown panic")
}

fn remember(words: &str) {
    LAST.set(CString::new(words.replace('\0', " ")).unwrap_or_default());
}

#[unsafe(no_mangle)]
pub extern "C" fn ledger_last_error() -> *const c_char {
    LAST.with_borrow(|last| last.as_ptr())
}
