//! What wakes a screen that waits: keys, other threads, and signals, which only leave a note.
//!
//! While no screen is open, signals do what they always do.

use std::io::{self, PipeReader, PipeWriter, Write as _};
use std::os::fd::AsFd as _;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGWINCH};
use signal_hook::{flag, low_level::pipe};

/// What a wait ended with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ready {
    /// There is something to read.
    Input,
    /// Somebody woke us.
    Woken,
    /// The terminal is gone.
    Gone,
    /// The time is over, or a signal has left its note.
    Nothing,
}

/// Wakes a [`super::Terminal`] that waits.
#[derive(Clone)]
pub struct Waker(&'static Signals);

impl Waker {
    /// Makes the wait end. What it is about lies ready elsewhere by then.
    pub fn wake(&self) {
        self.0.wanted.store(true, Ordering::SeqCst);
        self.0.poke();
    }
}

/// One for the whole program: handlers of signals are not taken off again.
pub struct Signals {
    reader: PipeReader,
    writer: PipeWriter,
    wanted: AtomicBool,
    ending: Arc<AtomicUsize>,
    changed: Arc<AtomicBool>,
    unused: Arc<AtomicBool>,
}

static SIGNALS: OnceLock<Signals> = OnceLock::new();

impl Signals {
    /// From now on signals are notes.
    pub fn listen() -> io::Result<&'static Signals> {
        if SIGNALS.get().is_none() {
            let _ = SIGNALS.set(Signals::new()?);
        }
        let signals = SIGNALS.get().expect("it was set above, or by another");
        signals.unused.store(false, Ordering::SeqCst);
        signals.forget();
        Ok(signals)
    }

    /// From now on they do what they always do.
    pub fn leave_alone() {
        if let Some(signals) = SIGNALS.get() {
            signals.unused.store(true, Ordering::SeqCst);
        }
    }

    fn new() -> io::Result<Signals> {
        let (reader, writer) = io::pipe()?;
        let signals = Signals {
            reader,
            writer,
            wanted: AtomicBool::new(false),
            ending: Arc::default(),
            changed: Arc::default(),
            unused: Arc::default(),
        };
        // The note first, then the poke: whoever wakes up finds it.
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            flag::register_conditional_default(signal, signals.unused.clone())?;
            flag::register_usize(signal, signals.ending.clone(), signal as usize)?;
            pipe::register(signal, signals.writer.try_clone()?)?;
        }
        for signal in [SIGWINCH, SIGCONT] {
            flag::register(signal, signals.changed.clone())?;
            pipe::register(signal, signals.writer.try_clone()?)?;
        }
        Ok(signals)
    }

    pub fn waker(&'static self) -> Waker {
        Waker(self)
    }

    /// A full pipe wakes as well as one more byte would.
    fn poke(&self) {
        let _ = (&self.writer).write(&[0]);
    }

    /// The signal that ends us, if one has come.
    pub fn ending(&self) -> Option<i32> {
        match self.ending.load(Ordering::SeqCst) {
            0 => None,
            signal => Some(signal as i32),
        }
    }

    /// Whether the size may have changed, or we were stopped, since this was last asked.
    pub fn take_changed(&self) -> bool {
        self.changed.swap(false, Ordering::SeqCst)
    }

    /// Forgets a signal that was meant for somebody else who had the terminal.
    pub fn forget(&self) {
        if self.ending() == Some(SIGINT) || self.unused.load(Ordering::SeqCst) {
            self.ending.store(0, Ordering::SeqCst);
        }
    }

    pub fn has_input(&self) -> io::Result<bool> {
        let stdin = io::stdin();
        let mut fds = [PollFd::new(&stdin, PollFlags::IN)];
        poll(&mut fds, Some(&Timespec::default()))?;
        Ok(fds[0].revents() == PollFlags::IN)
    }

    /// Waits until something has changed, and no longer than this.
    pub fn wait_for_change(&self, longest: Duration) {
        let until = Instant::now() + longest;
        while !self.changed.load(Ordering::SeqCst) && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits for input, a waker or a signal.
    pub fn wait(&self, longest: Option<Duration>) -> io::Result<Ready> {
        let longest = longest.map(|d| Timespec::try_from(d).unwrap_or_default());
        let stdin = io::stdin();
        let mut fds = [
            PollFd::new(&stdin, PollFlags::IN),
            PollFd::from_borrowed_fd(self.reader.as_fd(), PollFlags::IN),
        ];
        match poll(&mut fds, longest.as_ref()) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(e) => return Err(e.into()),
        }
        let (input, poked) = (fds[0].revents(), fds[1].revents());
        if input.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            return Ok(Ready::Gone);
        }
        if poked.contains(PollFlags::IN) {
            let _ = rustix::io::read(&self.reader, &mut [0; 256]);
            // After the reading: who wakes us from here on has its byte in the pipe.
            return Ok(match self.wanted.swap(false, Ordering::SeqCst) {
                true => Ready::Woken,
                false => Ready::Nothing,
            });
        }
        match input.contains(PollFlags::IN) {
            true => Ok(Ready::Input),
            false => Ok(Ready::Nothing),
        }
    }
}
