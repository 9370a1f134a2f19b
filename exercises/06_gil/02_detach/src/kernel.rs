//! The work: a moving average, repeated. Supplied; nothing to edit here.
//!
//! It is plain Rust that touches no Python object, which is why it may run
//! without the GIL. While a check runs, `gate::pass` tells the judge that the
//! work has begun, and waits until the judge has asked another Python thread
//! for a sign of life.

// ANCHOR: the_work
/// Replaces each sample by the mean of itself and its neighbours, `passes` times.
pub fn smooth(signal: &[f64], passes: usize) -> Vec<f64> {
    probe::gate::pass();
    let mut now = signal.to_vec();
    for _ in 0..passes {
        let mean = |at: usize| {
            let window = &now[at.saturating_sub(1)..(at + 2).min(now.len())];
            window.iter().sum::<f64>() / window.len() as f64
        };
        now = (0..now.len()).map(mean).collect();
    }
    now
}
// ANCHOR_END: the_work
