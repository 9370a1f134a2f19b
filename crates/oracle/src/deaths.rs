//! How a process died, in a sentence: what its signal means, and what Rust, Python or the C
//! library said of it before they gave up.

use std::collections::HashMap;

/// As often as this no function calls itself that means to come to an end.
const DEEP: usize = 100;

/// What a signal means, for somebody who meets it for the first time. `output` is what the
/// process printed, `stacks` what its crash handlers wrote.
pub fn of_signal(number: i32, output: &str, stacks: &str) -> String {
    use rustix::process::Signal;
    let is = |signal: Signal| number == signal.as_raw();
    if output.contains("has overflowed its stack") || (is(Signal::SEGV) && is_deep(stacks)) {
        return "a function called itself, or others each other, until the stack was full.".into();
    }
    if let Some(words) = last_words(output) {
        return words;
    }
    let meaning = match () {
        () if is(Signal::SEGV) => {
            "it read or wrote at an address that is not its own: through a pointer that is null, \
             wrong, or to memory that was freed."
        }
        () if is(Signal::BUS) => {
            "it used an address behind which there is no memory, such as past the end of a mapped file."
        }
        () if is(Signal::ABORT) => "it gave up of its own accord: something called `abort`.",
        () if is(Signal::FPE) => "it divided an integer by zero, or by something as impossible.",
        () if is(Signal::ILL) || is(Signal::TRAP) => {
            "it came to a place in the code that the compiler took to be out of reach."
        }
        () if is(Signal::KILL) => "somebody else ended it: often the system, when memory runs out.",
        () => "",
    };
    meaning.into()
}

/// Whether one function is in the native stack over and over.
fn is_deep(stacks: &str) -> bool {
    let (_, native) = stacks.split_once("Native stack:").unwrap_or_default();
    let mut times: HashMap<&str, usize> = HashMap::new();
    let frames = native
        .lines()
        .filter_map(|line| line.trim().split_once(": "));
    for (_, function) in frames {
        *times.entry(function).or_default() += 1;
    }
    times.values().any(|times| *times >= DEEP)
}

/// What ended a process that ended itself, where that can be seen.
pub fn of_exit(output: &str) -> String {
    panic(output).map_or_else(String::new, |panic| {
        format!("a Rust panic ended it: {panic}")
    })
}

/// What was said by whoever called `abort`.
fn last_words(output: &str) -> Option<String> {
    let line = |sign: &str| output.lines().find(|line| line.contains(sign));
    if let Some(fatal) = line("Fatal Python error: ") {
        let (_, words) = fatal.split_once("Fatal Python error: ")?;
        // A handler of ours repeats the signal's name so: nothing new.
        let is_signal = [
            "Segmentation fault",
            "Aborted",
            "Bus error",
            "Illegal instruction",
        ];
        if !is_signal.contains(&words.trim()) {
            return Some(format!("Python itself gave up: {words}"));
        }
    }
    if let Some(panic) = panic(output) {
        return Some(format!(
            "a Rust panic could go no further, so Rust ended the process: {panic}"
        ));
    }
    let allocator = [
        ("double free", "the same memory was freed twice."),
        (
            "invalid pointer",
            "`free` was given an address that no allocation begins at.",
        ),
        (
            "invalid size",
            "`free` was given an address that no allocation begins at.",
        ),
        (
            "corrupted",
            "something wrote over the end of its memory, where the allocator keeps its books.",
        ),
        (
            "unaligned",
            "something wrote into memory that it had freed.",
        ),
        (
            "stack smashing",
            "a function wrote over the end of an array of its own.",
        ),
        ("Assertion ", "an assertion in C did not hold."),
    ];
    let found = allocator.iter().find(|(sign, _)| line(sign).is_some());
    found.map(|(_, meaning)| format!("the C library found that {meaning}"))
}

/// The first panic that was reported: later ones come of it.
fn panic(output: &str) -> Option<String> {
    let mut lines = output.lines();
    let place = lines.find_map(|line| {
        let place = line
            .strip_prefix("thread '")?
            .split_once(" panicked at ")?
            .1;
        Some(place.trim_end_matches(':'))
    })?;
    let ends = |line: &&str| {
        line.is_empty()
            || ["thread ", "note: ", "stack backtrace:"]
                .iter()
                .any(|start| line.starts_with(start))
    };
    let words: Vec<&str> = lines.take_while(|line| !ends(line)).collect();
    Some(format!("{}, at {place}", words.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustix::process::Signal;

    #[track_caller]
    fn check(signal: Signal, output: &str, meaning: &str) {
        let said = of_signal(signal.as_raw(), output, "");
        assert!(said.contains(meaning), "{said}");
    }

    #[test]
    fn a_signal_is_put_into_words() {
        check(Signal::SEGV, "", "a pointer that is null");
        check(Signal::FPE, "", "divided an integer by zero");
        check(Signal::ABORT, "hello", "called `abort`");
        assert_eq!(of_signal(Signal::USR1.as_raw(), "", ""), "");
    }

    #[test]
    fn an_abort_is_told_by_what_was_said_before() {
        let panic = "thread '<unnamed>' (7) panicked at src/lib.rs:8:5:\nno\nsuch luck\n\
            thread '<unnamed>' (7) panicked at /rustc/59/library/core/src/panicking.rs:225:5:\n\
            panic in a function that cannot unwind\n";
        check(
            Signal::ABORT,
            panic,
            "ended the process: no such luck, at src/lib.rs:8:5",
        );
        check(
            Signal::ABORT,
            "free(): double free detected in tcache 2\n",
            "freed twice",
        );
        check(
            Signal::ABORT,
            "Fatal Python error: PyThreadState_Get: the GIL is released\n",
            "Python itself gave up: PyThreadState_Get",
        );
        check(
            Signal::ABORT,
            "Fatal Python error: Aborted\n",
            "called `abort`",
        );
        check(
            Signal::SEGV,
            "\nthread 'main' has overflowed its stack\n",
            "the stack was full",
        );
    }

    #[test]
    fn a_program_that_panics_says_so_in_its_exit() {
        let output = "thread 'main' (4) panicked at src/main.rs:3:9:\nnot yet\nnote: run with\n";
        assert_eq!(
            of_exit(output),
            "a Rust panic ended it: not yet, at src/main.rs:3:9"
        );
        assert_eq!(of_exit("bye\n"), "");
    }
}
