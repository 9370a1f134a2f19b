//! A shared library with two functions that do the same, of which others find one.

// ANCHOR: a_rust_function
/// Half of `n`, rounded towards zero.
pub fn halve_in_rust(n: i32) -> i32 {
    n / 2
}
// ANCHOR_END: a_rust_function

// ANCHOR: a_c_function
/// The same, for callers in any language.
#[unsafe(no_mangle)]
pub extern "C" fn halve(n: i32) -> i32 {
    halve_in_rust(n)
}
// ANCHOR_END: a_c_function
