//! wrong: adds two, which is right for two alone
//! caught-by: doubles
//! says: returned the wrong value

// FILL IN: an answer that people really give; one file for each

#[unsafe(no_mangle)]
pub extern "C" fn twice(n: i64) -> i64 {
    n.wrapping_add(2)
}
