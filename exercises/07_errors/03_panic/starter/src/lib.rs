//! A library whose callers are not written in Rust, around code that panics.

use std::ffi::c_char;

mod ledger;

/// It was done.
pub const OK: i32 = 0;
/// The code inside panicked; `ledger_last_error` has its words.
pub const PANICKED: i32 = 1;

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
    // TODO: a panic in there must not get out of here.
    let sum = ledger::total(table, column);
    // SAFETY: the caller vouches for the place.
    unsafe { total.write(sum) };
    OK
}

/// The words of the last panic that this thread came by; empty before the first. They
/// belong to the library, and stay where they are until this thread's next panic.
#[unsafe(no_mangle)]
pub extern "C" fn ledger_last_error() -> *const c_char {
    // TODO: the words of the panic.
    c"".as_ptr()
}
