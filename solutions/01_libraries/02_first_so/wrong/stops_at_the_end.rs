//! wrong: a sum that does not fit stays at the largest number, where it ought to wrap around
//! caught-by: wraps_around
//! says: returned the wrong value

#[unsafe(no_mangle)]
pub extern "C" fn add(a: i64, b: i64) -> i64 {
    a.saturating_add(b)
}
