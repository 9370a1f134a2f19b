//! rows: 15
//! exercise: first_so
//! tries: keeps the compiler busy for ever
//! blocked-by: limits
//! comes-to: does-not-build | build-timed-out
//! earns: 0

#![allow(long_running_const_eval)]

const FOR_EVER: i64 = {
    let mut count = 0_u64;
    while count < u64::MAX {
        count += 1;
    }
    1
};

#[unsafe(no_mangle)]
pub extern "C" fn add(a: i64, b: i64) -> i64 {
    a.wrapping_add(b) * FOR_EVER
}
