//! wrong: looks for what may go wrong beforehand, and does not think of everything
//! caught-by: survives_every_panic
//! says: ended the process: abort

use std::cell::RefCell;
use std::ffi::{CString, c_char};

mod ledger;

pub const OK: i32 = 0;
pub const PANICKED: i32 = 1;

thread_local! {
    static LAST: RefCell<CString> = RefCell::default();
}

fn trouble(table: &[u8], column: usize) -> Option<String> {
    let Ok(text) = std::str::from_utf8(table) else {
        return Some("a table is UTF-8".to_owned());
    };
    if text.is_empty() {
        return Some("an empty table has no columns".to_owned());
    }
    for line in text.lines() {
        let Some(cell) = line.split(',').nth(column) else {
            return Some("there is no such column".to_owned());
        };
        if cell.parse::<i64>().is_err() {
            return Some(format!("`{cell}` is no amount"));
        }
    }
    None
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn ledger_total(
    table: *const u8,
    length: usize,
    column: usize,
    total: *mut i64,
) -> i32 {
    let table = unsafe { std::slice::from_raw_parts(table, length) };
    if let Some(words) = trouble(table, column) {
        LAST.set(CString::new(words.replace('\0', " ")).unwrap_or_default());
        return PANICKED;
    }
    unsafe { total.write(ledger::total(table, column)) };
    OK
}

#[unsafe(no_mangle)]
pub extern "C" fn ledger_last_error() -> *const c_char {
    LAST.with_borrow(|last| last.as_ptr())
}
