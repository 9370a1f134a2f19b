//! The conversation with a subject: load this, run that, call it, and what came
//! of it.
//!
//! Every step either answers or fails with a named verdict: a crash, an exit,
//! a standstill, an endless loop, a flood. What the answers ought to be is the
//! check's business (`answer`), and what is measured beside them the probes'.

use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use interpreter::Interpreter;
use rustix::event::{PollFd, PollFlags, poll};
use serde_json::{Value as Json, json};
use wire::{Exception, Value};

use crate::answer::{Answer, places};
use crate::process::{self, MAX_OUTPUT, Process};
use crate::tools::Tools;
use crate::verdict::{Failure, Kind, Verdict};
use crate::warm::Warm;
use crate::watch::{Enough, Patience, Watch};
use crate::{deaths, stacks};

/// A process that the judge talks to.
pub struct Subject {
    pub(crate) process: Process,
    patience: Patience,
    inbox: Vec<u8>,
    asked: u64,
    folder: std::path::PathBuf,
    tools: Tools,
    /// Set when something was counted in the process itself.
    counted_inside: Arc<AtomicBool>,
}

/// Isolated, without `site`: nothing on this machine and nothing in the folder changes what
/// the learner's code finds.
pub(crate) fn isolated(interpreter: &Interpreter) -> Vec<OsString> {
    let mut args: Vec<OsString> = ["-I", "-S"].map(Into::into).into();
    if interpreter.is_free_threaded() {
        // A module that asks for the GIL must not silently get it back.
        args.extend(["-X", "gil=0"].map(Into::into));
    }
    args
}

impl Subject {
    /// Starts a Python that talks.
    pub fn python(interpreter: &Interpreter, tools: &Tools, folder: &Path) -> Verdict<Subject> {
        let mut args = isolated(interpreter);
        args.push(tools.driver.clone().into());
        let mut environment: Vec<(&str, OsString)> = Vec::new();
        if let Some(probe) = &tools.probe {
            environment.push(("BINDERY_PROBE", probe.into()));
        }
        Subject::start(interpreter.executable(), &args, &environment, tools, folder)
    }

    /// Starts a host program that takes part through `wire::serve`.
    pub fn program(path: &Path, tools: &Tools, folder: &Path) -> Verdict<Subject> {
        Subject::start(path, &[], &[], tools, folder)
    }

    /// The same Python, by a fork of one that is waiting. Nothing where that cannot be had.
    pub(crate) fn fork(warm: &Arc<Warm>, tools: &Tools, folder: &Path) -> Option<Verdict<Subject>> {
        let process = Process::fork(warm).ok()?;
        Some(Subject::greet(process, tools, folder))
    }

    fn start(
        program: &Path,
        args: &[OsString],
        environment: &[(&str, OsString)],
        tools: &Tools,
        folder: &Path,
    ) -> Verdict<Subject> {
        let process = Process::start(program, args, environment, folder)?;
        Subject::greet(process, tools, folder)
    }

    fn greet(process: Process, tools: &Tools, folder: &Path) -> Verdict<Subject> {
        process
            .channel
            .set_nonblocking(true)
            .map_err(|e| Failure::fault(format!("the channel failed: {e}")))?;
        let mut subject = Subject {
            process,
            patience: Patience::default(),
            inbox: Vec::new(),
            asked: 0,
            folder: folder.to_owned(),
            tools: tools.clone(),
            counted_inside: Arc::default(),
        };
        match subject.value_of("start", json!({"op": "hello"})) {
            // Nothing of the learner's has run.
            Err(_) if subject.process.was_not_let_through() => {
                let why = last_lines(&subject.process.output());
                Err(Failure::fault(format!("nothing was started: {why}")))
            }
            greeted => greeted.map(|_| subject),
        }
    }

    /// Whether anything was counted in it is noted here.
    pub(crate) fn note_counts_in(&mut self, note: &Arc<AtomicBool>) {
        self.counted_inside = note.clone();
    }

    /// What comes now rests on what the process says about itself: code in it could lie.
    pub(crate) fn counts_inside(&self) {
        self.counted_inside.store(true, Ordering::Relaxed);
    }

