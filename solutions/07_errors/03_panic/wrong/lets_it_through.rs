//! wrong: lets the panic through with `extern "C-unwind"`, to frames that cannot catch it
//! caught-by: reports_a_panic
//! says: ended the process: abort

use std::ffi::c_char;

mod ledger;

pub const OK: i32 = 0;
pub const PANICKED: i32 = 1;

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn ledger_total(
    table: *const u8,
    length: usize,
    column: usize,
    total: *mut i64,
) -> i32 {
    let table = unsafe { std::slice::from_raw_parts(table, length) };
    let sum = ledger::total(table, column);
    unsafe { total.write(sum) };
    OK
}

#[unsafe(no_mangle)]
pub extern "C" fn ledger_last_error() -> *const c_char {
    c"".as_ptr()
}
