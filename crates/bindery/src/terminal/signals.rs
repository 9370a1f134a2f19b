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

    /// Ends us as this signal would.
    pub fn end(&self, signal: i32) {
        self.ending.store(signal as usize, Ordering::SeqCst);
    }

    /// Whether the size may have changed, or we were stopped, since this was last asked.
    pub fn take_changed(&self) -> bool {
        self.changed.swap(false, Ordering::SeqCst)
    }

    /// Forgets a Ctrl-C that was meant for somebody else who had the terminal.
    pub fn forget(&self) {
        let (none, interrupt) = (0, SIGINT as usize);
        let _ = self
            .ending
            .compare_exchange(interrupt, none, Ordering::SeqCst, Ordering::SeqCst);
    }

    pub fn has_input(&self) -> io::Result<bool> {
        let stdin = io::stdin();
        let mut fds = [PollFd::new(&stdin, PollFlags::IN)];
        wait_for(&mut fds, Some(Duration::ZERO))?;
        Ok(fds[0].revents().contains(PollFlags::IN))
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
        let stdin = io::stdin();
        let mut fds = [self.poked(), PollFd::new(&stdin, PollFlags::IN)];
        wait_for(&mut fds, longest)?;
        if let Some(ready) = self.was_poked(&fds[0]) {
            return Ok(ready);
        }
        let input = fds[1].revents();
        Ok(match input.contains(PollFlags::IN) {
            true => Ready::Input,
            false if input.is_empty() => Ready::Nothing,
            false => Ready::Gone,
        })
    }

    /// The same, for a caller whose input has ended.
    pub fn wait_without_input(&self, longest: Option<Duration>) -> io::Result<Ready> {
        let mut fds = [self.poked()];
        wait_for(&mut fds, longest)?;
        Ok(self.was_poked(&fds[0]).unwrap_or(Ready::Nothing))
    }

    fn poked(&self) -> PollFd<'_> {
        PollFd::from_borrowed_fd(self.reader.as_fd(), PollFlags::IN)
    }

    fn was_poked(&self, pipe: &PollFd<'_>) -> Option<Ready> {
        if !pipe.revents().contains(PollFlags::IN) {
            return None;
        }
        let _ = rustix::io::read(&self.reader, &mut [0; 256]);
        // After the reading: who wakes us from here on has its byte in the pipe.
        Some(match self.wanted.swap(false, Ordering::SeqCst) {
            true => Ready::Woken,
            false => Ready::Nothing,
        })
    }
}

fn wait_for(fds: &mut [PollFd<'_>], longest: Option<Duration>) -> io::Result<()> {
    let longest = longest.map(|d| Timespec::try_from(d).unwrap_or_default());
    match poll(fds, longest.as_ref()) {
        Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
        Err(e) => Err(e.into()),
    }
}
