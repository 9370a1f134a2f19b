//! The crate from outside, on copies of `tests/fixtures/first` that are broken
//! in one place each.

mod book;
mod course;
mod current;
mod damaged;
mod digest;
mod hints;
mod kept;
mod lookup;
mod manifest;
mod newer;
mod progress;
mod reserved;
mod seen;
mod solution;
mod writers;
