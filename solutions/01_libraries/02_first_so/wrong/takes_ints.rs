//! wrong: an `int` is an integer too, and small sums come out right
//! caught-by: adds_beyond_32_bits
//! says: returned the wrong value
//! caught-by: wraps_around
//! says: returned the wrong value

#[unsafe(no_mangle)]
pub extern "C" fn add(a: i32, b: i32) -> i32 {
    a.wrapping_add(b)
}
