//! The gate: how a kernel tells the judge that it is at work, now.
//!
//! A check of "the GIL was released" has two phases. First the kernel says
//! that it has been entered, and stops. Only then does the judge ask another
//! Python thread of the same process for an answer, which that thread can give
//! only if it gets the GIL. Whatever the answer, the judge lets the kernel go.
//! Releasing before or after the work earns nothing: the question is asked in
//! between.
//!
//! The kernel makes no Python calls here and looks at no clock.

#[cfg(unix)]
use std::io::{Read, Write};

/// Names the descriptor that leads to the judge.
pub const GATE: &str = "BINDERY_GATE";

/// Says that the work has begun and waits until the judge lets it go on. Does
/// nothing when nobody is judging.
///
/// One caller passes at a time: the judge answers in the order of arrival.
pub fn pass() {
    #[cfg(unix)]
    if let Some(mut judge) = channel() {
        let mut go = [0];
        // A judge that has hung up holds nobody back.
        let _ = judge
            .write_all(b"E")
            .and_then(|()| judge.read_exact(&mut go));
    }
}

#[cfg(unix)]
fn channel() -> Option<std::sync::MutexGuard<'static, std::os::unix::net::UnixStream>> {
    use std::os::fd::{FromRawFd, RawFd};
    use std::os::unix::net::UnixStream;
    use std::sync::{Mutex, OnceLock, PoisonError};

    static GATE_CHANNEL: OnceLock<Option<Mutex<UnixStream>>> = OnceLock::new();
    let channel = GATE_CHANNEL.get_or_init(|| {
        let number: RawFd = std::env::var(GATE).ok()?.parse().ok()?;
        // SAFETY: the judge opened this descriptor for the gate alone, and
        // `OnceLock` sees to it that this library takes it once. It is never
        // closed: the process ends first.
        Some(Mutex::new(unsafe { UnixStream::from_raw_fd(number) }))
    });
    channel
        .as_ref()
        .map(|mutex| mutex.lock().unwrap_or_else(PoisonError::into_inner))
}
