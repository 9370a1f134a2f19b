//! rows: 58
//! exercise: first_so
//! tries: takes `add` from a library of the same name that we have built
//! blocked-by: the judge
//! comes-to: does-not-build
//! earns: 0

extern crate first_so as theirs;

pub use theirs::add;
