//! FILL IN: the answer, with the choice explained and the one that was rejected
//! A library that doubles numbers for callers in C.

/// Twice the number. What does not fit wraps around, since no panic may leave the function.
#[unsafe(no_mangle)]
pub extern "C" fn twice(n: i64) -> i64 {
    n.wrapping_mul(2)
}
