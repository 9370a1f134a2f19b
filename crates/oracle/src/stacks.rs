//! Stacks, cut down to what a learner can use.
//!
//! `faulthandler` writes the Python side, the probe's handler the native side,
//! and gdb, where there is one, the native side of a process that still lives.
//! All three print mostly interpreter; what is kept is the learner's part.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The Python stacks in `text`, a line for each frame (`binding.py:3 in f`), without the
/// driver's own frames and those of Python's library.
pub fn python(text: &str) -> String {
    let text = text.split("Native stack:").next().unwrap_or_default();
    let mut threads: Vec<Vec<String>> = Vec::new();
    for line in text.lines() {
        if line.contains("most recent call first") {
            threads.push(Vec::new());
        } else if let (Some(frame), Some(thread)) = (python_frame(line), threads.last_mut()) {
            thread.push(frame);
        }
    }
    threads.retain(|thread| !thread.is_empty());
    match threads.as_slice() {
        [thread] => thread.join("\n"),
        threads => {
            let told = threads
                .iter()
                .map(|thread| format!("a thread:\n    {}", thread.join("\n    ")));
            told.collect::<Vec<_>>().join("\n")
        }
    }
}

/// `File "binding.py", line 3 in f`, of a file that somebody wrote for this exercise.
fn python_frame(line: &str) -> Option<String> {
    let (file, rest) = line
        .trim_start()
        .strip_prefix("File \"")?
        .split_once("\", line ")?;
    let ours = ["subject.py", "warm.py"]
        .iter()
        .any(|name| file.ends_with(name));
    let foreign = ours || file.starts_with(['<', '/']);
    let (number, function) = rest.split_once(" in ")?;
    (!foreign).then(|| format!("{file}:{number} in {function}"))
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
    let mut in_rusts_library = false;
    for frame in shown.iter().filter(|f| f.is_telling()) {
        // How Rust's library got from one place to the other helps nobody.
        if frame.is_of_rusts_library() && std::mem::replace(&mut in_rusts_library, true) {
            continue;
        }
        in_rusts_library = frame.is_of_rusts_library();
        let function = spoken(&frame.function);
        lines.push(match &frame.place {
            // Where Rust's own library lay when it was built helps nobody.
            Some(place) if !place.starts_with("/rustc/") => {
                format!("{function}  at {}", short_place(place))
            }
            _ => function,
        });
    }
    lines.dedup();
    lines.truncate(24);
    lines.join("\n")
}

/// A function's name as a person would say it: the hash that rustc appends, the arguments of
/// generics and the names of closures say nothing.
fn spoken(function: &str) -> String {
    let function = function
        .rsplit_once("::h")
        .filter(|(_, hash)| hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit()))
        .map_or(function, |(name, _)| name);
    let outer = function.split("::{{closure}}").next().unwrap_or_default();
    let named = match outer.find('<') {
        Some(at) if at > 0 && outer.ends_with('>') => outer[..at].trim_end_matches("::"),
        _ => outer,
    };
    match outer.len() == function.len() {
        true => named.to_owned(),
        false => format!("{named} (in a closure)"),
    }
}

/// Where a file is in the project it belongs to, when that was built elsewhere: a crate of
/// the registry, Python, the C library.
fn short_place(place: &str) -> &str {
    let after = |mark: &str| place.split_once(mark).map(|(_, rest)| rest);
    if let Some(place) = after("/.cargo/registry/src/") {
        return place.split_once('/').map_or(place, |(_, place)| place);
    }
    for part in [
        "/Python/",
        "/Objects/",
        "/Modules/",
        "/Include/",
        "/sysdeps/",
    ] {
        if let Some((at, _)) = place.match_indices(part).next() {
            return &place[at + 1..];
        }
    }
    place
}

