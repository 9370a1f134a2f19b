//! A library that nobody can call from outside yet.

/// The sum of `a` and `b`.
// TODO: let other languages find this under the name `add` and call it.
pub fn add(a: i64, b: i64) -> i64 {
    a + b
}
