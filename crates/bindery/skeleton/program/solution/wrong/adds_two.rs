//! wrong: adds two, which is right for two alone
//! caught-by: doubles
//! says: returned the wrong value

// FILL IN: an answer that people really give; one file for each

/// Twice the number.
pub fn twice(n: i64) -> i64 {
    n + 2
}
