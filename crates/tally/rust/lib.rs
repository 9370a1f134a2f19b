//! The functions of `c/tally.c` once more, for the bindings in Rust.

/// The sum. What is too large wraps, as it does in C with the flags that CPython uses.
pub fn add(a: i64, b: i64) -> i64 {
    a.wrapping_add(b)
}

/// Nothing.
pub fn noop() {}

/// The sum of many numbers.
pub fn total(numbers: &[f64]) -> f64 {
    numbers.iter().sum()
}
