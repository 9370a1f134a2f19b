//! The crate from outside, on copies of `tests/fixtures/first` that are broken
//! in one place each.

mod book;
mod course;
mod current;
mod hints;
mod lookup;
mod manifest;
mod progress;
mod reserved;
mod solution;
