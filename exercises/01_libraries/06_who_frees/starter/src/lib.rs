//! A library that lends out handles and wants them back.

mod tally;

use tally::{Tally, code};

/// Makes a tally and hands it to the caller, who gives it back with `tally_free`.
#[unsafe(no_mangle)]
pub extern "C" fn tally_new() -> *mut Tally {
    // TODO: a tally that stays where it is until it is freed.
    std::ptr::null_mut()
}

/// Adds `n` to the tally. `NO_TALLY` if the handle is NULL.
///
/// # Safety
///
/// `handle` is NULL, or came from `tally_new` and was not freed since.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_add(handle: *mut Tally, n: i64) -> i32 {
    // TODO: the tally stays the caller's; this function only looks at it.
    let _ = (handle, n, code::OK);
    code::NO_TALLY
}

/// Writes the sum to `*sum`. `NO_TALLY`, and `*sum` as it was, if the handle is NULL.
///
/// # Safety
///
/// `handle` as for `tally_add`; `sum` is a place for a number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_sum(handle: *const Tally, sum: *mut i64) -> i32 {
    let _ = (handle, sum);
    code::NO_TALLY
}

/// Frees the tally that the caller's variable holds, and writes NULL into that variable.
/// `NO_TALLY` if the variable holds NULL already, or if there is no variable.
///
/// # Safety
///
/// `handle` is NULL or the address of a handle, which is as for `tally_add`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_free(handle: *mut *mut Tally) -> i32 {
    let _ = handle;
    code::NO_TALLY
}
