//! What the handle stands for. Supplied; nothing to edit here.
//!
//! A tally keeps every number that it was given, so there is memory inside it that
//! only its own destructor knows of. It also counts how many tallies live.

use std::sync::atomic::{AtomicI64, Ordering};

/// What every function of the library returns.
pub mod code {
    /// It was done.
    pub const OK: i32 = 0;
    /// There was no tally to do it with: the handle was NULL, or its address was.
    pub const NO_TALLY: i32 = 1;
}

static LIVE: AtomicI64 = AtomicI64::new(0);

/// Numbers to be added up.
pub struct Tally {
    numbers: Vec<i64>,
}

impl Tally {
    /// A tally of nothing yet.
    pub fn new() -> Tally {
        LIVE.fetch_add(1, Ordering::Relaxed);
        Tally {
            numbers: Vec::new(),
        }
    }

    /// One number more.
    pub fn add(&mut self, n: i64) {
        self.numbers.push(n);
    }

    /// All of them together.
    pub fn sum(&self) -> i64 {
        self.numbers.iter().sum()
    }
}

impl Drop for Tally {
    fn drop(&mut self) {
        LIVE.fetch_sub(1, Ordering::Relaxed);
    }
}

/// How many tallies have been made and not been dropped: for the judge, and for anybody
/// who looks for a leak.
#[unsafe(no_mangle)]
pub extern "C" fn tally_live() -> i64 {
    LIVE.load(Ordering::Relaxed)
}
