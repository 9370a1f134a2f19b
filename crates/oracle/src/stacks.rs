//! Stacks, cut down to what a learner can use.
//!
//! `faulthandler` writes the Python side, the probe's handler the native side,
//! and gdb, where there is one, the native side of a process that still lives.
//! All three print mostly interpreter; what is kept is the learner's part.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The Python stacks in `text`, without the driver's own frames.
pub fn python(text: &str) -> String {
    let text = text.split("Native stack:").next().unwrap_or_default();
    let lines = text.lines().filter(|line| {
        let line = line.trim_start();
        !line.is_empty()
            && !line.contains("subject.py")
            && !line.starts_with("Extension modules:")
            && !line.starts_with("Fatal Python error")
            && !line.starts_with("<no Python frame>")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The native stack in `text`: from where it went wrong to the last frame of
/// the learner's own code.
pub fn native(text: &str) -> String {
    let Some((_, text)) = text.split_once("Native stack:\n") else { return String::new() };
    let frames = frames(text.split("End of native stack").next().unwrap_or_default());
    // Everything up to the last signal frame is the handlers' own.
    let signal = |frame: &&Frame| frame.function.contains("restore_rt") || frame.function.contains("sigtramp");
    let first = frames.iter().rposition(|f| signal(&f)).map_or(0, |i| i + 1);
    let frames = &frames[first..];
    let last = frames.iter().rposition(Frame::is_the_learners);
    let shown = &frames[..last.map_or(frames.len().min(8), |i| i + 1)];
    let mut lines = Vec::new();
    for frame in shown.iter().filter(|f| f.is_telling()) {
        lines.push(match &frame.place {
            Some(place) => format!("{}  at {place}", frame.function),
            None => frame.function.clone(),
        });
    }
    lines.truncate(24);
    lines.join("\n")
}

struct Frame {
    function: String,
    place: Option<String>,
}

impl Frame {
    fn is_the_learners(&self) -> bool {
        self.place.as_ref().is_some_and(|place| {
            !["/rustc/", "/.cargo/registry/", "/library/std/", "/library/core/", "crates/probe/"]
                .iter()
                .any(|foreign| place.contains(foreign))
        })
    }

    fn is_telling(&self) -> bool {
        !self.function.contains("<unknown>") && !self.function.starts_with("std::panicking::")
    }
}

/// Reads `  3: name` lines, each perhaps followed by `at file:line:column`.
fn frames(text: &str) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::new();
    for line in text.lines() {
        let line = line.trim();
        if let Some(place) = line.strip_prefix("at ") {
            if let Some(frame) = frames.last_mut() {
                frame.place = Some(place.to_owned());
            }
        } else if let Some((number, name)) = line.split_once(": ")
            && number.bytes().all(|b| b.is_ascii_digit())
        {
            frames.push(Frame { function: name.to_owned(), place: None });
        }
    }
    frames
}

/// The native stacks of a living process, where gdb is installed and allowed.
pub fn living(pid: u32) -> Option<String> {
    let mut gdb = Command::new("gdb")
        .args(["-nx", "-batch", "-p", &pid.to_string()])
        .args(["-ex", "set pagination off", "-ex", "thread apply all backtrace 14"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut stdout = gdb.stdout.take()?;
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        let _ = std::io::Read::read_to_string(&mut stdout, &mut text);
        text
    });
    let deadline = Instant::now() + Duration::from_secs(10);
    while gdb.try_wait().ok()?.is_none() {
        if Instant::now() > deadline {
            let _ = gdb.kill();
            let _ = gdb.wait();
            return None;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let text = reader.join().ok()?;
    let kept: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("Thread ") || line.starts_with('#'))
        .take(60)
        .collect();
    (!kept.is_empty()).then(|| kept.join("\n"))
}

/// Makes paths relative to `folder`, so that a stack fits a line.
pub fn relative_to(folder: &Path, text: &str) -> String {
    text.replace(&format!("{}/", folder.display()), "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_native_stack_starts_at_the_fault_and_ends_with_the_learner() {
        let text = "Current thread 0x1 (most recent call first):\n  File \"a.py\", line 3 in f\n\
             Native stack:\n   0: probe::crash::report\n   1: __restore_rt\n   2: raise\n   \
             3: faulthandler_fatal_error\n   4: __restore_rt\n   5: strlen\n   \
             6: answer::shout\n             at ./src/lib.rs:9:4\n   7: ffi_call\n   8: main\n\
             End of native stack\n";
        assert_eq!(native(text), "strlen\nanswer::shout  at ./src/lib.rs:9:4");
        assert_eq!(python(text), "Current thread 0x1 (most recent call first):\n  File \"a.py\", line 3 in f");
    }

    #[test]
    fn a_text_without_a_native_stack_has_none() {
        assert_eq!(native("Timeout\n"), "");
    }
}