    /// Changes how long the next steps may take.
    pub fn set_patience(&mut self, patience: Patience) {
        self.patience = patience;
    }

    /// Its process id, for a check that looks from outside.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Imports an extension module from this very file, under `name`.
    pub fn load_extension(&mut self, name: &str, path: &Path) -> Verdict {
        self.load("extension", name, path)
    }

    /// Imports a Python file under `name`.
    pub fn load_source(&mut self, name: &str, path: &Path) -> Verdict {
        self.load("source", name, path)
    }

    /// Opens a shared library with ctypes, as `name`.
    pub fn load_library(&mut self, name: &str, path: &Path) -> Verdict {
        self.load("library", name, path)
    }

    fn load(&mut self, how: &str, name: &str, path: &Path) -> Verdict {
        let ask = json!({"op": "load", "how": how, "name": name, "path": path});
        match self.ask(&format!("import {name}"), ask)? {
            Ok(_) => Ok(()),
            Err(exception) => {
                let failure =
                    Failure::new(Kind::Import, format!("cannot import `{name}`: {exception}"));
                Err(failure.note("raised at", places(&exception)))
            }
        }
    }

    /// Adds a folder to the end of `sys.path`.
    pub fn add_path(&mut self, path: &Path) -> Verdict {
        self.value_of(
            "add a folder to sys.path",
            json!({"op": "add_path", "path": path}),
        )
        .map(drop)
    }

    /// Runs a piece of the check's own Python in the scene, where later calls
    /// find its names. It must not raise.
    pub fn run(&mut self, source: &str) -> Verdict {
        let ask = json!({"op": "run", "name": "checks.py", "source": dedent(source)});
        match self.ask("the check's own Python", ask)? {
            Ok(_) => Ok(()),
            Err(exception) => Err(Failure::new(
                Kind::WrongError,
                format!("the check could not be set up: {exception}"),
            )
            .note("raised at", places(&exception))),
        }
    }

    /// Calls `target`, any expression the scene knows, with these arguments.
    pub fn call(&mut self, target: &str, args: &[Value]) -> Verdict<Answer> {
        let what = spoken(target, args);
        let outcome = self.ask(&what, call_of(target, args))?;
        Ok(self.answer(what, outcome))
    }

    /// The same, and keeps the result in the scene under `name`, for objects
    /// that cannot travel.
    pub fn call_into(&mut self, name: &str, target: &str, args: &[Value]) -> Verdict {
        let what = spoken(target, args);
        let mut ask = call_of(target, args);
        ask["bind"] = name.into();
        let outcome = self.ask(&what, ask)?;
        self.answer(what, outcome).value().map(drop)
    }

    /// Works out any expression the scene knows: for a call whose arguments
    /// cannot travel, since they are objects that were kept in the scene.
    pub fn eval(&mut self, expression: &str) -> Verdict<Answer> {
        let what = format!("`{expression}`");
        let outcome = self.ask(&what, call_of(&format!("lambda: {expression}"), &[]))?;
        Ok(self.answer(what, outcome))
    }

    /// What came of it, with what was printed by then.
    pub(crate) fn answer(&self, what: String, outcome: Result<Value, Exception>) -> Answer {
        Answer {
            what,
            outcome,
            printed: last_lines(&self.process.printed()),
        }
    }

    /// Asks for something that must give a value.
    pub(crate) fn value_of(&mut self, what: &str, ask: Json) -> Verdict<Value> {
        let outcome = self.ask(what, ask)?;
        self.answer(what.to_owned(), outcome).value()
    }

    /// Asks, and waits for the answer with nobody at the gate.
    pub(crate) fn ask(&mut self, what: &str, ask: Json) -> Verdict<Result<Value, Exception>> {
        self.begin(what, ask)?;
        self.finish(what, |subject| {
            // A kernel that announces itself while nobody asked is let go at once.
            subject.open_gate();
            Ok(())
        })
    }

