//! The GIL handshake, the judge's half.
//!
//! 1. The call is made, and the supplied kernel announces that it has been entered.
//! 2. Only then is another Python thread of the same process sent a fresh
//!    number, which it can send back only once it holds the GIL.
//! 3. Whatever came of it, the kernel is let go and the call comes to its end.
//!
//! The answer is late when the thread was seen asleep again and again while the
//! kernel stood at the gate. The question woke it, so what it sleeps for now is
//! the GIL: with the GIL it would have answered first. A thread that is awake and
//! has not had a processor yet is given time, which is why a busy machine makes
//! this slower and not wrong.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use serde_json::json;
use wire::Value;

use crate::answer::Answer;
use crate::subject::Subject;
use crate::verdict::{Failure, Kind, Verdict};
use crate::watch::thread_sleeps;

/// How often the other thread is seen asleep before it counts as kept waiting.
/// Once may be by chance: it has answered and we have not read it yet.
const ASLEEP: u32 = 30;
/// How often it is looked at.
const LOOK: Duration = Duration::from_millis(20);
/// How long it may take at all.
const AT_MOST: Duration = Duration::from_secs(20);

/// What a call under the handshake came to.
pub struct Gated {
    answer: Answer,
    entries: u32,
    kept_waiting: u32,
}

impl Subject {
    /// Calls `target` and asks another Python thread for an answer while the
    /// supplied kernel is at work.
    pub fn call_gated(&mut self, target: &str, args: &[Value]) -> Verdict<Gated> {
        // The nonce comes to the process, whichever of its threads sends it back.
        self.counts_inside();
        let other = match self.value_of("start another thread", json!({"op": "start_echo"}))? {
            Value::Int(id) => id.to_i128().unwrap_or_default() as i64,
            other => {
                return Err(Failure::new(
                    Kind::Garbled,
                    format!("no thread but {other}"),
                ));
            }
        };
        let what = format!("`{target}`");
        let args: Vec<_> = args.iter().map(wire::to_json).collect();
        self.begin(&what, json!({"op": "call", "target": target, "args": args}))?;
        let (mut entries, mut kept_waiting) = (0, 0);
        let outcome = self.finish(&what, |subject| {
            entries += 1;
            kept_waiting += u32::from(!subject.other_thread_answers(other)?);
            subject.open_gate();
            Ok(())
        })?;
        Ok(Gated {
            answer: self.answer(what, outcome),
            entries,
            kept_waiting,
        })
    }

    /// Whether a kernel has announced itself.
    pub(crate) fn kernel_entered(&mut self) -> bool {
        self.process.gate.set_nonblocking(true).ok();
        let mut announced = [0];
        matches!(self.process.gate.read(&mut announced), Ok(1))
    }

    /// Lets the kernel go on.
    pub(crate) fn open_gate(&mut self) {
        let _ = self.process.gate.write_all(b"G");
    }

    fn other_thread_answers(&mut self, thread: i64) -> Verdict<bool> {
        let fault =
            |e: std::io::Error| Failure::fault(format!("the other thread cannot be asked: {e}"));
        let nonce = crate::random::nonce();
        let pid = self.process.id();
        let echo = &mut self.process.echo;
        match echo.write_all(&nonce) {
            Err(e) if is_gone(&e) => return Ok(false),
            asked => asked.map_err(fault)?,
        }
        echo.set_read_timeout(Some(LOOK)).map_err(fault)?;
        let (mut answer, mut read) = ([0; 64], 0);
        let (asked, mut asleep) = (Instant::now(), 0);
        while asked.elapsed() < AT_MOST {
            match echo.read(&mut answer[read..]) {
                Ok(0) => return Ok(false),
                Ok(n) => read += n,
                Err(e)
                    if matches!(
                        e.kind(),
                        std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut
                    ) => {}
                Err(e) if is_gone(&e) => return Ok(false),
                Err(e) => return Err(fault(e)),
            }
            // An answer that was late for an earlier question may come first.
            if answer[..read].ends_with(&nonce) {
                return Ok(true);
            }
            if read == answer.len() {
                read = 0;
            }
            match thread_sleeps(pid, thread) {
                Some(true) if asleep == ASLEEP => return Ok(false),
                Some(true) => asleep += 1,
                // Waiting for the GIL, it wakes now and then to ask for it.
                Some(false) => {}
                // Nobody tells here whether it sleeps: the clock has to do.
                None if asked.elapsed() > 5 * ASLEEP * LOOK => return Ok(false),
                None => {}
            }
        }
        Ok(false)
    }
}

/// Whether the process has ended in the middle of its work: what waits for the reply to the
/// call says how.
fn is_gone(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{BrokenPipe, ConnectionReset};
    matches!(error.kind(), BrokenPipe | ConnectionReset)
}

impl Gated {
    /// The call released the GIL while the kernel worked; gives its answer.
    pub fn released(self) -> Verdict<Answer> {
        let what = &self.answer.what;
        if let Err(exception) = &self.answer.outcome {
            return Err(Failure::new(
                Kind::WrongError,
                format!("{what} raised {exception}"),
            ));
        }
        if self.entries == 0 {
            let message = format!("{what} came back without entering the supplied kernel");
            return Err(Failure::new(Kind::NotEntered, message));
        }
        if self.kept_waiting > 0 {
            let message = format!("{what} held the GIL while it worked");
            let story = "another Python thread was asked a question after the work had begun.\n\
                         It waited for the GIL, and got no chance to answer before the work was over.";
            return Err(Failure::new(Kind::GilHeld, message).note("what happened", story));
        }
        Ok(self.answer)
    }

    /// The call kept the GIL while the kernel worked; gives its answer.
    pub fn held(self) -> Verdict<Answer> {
        if self.entries > 0 && self.kept_waiting == self.entries {
            return Ok(self.answer);
        }
        let message = format!("{} did not hold the GIL while it worked", self.answer.what);
        Err(Failure::new(Kind::WrongValue, message))
    }
}
