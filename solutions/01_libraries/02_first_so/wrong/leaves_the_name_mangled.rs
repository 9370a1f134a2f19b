//! wrong: says how the function is called, and forgets under which name
//! caught-by: exports_add
//! says: exports no symbol `add`

pub extern "C" fn add(a: i64, b: i64) -> i64 {
    a.wrapping_add(b)
}
