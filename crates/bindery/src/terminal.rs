//! The whole screen, for `watch` and `list`: taken, drawn on, listened to, and given back
//! as it was, however the program ends.
//!
//! Knows nothing of what is shown. Keys are read here and not through crossterm's reader:
//! that one cannot be woken by another thread, goes on reading while an editor has the
//! terminal, and never returns once the terminal is gone.

mod keys;
mod lines;
mod signals;

use std::collections::VecDeque;
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use crossterm::terminal::{self as raw, Clear, ClearType};
use crossterm::{cursor, queue};
use signal_hook::consts::SIGINT;

use crate::terminal::keys::{Decoder, Typed};
use crate::terminal::signals::Signals;
use crate::trouble::Trouble;

pub use crate::terminal::lines::{Line, Lines};
pub use crate::terminal::signals::Waker;

/// How long the rest of an escape sequence may take, over a slow connection.
const REST_OF_A_KEY: Duration = Duration::from_millis(50);

/// What is taken: raw mode apart, these are the terminal's own switches. Lines are cut at the
/// edge and not wrapped, and pasted text is marked as such.
const TAKE: &str = "\x1b[?1049h\x1b[?7l\x1b[?2004h\x1b[?25l\x1b[2J";
const GIVE_BACK: &str = "\x1b[0m\x1b[?25h\x1b[?2004l\x1b[?7h\x1b[?1049l";

/// Whether the screen is ours at this moment.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// What [`Terminal::next`] comes back with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// A key.
    Key(KeyEvent),
    /// Text that was pasted and not typed.
    Pasted(String),
    /// The size is another, or somebody else has drawn: draw again.
    Resized,
    /// A [`Waker`] was used.
    Woken,
    /// The program is to end: a signal of this number, or 1 when the terminal is gone. Ctrl-C
    /// is one. Whoever asks next hears it again.
    Ended(i32),
    /// Nothing, for as long as was asked.
    Nothing,
}

/// The screen, for as long as this lives.
pub struct Terminal {
    signals: &'static Signals,
    decoder: Decoder,
    typed: VecDeque<Typed>,
    shown: Vec<String>,
}

impl Terminal {
    /// Whether there is a terminal here that a screen can be drawn on.
    pub fn is_here() -> bool {
        let dumb = std::env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb");
        !dumb && io::stdin().is_terminal() && io::stdout().is_terminal()
    }

    /// Takes the screen.
    pub fn open() -> Result<Terminal, Trouble> {
        restore_before_a_panic_is_told();
        let signals = Signals::listen().map_err(|e| unusable(&e))?;
        take().map_err(|e| unusable(&e))?;
        Ok(Terminal {
            signals,
            decoder: Decoder::default(),
            typed: VecDeque::new(),
            shown: Vec::new(),
        })
    }

    /// What another thread wakes [`Terminal::next`] with.
    pub fn waker(&self) -> Waker {
        self.signals.waker()
    }

    /// Columns and rows.
    pub fn size(&self) -> (usize, usize) {
        match raw::size() {
            Ok((columns, rows)) if columns > 0 && rows > 0 => (columns.into(), rows.into()),
            _ => (80, 24),
        }
    }

    /// Shows these lines from the top; what they do not reach is empty.
    pub fn draw(&mut self, lines: &[String]) -> Result<(), Trouble> {
        self.try_draw(lines).map_err(|e| unusable(&e))
    }

    fn try_draw(&mut self, lines: &[String]) -> io::Result<()> {
        let mut out = io::stdout().lock();
        let rows = self.size().1;
        let count = lines.len().max(self.shown.len()).min(rows);
        for row in 0..count {
            let line = lines.get(row).map_or("", String::as_str);
            // Only what is new: over a slow connection nothing flickers.
            if self.shown.get(row).is_some_and(|shown| shown == line) {
                continue;
            }
            queue!(
                out,
                cursor::MoveTo(0, row as u16),
                Clear(ClearType::CurrentLine)
            )?;
            write!(out, "{line}\x1b[0m")?;
        }
        self.shown = lines.iter().take(rows).cloned().collect();
        out.flush()
    }

