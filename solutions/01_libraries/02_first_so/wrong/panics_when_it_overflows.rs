//! wrong: adds with `+`, which panics in a debug build, in a function that no panic may leave
//! caught-by: wraps_around
//! says: ended the process: abort

#[unsafe(no_mangle)]
pub extern "C" fn add(a: i64, b: i64) -> i64 {
    a + b
}
