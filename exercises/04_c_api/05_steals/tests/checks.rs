//! What it has to prove.

fn main() {}
