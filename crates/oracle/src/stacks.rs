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
            && !line.contains("warm.py")
            && !line.starts_with("Extension modules:")
            && !line.starts_with("Fatal Python error")
            && !line.starts_with("<no Python frame>")
    });
    let lines: Vec<&str> = lines.collect();
    // A thread's headline says nothing without a frame below it.
    let frame = |line: &str| line.trim_start().starts_with("File ");
    let kept = lines.iter().enumerate().filter(|(i, line)| {
        frame(line)
            || !line.contains("most recent call first")
            || lines.get(i + 1).is_some_and(|next| frame(next))
    });
    kept.map(|(_, line)| *line).collect::<Vec<_>>().join("\n")
}

/// The native stack in `text`: from where it went wrong to the last frame of
/// the learner's own code, whose files lie in `folder`.
pub fn native(folder: &Path, text: &str) -> String {
    let Some((_, text)) = text.split_once("Native stack:\n") else {
        return String::new();
    };
    let frames = frames(text.split("End of native stack").next().unwrap_or_default());
    // What comes first is how the signal was raised and reported.
    let first = frames.iter().position(|f| !f.is_how_it_died()).unwrap_or(0);
    let frames = &frames[first..];
    let last = frames.iter().rposition(|f| f.is_the_learners(folder));
    let shown = &frames[..last.map_or(frames.len().min(8), |i| i + 1)];
    let mut lines = Vec::new();
    for frame in shown.iter().filter(|f| f.is_telling()) {
        lines.push(match &frame.place {
            // Where Rust's own library lay when it was built helps nobody.
            Some(place) if !place.starts_with("/rustc/") => {
                format!("{}  at {place}", frame.function)
            }
            _ => frame.function.clone(),
        });
    }
    lines.truncate(24);
    lines.join("\n")
}

/// What was printed, without the stacks that Rust prints when it gives up: they
/// go down to the interpreter's `main`, and [`native`] shows the part that counts.
pub fn without_backtraces(output: &str) -> String {
    let frame = |line: &str| {
        let line = line.trim_start();
        line.starts_with("at ")
            || line
                .split_once(": ")
                .is_some_and(|(number, _)| number.parse::<u32>().is_ok())
    };
    let mut kept = Vec::new();
    let mut inside = false;
    for line in output.lines() {
        inside = line == "stack backtrace:" || (inside && frame(line));
        if !inside && !line.starts_with("note: run with `RUST_BACKTRACE=") {
            kept.push(line);
        }
    }
    kept.join("\n")
}

struct Frame {
    function: String,
    place: Option<String>,
}

impl Frame {
    /// A file of the exercise, or one of ours that it uses.
    fn is_the_learners(&self, folder: &Path) -> bool {
        let Some(place) = &self.place else {
            return false;
        };
        let file = place.split(':').next().unwrap_or_default();
        let foreign = [
            "/rustc/",
            "/.cargo/registry/",
            "/library/std/",
            "/library/core/",
            "crates/probe/",
        ];
        !foreign.iter().any(|part| place.contains(part)) && folder.join(file).is_file()
    }

    fn is_how_it_died(&self) -> bool {
        let function = self.function.as_str();
        [
            "<unknown>",
            "raise",
            "abort",
            "gsignal",
            "rust_begin_unwind",
        ]
        .contains(&function)
            || [
                "restore_rt",
                "sigtramp",
                "pthread_kill",
                "faulthandler",
                "_GI_raise",
                "_GI_abort",
                "abort_internal",
            ]
            .iter()
            .any(|part| function.contains(part))
            || [
                "std::backtrace",
                "std::process::abort",
                "std::sys::backtrace",
                "std::panicking",
                "__rustc::",
            ]
            .iter()
            .any(|start| function.starts_with(start))
            || function.starts_with("probe::crash::")
            || self
                .place
                .as_ref()
                .is_some_and(|p| p.contains("probe/src/crash.rs"))
            || function.starts_with("core::panicking::panic_nounwind")
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
            frames.push(Frame {
                function: name.to_owned(),
                place: None,
            });
        }
    }
    frames
}

/// The native stacks of a living process, where gdb is installed and allowed.
pub fn living(pid: u32) -> Option<String> {
    let mut gdb = Command::new("gdb")
        .args(["-nx", "-batch", "-p", &pid.to_string()])
        .args([
            "-ex",
            "set pagination off",
            "-ex",
            "thread apply all backtrace 20",
        ])
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
    let story = waits(&reader.join().ok()?);
    (!story.is_empty()).then_some(story)
}

