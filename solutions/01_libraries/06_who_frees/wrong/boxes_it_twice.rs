//! wrong: boxes the box: the tally is dropped, and the box around it stays behind
//! caught-by: gives_the_memory_back
//! says: leaked memory on every call

mod tally;

use tally::{Tally, code};

#[unsafe(no_mangle)]
pub extern "C" fn tally_new() -> *mut Tally {
    let place: &'static mut Box<Tally> = Box::leak(Box::new(Box::new(Tally::new())));
    &raw mut **place
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_add(handle: *mut Tally, n: i64) -> i32 {
    let Some(tally) = (unsafe { handle.as_mut() }) else {
        return code::NO_TALLY;
    };
    tally.add(n);
    code::OK
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_sum(handle: *const Tally, sum: *mut i64) -> i32 {
    let Some(tally) = (unsafe { handle.as_ref() }) else {
        return code::NO_TALLY;
    };
    unsafe { sum.write(tally.sum()) };
    code::OK
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_free(handle: *mut *mut Tally) -> i32 {
    let Some(variable) = (unsafe { handle.as_mut() }) else {
        return code::NO_TALLY;
    };
    if variable.is_null() {
        return code::NO_TALLY;
    }
    drop(unsafe { Box::from_raw(*variable) });
    *variable = std::ptr::null_mut();
    code::OK
}
