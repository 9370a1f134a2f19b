//! FILL IN: what a learner starts from: it builds without a warning, and fails for the reason it teaches
//! What the program in `main.rs` does.

/// Twice the number.
pub fn twice(n: i64) -> i64 {
    // TODO: double it.
    n
}
