//! Lines that somebody types or a pipe brings, heard together with wakers and signals. Draws
//! nothing, and leaves the terminal in the mode that it has.

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use crate::terminal::signals::{Ready, Signals, Waker};
use crate::terminal::unusable;
use crate::trouble::Trouble;

/// What [`Lines::next`] comes back with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A whole line, without its end.
    Typed(String),
    /// No line will come any more. This is said once.
    NoMore,
    /// A [`Waker`] was used.
    Woken,
    /// The program is to end: a signal of this number.
    Ended(i32),
    /// Nothing, for as long as was asked.
    Nothing,
}

/// Standard input, line by line.
pub struct Lines {
    signals: &'static Signals,
    bytes: Vec<u8>,
    typed: VecDeque<String>,
    open: bool,
}

impl Lines {
    /// Begins to listen.
    pub fn open() -> Result<Lines, Trouble> {
        Ok(Lines {
            signals: Signals::listen().map_err(|e| unusable(&e))?,
            bytes: Vec::new(),
            typed: VecDeque::new(),
            open: true,
        })
    }

    /// What another thread wakes [`Lines::next`] with.
    pub fn waker(&self) -> Waker {
        self.signals.waker()
    }

    /// Waits for the next thing to happen; without a time, for as long as it takes.
    pub fn next(&mut self, wait: Option<Duration>) -> Result<Line, Trouble> {
        if let Some(signal) = self.signals.ending() {
            return Ok(Line::Ended(signal));
        }
        if let Some(line) = self.typed.pop_front() {
            return Ok(Line::Typed(line));
        }
        let ready = match self.open {
            true => self.signals.wait(wait),
            false => self.signals.wait_without_input(wait),
        };
        match ready.map_err(|e| unusable(&e))? {
            Ready::Input => self.read(),
            Ready::Gone => self.open = false,
            Ready::Woken => return Ok(Line::Woken),
            Ready::Nothing => return Ok(Line::Nothing),
        }
        match self.typed.pop_front() {
            Some(line) => Ok(Line::Typed(line)),
            None if !self.open => Ok(Line::NoMore),
            None => Ok(Line::Nothing),
        }
    }

    fn read(&mut self) {
        let mut bytes = [0; 1024];
        match rustix::io::read(io::stdin(), &mut bytes) {
            Ok(0) => self.open = false,
            Ok(count) => self.bytes.extend_from_slice(&bytes[..count]),
            Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => {}
            Err(_) => self.open = false,
        }
        while let Some(end) = self.bytes.iter().position(|b| *b == b'\n') {
            let line: Vec<u8> = self.bytes.drain(..=end).collect();
            let line = String::from_utf8_lossy(&line).trim_end().to_owned();
            self.typed.push_back(line);
        }
    }

    /// Forgets what has come so far.
    pub fn forget(&mut self) -> Result<(), Trouble> {
        while self.open && self.signals.has_input().map_err(|e| unusable(&e))? {
            self.read();
        }
        self.typed.clear();
        self.bytes.clear();
        Ok(())
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        Signals::leave_alone();
    }
}
