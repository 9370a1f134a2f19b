//! Three ways to count what two threads do, none of which asks Python.

use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::sync::{Barrier, Mutex};

/// Two threads that come to the dangerous place at the same time.
fn two_threads(step: impl Fn(&Barrier) + Sync) {
    let both = Barrier::new(2);
    std::thread::scope(|scope| {
        scope.spawn(|| step(&both));
        scope.spawn(|| step(&both));
    });
}

fn main() {
    // ANCHOR: three_counters
    let calls = AtomicU32::new(0);
    two_threads(|both| {
        let seen = calls.load(SeqCst);
        both.wait();
        calls.store(seen + 1, SeqCst);
    });
    println!("load and store: {} of 2 calls counted", calls.into_inner());

    let calls = AtomicU32::new(0);
    two_threads(|both| {
        both.wait();
        calls.fetch_add(1, SeqCst);
    });
    println!("one atomic step: {} of 2 calls counted", calls.into_inner());

    let calls = Mutex::new(0);
    two_threads(|both| {
        both.wait();
        *calls.lock().expect("nobody panics") += 1;
    });
    println!(
        "under a mutex: {} of 2 calls counted",
        calls.into_inner().expect("nobody panics")
    );
    // ANCHOR_END: three_counters
}
