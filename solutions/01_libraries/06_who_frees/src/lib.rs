//! A library that lends out handles and wants them back.

mod tally;

use tally::{Tally, code};

/// Makes a tally and hands it to the caller, who gives it back with `tally_free`.
///
/// A `Box` gives it a place that does not move, and `into_raw` ends Rust's own claim.
/// `Box::leak` would make the same pointer, but says that nobody will take it back.
#[unsafe(no_mangle)]
pub extern "C" fn tally_new() -> *mut Tally {
    Box::into_raw(Box::new(Tally::new()))
}

/// Adds `n` to the tally. `NO_TALLY` if the handle is NULL.
///
/// # Safety
///
/// `handle` is NULL, or came from `tally_new` and was not freed since.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_add(handle: *mut Tally, n: i64) -> i32 {
    // A borrow, not a `Box`: a `Box` here would free the tally at the end of this call.
    // SAFETY: the caller vouches for the handle, and `as_mut` looks for NULL.
    let Some(tally) = (unsafe { handle.as_mut() }) else { return code::NO_TALLY };
    tally.add(n);
    code::OK
}

/// Writes the sum to `*sum`. `NO_TALLY`, and `*sum` as it was, if the handle is NULL.
///
/// # Safety
///
/// `handle` as for `tally_add`; `sum` is a place for a number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_sum(handle: *const Tally, sum: *mut i64) -> i32 {
    // SAFETY: as in `tally_add`.
    let Some(tally) = (unsafe { handle.as_ref() }) else { return code::NO_TALLY };
    // SAFETY: the caller vouches for the place.
    unsafe { sum.write(tally.sum()) };
    code::OK
}

/// Frees the tally that the caller's variable holds, and writes NULL into that variable.
/// `NO_TALLY` if the variable holds NULL already, or if there is no variable.
///
/// A `tally_free(Tally *)` could free as well, but could not reach the variable, and the
/// next call through it would be undefined behaviour with nothing to notice it by. What
/// this one cannot reach is a second copy of the handle; a table of handles, looked up
/// by number, would refuse that too, at the price of a lock and a look-up in every call.
///
/// # Safety
///
/// `handle` is NULL or the address of a handle, which is as for `tally_add`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_free(handle: *mut *mut Tally) -> i32 {
    // SAFETY: the caller vouches for the address, and `as_mut` looks for NULL.
    let Some(variable) = (unsafe { handle.as_mut() }) else { return code::NO_TALLY };
    // NULL first, then the drop: should the drop ever fail, nobody frees half a tally again.
    let tally = std::mem::replace(variable, std::ptr::null_mut());
    if tally.is_null() {
        return code::NO_TALLY;
    }
    // SAFETY: it came from the `Box` in `tally_new`, with the same type, and this was the
    // only variable that was to free it.
    drop(unsafe { Box::from_raw(tally) });
    code::OK
}
