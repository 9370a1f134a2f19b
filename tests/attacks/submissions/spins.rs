//! rows: 31, 56
//! exercise: first_so
//! tries: works for ever, and does not listen to who asks it to end
//! blocked-by: limits
//! comes-to: endless | crash
//! earns: 8

unsafe extern "C" {
    fn signal(number: i32, handler: usize) -> usize;
}

#[unsafe(no_mangle)]
pub extern "C" fn add(a: i64, b: i64) -> i64 {
    let ignore = 1;
    for number in [1, 2, 15, 24] {
        unsafe { signal(number, ignore) };
    }
    while a == std::hint::black_box(i64::MAX) {}
    a.wrapping_add(b)
}