    /// Sends a request.
    pub(crate) fn begin(&mut self, what: &str, mut ask: Json) -> Verdict {
        self.asked += 1;
        ask["id"] = self.asked.into();
        self.process.channel.set_nonblocking(false).ok();
        let sent = wire::write_frame(&mut self.process.channel, &ask);
        self.process.channel.set_nonblocking(true).ok();
        match sent {
            Ok(()) => Ok(()),
            Err(wire::WireError::Io(_)) => Err(self.death(what)),
            Err(error) => Err(Failure::fault(format!("cannot ask for {what}: {error}"))),
        }
    }

    /// Waits for the answer; `at_gate` is called whenever a kernel announces itself.
    pub(crate) fn finish(
        &mut self,
        what: &str,
        mut at_gate: impl FnMut(&mut Subject) -> Verdict,
    ) -> Verdict<Result<Value, Exception>> {
        let mut watch = Watch::start(self.process.id(), self.patience);
        loop {
            let (channel, gate) = self.wait_for_news(Duration::from_millis(50));
            if gate && self.kernel_entered() {
                at_gate(self)?;
                // What the judge did meanwhile is not on the subject's account.
                watch = Watch::start(self.process.id(), self.patience);
            }
            if channel {
                let open = self.receive();
                if let Some(reply) = self.reply(what)? {
                    return Ok(reply);
                }
                if !open {
                    return Err(self.death(what));
                }
            }
            if self.process.floods() {
                self.process.end();
                let flood = format!(
                    "{what} printed more than {} MiB and was stopped",
                    MAX_OUTPUT >> 20
                );
                return Err(self.with_output(Failure::new(Kind::Flood, flood)));
            }
            if let Some(enough) = watch.look() {
                return Err(self.enough(what, enough));
            }
        }
    }

    fn wait_for_news(&self, patience: Duration) -> (bool, bool) {
        let mut watched = [
            PollFd::new(&self.process.channel, PollFlags::IN),
            PollFd::new(&self.process.gate, PollFlags::IN),
        ];
        let timeout = rustix::event::Timespec {
            tv_sec: 0,
            tv_nsec: patience.subsec_nanos().into(),
        };
        match poll(&mut watched, Some(&timeout)) {
            Ok(1..) => (
                !watched[0].revents().is_empty(),
                !watched[1].revents().is_empty(),
            ),
            _ => (false, false),
        }
    }

    /// Takes what has arrived; false once the other side has hung up.
    fn receive(&mut self) -> bool {
        let mut buffer = [0; 64 << 10];
        loop {
            match self.process.receive(&mut buffer) {
                Ok(0) => return false,
                Ok(n) => self.inbox.extend_from_slice(&buffer[..n]),
                Err(e) if e.kind() == std::io::ErrorKind::WouldBlock => return true,
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(_) => return false,
            }
        }
    }

    /// The answer to the last request, once it is whole.
    fn reply(&mut self, what: &str) -> Verdict<Option<Result<Value, Exception>>> {
        let garbled = |why: String| {
            Failure::new(
                Kind::Garbled,
                format!("{what} answered with something else: {why}"),
            )
        };
        let Some(length) = self
            .inbox
            .first_chunk::<4>()
            .map(|b| u32::from_be_bytes(*b) as usize)
        else {
            return Ok(None);
        };
        if length > wire::MAX_FRAME {
            return Err(garbled(format!("a message of {length} bytes")));
        }
        if self.inbox.len() < 4 + length {
            return Ok(None);
        }
        let frame: Vec<u8> = self.inbox.drain(..4 + length).collect();
        let reply = wire::read_frame(&mut frame.as_slice()).map_err(|e| garbled(e.to_string()))?;
        if reply["id"] != self.asked {
            return Err(garbled(format!(
                "a reply to {}, which was not the question",
                reply["id"]
            )));
        }
        if let Some(why) = reply["refused"].as_str() {
            return Err(Failure::new(Kind::WrongValue, format!("{what}: {why}")));
        }
        let outcome = match reply.get("raised") {
            Some(raised) => {
                Err(wire::exception_from_json(raised).map_err(|e| garbled(e.to_string()))?)
            }
            None => Ok(wire::from_json(&reply["value"]).map_err(|e| garbled(e.to_string()))?),
        };
        Ok(Some(outcome))
    }

