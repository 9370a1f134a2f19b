//! A library whose one function any language can call.

/// The sum of `a` and `b`, wrapped around where it does not fit.
///
/// `no_mangle` puts the name on the list of exported symbols as it stands here,
/// and is `unsafe` because a second `add` in the same program would collide with
/// it unnoticed. `extern "C"` fixes how arguments travel; Rust's own way is
/// promised to nobody.
///
/// `wrapping_add` has no case in which it fails. `checked_add` would need a place
/// for the bad news, which this signature does not have, and `+` panics in a debug
/// build and wraps in a release build: two libraries out of one source.
#[unsafe(no_mangle)]
pub extern "C" fn add(a: i64, b: i64) -> i64 {
    a.wrapping_add(b)
}