    /// Waits for the next thing to happen; without a time, for as long as it takes.
    pub fn next(&mut self, wait: Option<Duration>) -> Result<Heard, Trouble> {
        let until = wait.map(|wait| Instant::now() + wait);
        loop {
            if let Some(signal) = self.signals.ending() {
                return Ok(Heard::Ended(signal));
            }
            if self.signals.take_changed() {
                self.take_again()?;
                return Ok(Heard::Resized);
            }
            match self.typed.pop_front() {
                Some(Typed::Key(key)) if is_ctrl(&key, 'z') => {
                    self.stop()?;
                    return Ok(Heard::Resized);
                }
                Some(Typed::Key(key)) if is_ctrl(&key, 'c') => {
                    self.signals.end(SIGINT);
                    continue;
                }
                Some(Typed::Key(key)) => return Ok(Heard::Key(key)),
                Some(Typed::Pasted(text)) => return Ok(Heard::Pasted(text)),
                None => {}
            }
            let left = until.map(|until| until.saturating_duration_since(Instant::now()));
            let ready = match self.decoder.is_within_a_key() {
                true => self.wait_for_the_rest(left),
                false => self.signals.wait(left),
            };
            let ready = ready.map_err(|e| unusable(&e))?;
            match ready {
                signals::Ready::Gone => return Ok(Heard::Ended(1)),
                signals::Ready::Input => {
                    if !self.read().map_err(|e| unusable(&e))? {
                        return Ok(Heard::Ended(1));
                    }
                }
                signals::Ready::Woken => return Ok(Heard::Woken),
                signals::Ready::Nothing if left.is_some_and(|left| left.is_zero()) => {
                    return Ok(Heard::Nothing);
                }
                signals::Ready::Nothing => {}
            }
        }
    }

    /// Escape alone is a key, and the beginning of others: a moment tells which.
    fn wait_for_the_rest(&mut self, left: Option<Duration>) -> io::Result<signals::Ready> {
        let moment = left.map_or(REST_OF_A_KEY, |left| left.min(REST_OF_A_KEY));
        let ready = self.signals.wait(Some(moment))?;
        if ready == signals::Ready::Nothing {
            self.typed.extend(self.decoder.that_was_all());
        }
        Ok(ready)
    }

    /// Takes in what was typed. False where the terminal is gone.
    fn read(&mut self) -> io::Result<bool> {
        let mut bytes = [0; 1024];
        match rustix::io::read(io::stdin(), &mut bytes) {
            Ok(0) | Err(rustix::io::Errno::IO) => return Ok(false),
            Ok(count) => self.typed.extend(self.decoder.feed(&bytes[..count])),
            Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => {}
            Err(e) => return Err(e.into()),
        }
        Ok(true)
    }

    /// Forgets what was typed so far: an answer counts only after its question was shown.
    pub fn forget_input(&mut self) -> Result<(), Trouble> {
        while self.signals.has_input().map_err(|e| unusable(&e))?
            && self.read().map_err(|e| unusable(&e))?
        {}
        let is_end = |typed: Typed| matches!(typed, Typed::Key(key) if is_ctrl(&key, 'c'));
        // Who wants to leave is not asked whether they have read something.
        if self.typed.drain(..).any(is_end) {
            self.signals.end(SIGINT);
        }
        Ok(())
    }

    /// Gives the terminal to another program for as long as `other` runs.
    pub fn lend<T>(&mut self, other: impl FnOnce() -> T) -> Result<T, Trouble> {
        give_back();
        let result = other();
        self.signals.forget();
        self.take_again()?;
        Ok(result)
    }

    /// Ctrl-Z: the whole job stops, cargo's part in it too, and the shell has the terminal.
    fn stop(&mut self) -> Result<(), Trouble> {
        give_back();
        let _ = rustix::process::kill_current_process_group(rustix::process::Signal::TSTP);
        // The signal may reach another thread first. Where no shell could ever wake us, it
        // does nothing, and we go on.
        self.signals.wait_for_change(Duration::from_millis(200));
        self.take_again()
    }

    fn take_again(&mut self) -> Result<(), Trouble> {
        take().map_err(|e| unusable(&e))?;
        self.shown.clear();
        Ok(())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        give_back();
        Signals::leave_alone();
    }
}

/// Whether a key is a letter with Ctrl.
pub fn is_ctrl(key: &KeyEvent, letter: char) -> bool {
    key.code == KeyCode::Char(letter) && key.modifiers.contains(KeyModifiers::CONTROL)
}

fn unusable(error: &io::Error) -> Trouble {
    Trouble::new(
        format!("the terminal cannot be used: {error}"),
        format!(
            "run `{} watch --plain` for plain lines",
            crate::screen::me()
        ),
    )
}

/// Also where the screen is ours: after a stop, the shell may have changed its mode.
fn take() -> io::Result<()> {
    let _ = raw::disable_raw_mode();
    raw::enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let mut out = io::stdout().lock();
    out.write_all(TAKE.as_bytes())?;
    out.flush()
}

fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let mut out = io::stdout();
        let _ = out.write_all(GIVE_BACK.as_bytes());
        let _ = out.flush();
        let _ = raw::disable_raw_mode();
    }
}

/// What a panic says would be lost with the screen that it is said on.
fn restore_before_a_panic_is_told() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let ours = std::thread::current().name() == Some("main");
            // A worker's panic is caught, and told on the screen.
            if ours || !TAKEN.load(Ordering::SeqCst) {
                give_back();
                usual(panic);
            }
        }));
    });
}