/// What was printed, without the stacks that Rust and Python print when they give up: they
/// go down to the interpreter's `main`, and [`native`] and [`python`] show what counts.
pub fn without_backtraces(output: &str) -> String {
    let frame = |line: &str| {
        let line = line.trim_start();
        line.starts_with("at ")
            || line.starts_with("File \"")
            || line
                .split_once(": ")
                .is_some_and(|(number, _)| number.parse::<u32>().is_ok())
    };
    let opens =
        |line: &str| line == "stack backtrace:" || line.ends_with("most recent call first):");
    let noise = [
        "note: run with `RUST_BACKTRACE=",
        "Python runtime state: ",
        "thread caused non-unwinding panic",
    ];
    let mut kept: Vec<&str> = Vec::new();
    let mut inside = false;
    for line in output.lines() {
        inside = opens(line) || (inside && frame(line));
        if line == "panic in a function that cannot unwind" {
            // It comes of the panic before it, and its place is in Rust's own library.
            kept.pop_if(|last| last.contains(" panicked at /rustc/"));
        } else if !inside && !noise.iter().any(|start| line.starts_with(start)) {
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

    fn is_of_rusts_library(&self) -> bool {
        let place = self.place.as_deref().unwrap_or_default();
        place.starts_with("/rustc/") || place.contains("/library/core/")
    }

    fn is_telling(&self) -> bool {
        // The last is what PyO3's macro wraps around the learner's function.
        !self.function.contains("<unknown>")
            && !self.function.starts_with("std::panicking::")
            && !self.function.contains("::__pyfunction_")
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
    let mut threads: Vec<(String, usize)> = Vec::new();
    for thread in text.split("\nThread ").skip(1) {
        let reason = REASONS
            .iter()
            .find(|(sign, _)| thread.contains(sign))
            .map(|(_, reason)| *reason);
        let frames: Vec<String> = thread.lines().filter_map(learners_frame).collect();
        if frames.is_empty() && reason != Some(REASONS[0].1) {
            continue;
        }
        let mut story = format!("{}\n", reason.unwrap_or("is here"));
        for frame in frames.iter().take(6) {
            story.push_str(&format!("    in {frame}\n"));
        }
        match threads.iter_mut().find(|(told, _)| *told == story) {
            Some((_, count)) => *count += 1,
            None => threads.push((story, 1)),
        }
    }
    let told = threads.iter().map(|(story, count)| match count {
        1 => format!("a thread {story}"),
        n => format!("{n} threads: each {story}"),
    });
    told.collect()
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
    // The innermost frame has no address before its name.
    let number = |c: char| c.is_ascii_digit() || c == ' ';
    let function = before
        .rsplit_once(" in ")
        .map_or(before.trim_start_matches(number), |(_, f)| f)
        .split(" (")
        .next()?;
    // The wrapper that a macro wrote is nobody's.
    (!function.contains("__pyfunction_")).then(|| format!("{}  at {place}", spoken(function)))
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
        assert_eq!(python(text), "a.py:3 in f");
    }

    #[test]
    fn a_standstill_is_told_by_what_each_thread_waits_for() {
        let gdb = "\nThread 2 (LWP 7):\n#0  take_gil (t=0x1) at Python/ceval_gil.h:251\n\
             #1  0x7f in answer::work::h0123456789abcdef () at exercises/x/src/lib.rs:9\n\
             \nThread 3 (LWP 8):\n#0  read (fd=4) at ../sysdeps/read.c:26\n\
             \nThread 4 (LWP 9):\n#0  answer::turn (n=1) at exercises/x/src/lib.rs:3\n\
             \nThread 1 (LWP 6):\n#0  __pthread_clockjoin_ex (t=1) at ./nptl/join.c:102\n\
             #1  0x7f in answer::wait () at exercises/x/src/lib.rs:16\n";
        assert_eq!(
            waits(gdb),
            "a thread waits for the GIL\n    in answer::work  at exercises/x/src/lib.rs:9\n\
             a thread is here\n    in answer::turn  at exercises/x/src/lib.rs:3\n\
             a thread waits for another thread to end\n    in answer::wait  at exercises/x/src/lib.rs:16\n"
        );
    }

    #[test]
    fn threads_that_do_the_same_are_counted() {
        let thread = "\nThread 2 (LWP 7):\n#0  take_gil (t=0x1) at Python/ceval_gil.h:251\n\
             #1  0x7f in answer::work::{{closure}}::{{closure}} () at exercises/x/src/lib.rs:9\n";
        assert_eq!(
            waits(&thread.repeat(3)),
            "3 threads: each waits for the GIL\n    in answer::work (in a closure)  at exercises/x/src/lib.rs:9\n"
        );
    }

    #[test]
    fn names_and_places_are_cut_to_what_is_read() {
        for (function, name) in [
            ("destroy<callback::adds::{closure_env#0}>", "destroy"),
            ("answer::f::h0123456789abcdef", "answer::f"),
            ("a::happy::hour", "a::happy::hour"),
            ("pool::Slot<T>::take", "pool::Slot<T>::take"),
            (
                "<alloc::boxed::Box<F,A> as core::ops::Fn>::call",
                "<alloc::boxed::Box<F,A> as core::ops::Fn>::call",
            ),
        ] {
            assert_eq!(spoken(function), name);
        }
        for (place, short) in [
            (
                "/home/ann/.cargo/registry/src/index.crates.io-19/pyo3-0.30.1/src/a.rs:3:5",
                "pyo3-0.30.1/src/a.rs:3:5",
            ),
            (
                "/tmp/build.7/Python-3.11.7/Python/ceval.c:330:5",
                "Python/ceval.c:330:5",
            ),
            (
                "./libio/../sysdeps/posix/libc_fatal.c:156:5",
                "sysdeps/posix/libc_fatal.c:156:5",
            ),
            ("./src/lib.rs:3:5", "./src/lib.rs:3:5"),
        ] {
            assert_eq!(short_place(place), short);
        }
    }

    #[test]
    fn python_threads_without_a_frame_of_the_exercise_are_left_out() {
        let text = "Thread 0x2 (most recent call first):\n  File \"/lib/threading.py\", line 9 in run\n\n\
            Thread 0x1 (most recent call first):\n  File \"/lib/json.py\", line 1 in load\n  File \"binding.py\", line 3 in f\n  File \"<string>\", line 1 in <lambda>\n";
        assert_eq!(python(text), "binding.py:3 in f");
        let twice = format!("{text}{text}");
        assert_eq!(
            python(&twice),
            "a thread:\n    binding.py:3 in f\na thread:\n    binding.py:3 in f"
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
            \x20                              at main.c:3\nthread 'main' panicked at /rustc/59/library/core/src/panicking.rs:225:5:\n\
            panic in a function that cannot unwind\nthread caused non-unwinding panic. aborting.\n";
        assert_eq!(
            without_backtraces(output),
            "hello\nthread 'main' panicked at src/lib.rs:8:5:\nno"
        );
    }

    #[test]
    fn a_text_without_a_native_stack_has_none() {
        assert_eq!(native(Path::new("."), "Timeout\n"), "");
    }
}