    /// Names the way in which it died.
    fn death(&mut self, what: &str) -> Failure {
        let status = self.process.wait_for_end(Duration::from_secs(6));
        self.process.end();
        let failure = match status.map(|s| (s.code(), process::signal_of(s))) {
            Some((_, Some((number, name)))) => Failure::new(
                Kind::Crash,
                format!("{what} ended the process: {name} (signal {number})"),
            ),
            Some((Some(code), _)) => Failure::new(
                Kind::Exit,
                format!("{what} ended the process with exit code {code} before it answered"),
            ),
            _ => Failure::new(
                Kind::Garbled,
                format!("{what} closed the judge's channel and went on"),
            ),
        };
        let output = self.process.output();
        let stacks = self.process.stacks();
        let meaning = match status.and_then(process::signal_of) {
            Some((number, _)) => deaths::of_signal(number, &output, &stacks),
            None => deaths::of_exit(&output),
        };
        let stacks = stacks::relative_to(&self.folder, &stacks);
        let failure = failure
            .note("what that means", meaning)
            .note("Python stack", stacks::python(&stacks))
            .note("native stack", stacks::native(&self.folder, &stacks));
        self.with_output(failure)
    }

    fn enough(&mut self, what: &str, enough: Enough) -> Failure {
        self.process.ask_for_stacks();
        let (kind, message) = match enough {
            Enough::Endless => (
                Kind::Endless,
                format!("{what} does not come back: it is still computing"),
            ),
            Enough::Standstill => (
                Kind::Standstill,
                format!("{what} stands still: every thread waits for another one"),
            ),
        };
        // A debugger is out here, and has no business with what is kept in there.
        let living = match self.process.is_through() {
            true => None,
            false => stacks::living(self.process.id()),
        };
        self.process.end();
        let python = stacks::python(&stacks::relative_to(&self.folder, &self.process.stacks()));
        let failure = Failure::new(kind, message)
            .note("Python stacks", python)
            .note(
                "what its threads do",
                stacks::relative_to(&self.folder, &living.unwrap_or_default()),
            );
        self.with_output(failure)
    }

    fn with_output(&mut self, failure: Failure) -> Failure {
        let output = self.process.output();
        failure.note("it printed", last_lines(&output))
    }

    /// Where this subject finds the judge's parts.
    pub fn tools(&self) -> &Tools {
        &self.tools
    }
}

fn call_of(target: &str, args: &[Value]) -> Json {
    json!({"op": "call", "target": target, "args": args.iter().map(wire::to_json).collect::<Vec<_>>()})
}

/// As much of what was printed as a failure has room for.
fn last_lines(output: &str) -> String {
    let output = stacks::without_backtraces(output);
    let lines: Vec<&str> = output.lines().collect();
    let shown = lines[lines.len().saturating_sub(12)..].join("\n");
    shown.chars().take(2000).collect()
}

/// A call as a person would write it, long arguments cut.
fn spoken(target: &str, args: &[Value]) -> String {
    let args: Vec<String> = args
        .iter()
        .map(|arg| {
            let text = arg.to_string();
            match text.char_indices().nth(48) {
                Some((cut, _)) => format!("{}…", &text[..cut]),
                None => text,
            }
        })
        .collect();
    format!("`{target}({})`", args.join(", "))
}

/// Takes away the indentation that a piece of Python has inside a check.
fn dedent(source: &str) -> String {
    let lines: Vec<&str> = source.lines().collect();
    let indent = |line: &&str| line.len() - line.trim_start().len();
    let common = lines
        .iter()
        .filter(|l| !l.trim().is_empty())
        .map(indent)
        .min()
        .unwrap_or(0);
    lines
        .iter()
        .map(|line| line.get(common..).unwrap_or(""))
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_spoken_as_python_writes_it() {
        assert_eq!(spoken("add", &[1.into(), "x".into()]), "`add(1, \"x\")`");
        assert!(spoken("f", &[vec![0; 100].into()]).ends_with("…)`"));
    }

    #[test]
    fn a_scene_may_be_indented_with_the_check() {
        assert_eq!(
            dedent("\n    def f():\n        pass\n    "),
            "\ndef f():\n    pass\n"
        );
    }
}
