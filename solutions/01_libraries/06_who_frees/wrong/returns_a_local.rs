//! wrong: hands out the address of a variable that ends with the function
//! caught-by: a_new_tally_lives
//! says: died before anybody freed it

mod tally;

use tally::{Tally, code};

#[unsafe(no_mangle)]
pub extern "C" fn tally_new() -> *mut Tally {
    let mut tally = Tally::new();
    &raw mut tally
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