/// What each thread waits for, from gdb's account of it, and the learner's
/// frames that brought it there. Threads without either are left out.
fn waits(text: &str) -> String {
    let mut story = String::new();
    for thread in text.split("\nThread ").skip(1) {
        let reason = REASONS
            .iter()
            .find(|(sign, _)| thread.contains(sign))
            .map(|(_, reason)| *reason);
        let frames: Vec<String> = thread.lines().filter_map(learners_frame).collect();
        if frames.is_empty() && reason != Some(REASONS[0].1) {
            continue;
        }
        story.push_str(&format!("a thread {}\n", reason.unwrap_or("waits")));
        for frame in frames.iter().take(6) {
            story.push_str(&format!("    in {frame}\n"));
        }
    }
    story
}

/// A function somewhere in a waiting thread's stack, and what that means.
const REASONS: [(&str, &str); 5] = [
    ("take_gil", "waits for the GIL"),
    ("clockjoin", "waits for another thread to end"),
    ("pthread_join", "waits for another thread to end"),
    ("Condvar", "waits to be woken by another thread"),
    ("lock", "waits for a lock"),
];

/// `#7  0x… in work (args) at src/lib.rs:3` of a file that is not the
/// interpreter's, the C library's or Rust's own.
fn learners_frame(line: &str) -> Option<String> {
    let line = line.strip_prefix('#')?;
    let (before, place) = line.rsplit_once(" at ")?;
    let foreign = [
        "Python/", "Objects/", "Modules/", "Parser/", "./", "../", "/rustc/", "library/", "/usr/",
    ];
    if foreign.iter().any(|start| place.starts_with(start)) || place.contains("/.cargo/registry/") {
        return None;
    }
    let function = before
        .rsplit_once(" in ")
        .map_or(before, |(_, f)| f)
        .split(" (")
        .next()?;
    // The hash that rustc appends, and the wrapper that a macro wrote.
    let function = function
        .rsplit_once("::h")
        .map_or(function, |(name, _)| name);
    (!function.contains("__pyfunction_")).then(|| format!("{function}  at {place}"))
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
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert_eq!(
            native(folder, text),
            "strlen\nanswer::shout  at ./src/lib.rs:9:4"
        );
        assert_eq!(
            python(text),
            "Current thread 0x1 (most recent call first):\n  File \"a.py\", line 3 in f"
        );
    }

    #[test]
    fn a_standstill_is_told_by_what_each_thread_waits_for() {
        let gdb = "\nThread 2 (LWP 7):\n#0  take_gil (t=0x1) at Python/ceval_gil.h:251\n\
             #1  0x7f in answer::work::h0123456789abcdef () at exercises/x/src/lib.rs:9\n\
             \nThread 3 (LWP 8):\n#0  read (fd=4) at ../sysdeps/read.c:26\n\
             \nThread 1 (LWP 6):\n#0  __pthread_clockjoin_ex (t=1) at ./nptl/join.c:102\n\
             #1  0x7f in answer::wait () at exercises/x/src/lib.rs:16\n";
        assert_eq!(
            waits(gdb),
            "a thread waits for the GIL\n    in answer::work  at exercises/x/src/lib.rs:9\n\
             a thread waits for another thread to end\n    in answer::wait  at exercises/x/src/lib.rs:16\n"
        );
    }

    #[test]
    fn an_abort_is_told_from_the_function_that_no_panic_may_leave() {
        let text = "Native stack:\n   0: report\n             at ./crates/probe/src/crash.rs:57:17\n   1: <unknown>\n   \
             2: __GI_raise\n             at ./signal/raise.c:26:13\n   3: __GI_abort\n   4: std::process::abort\n   \
             5: __rustc::rust_begin_unwind\n   6: core::panicking::panic_nounwind\n   \
             7: core::panicking::panic_cannot_unwind\n             at /rustc/59807/library/core/src/panicking.rs:337:5\n   \
             8: add\n             at ./src/lib.rs:6:1\n   9: _ctypes_callproc\n             at ./Modules/callproc.c:1262:15\n";
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert_eq!(
            native(folder, text),
            "core::panicking::panic_cannot_unwind\nadd  at ./src/lib.rs:6:1"
        );
    }

    #[test]
    fn rusts_own_backtrace_is_left_out_of_what_was_printed() {
        let output = "hello\nthread 'main' panicked at src/lib.rs:8:5:\nno\nstack backtrace:\n   0:     0x7f - f\n\
            \x20                              at main.c:3\nthread caused non-unwinding panic. aborting.\n";
        assert_eq!(
            without_backtraces(output),
            "hello\nthread 'main' panicked at src/lib.rs:8:5:\nno\nthread caused non-unwinding panic. aborting."
        );
    }

    #[test]
    fn a_text_without_a_native_stack_has_none() {
        assert_eq!(native(Path::new("."), "Timeout\n"), "");
    }
}
