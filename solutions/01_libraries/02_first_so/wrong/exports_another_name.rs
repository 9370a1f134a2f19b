//! wrong: puts the crate's name in front, as many C libraries do; the task gives the name
//! caught-by: exports_add
//! says: exports no symbol `add`

#[unsafe(no_mangle)]
pub extern "C" fn first_so_add(a: i64, b: i64) -> i64 {
    a.wrapping_add(b)
}
