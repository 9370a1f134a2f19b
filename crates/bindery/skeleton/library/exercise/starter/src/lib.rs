//! FILL IN: what a learner starts from: it builds without a warning, and fails for the reason it teaches
//! A library that is to double numbers for callers in C.

/// Twice the number.
#[unsafe(no_mangle)]
pub extern "C" fn twice(n: i64) -> i64 {
    // TODO: double it.
    n
}
