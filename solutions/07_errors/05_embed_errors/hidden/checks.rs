//! What `embed_errors` has to prove besides.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("reads_every_code", reads_every_code)
        .check("no_text_ends_the_host", no_text_ends_the_host)
        .check("odd_guests_are_told_of", odd_guests_are_told_of)
        .check("prints_nothing", prints_nothing)
        .check(
            "failures_leave_no_memory_behind",
            failures_leave_no_memory_behind,
        )
        .run()
}

/// The module, and a host that runs guests.
fn host(judge: &Judge) -> Verdict<Subject> {
    let mut py = judge.module()?;
    py.run(
        "
        import ctypes, io, sys

        class Mute:
            def __str__(self):
                raise LookupError('no words')

        class Leaver(Exception):
            def __str__(self):
                sys.exit(3)

        class Shy(SystemExit):
            @property
            def code(self):
                raise LookupError('no code')

        class Tally:
            '''Counts, and is no `int`.'''
            def __init__(self, count):
                self.count = count
            def __index__(self):
                return self.count
            def __str__(self):
                return f'{self.count} strokes'

        def raiser(error):
            def guest(argument):
                raise error(argument)
            return guest

        def run(error, argument):
            outcome = embed_errors.run(raiser(error), argument)
            ctypes.pythonapi.PyErr_Occurred()
            return outcome

        def exit_with(argument):
            return run(SystemExit, argument)

        def exit_with_a_tally(count):
            return run(SystemExit, Tally(count))

        def exit_with_two(one, two):
            return run(lambda argument: SystemExit(one, two), None)

        def heard_of(error, argument):
            heard, usual = [], sys.unraisablehook
            sys.unraisablehook = lambda told: heard.append(type(told.exc_value).__name__)
            try:
                return [run(error, argument), heard]
            finally:
                sys.unraisablehook = usual

        def exit_without_words():
            return heard_of(SystemExit, Mute())

        def exit_without_a_code():
            return heard_of(Shy, None)

        def leave_twice():
            return heard_of(Leaver, None)

        def with_a_surrogate(before, after):
            outcome = run(ValueError, before + '\\udcff' + after)
            message = outcome[2]
            return [*outcome[:2], message.startswith(before), message.endswith(after)]

        def call_a_number(number):
            return embed_errors.run(number, None)[:2]

        def printed_about(argument):
            usual, sys.stderr, sys.stdout = (sys.stderr, sys.stdout), io.StringIO(), io.StringIO()
            try:
                run(ValueError, argument)
                run(SystemExit, argument)
                return sys.stderr.getvalue() + sys.stdout.getvalue()
            finally:
                sys.stderr, sys.stdout = usual

        def fail_in_every_way():
            for error in (ValueError, SystemExit):
                embed_errors.run(raiser(error), 'words that are long enough to be missed')
            sys.unraisablehook, usual = lambda told: None, sys.unraisablehook
            embed_errors.run(raiser(SystemExit), Mute())
            sys.unraisablehook = usual
        ",
    )?;
    Ok(py)
}

fn exits(code: i64, words: impl Into<Value>) -> Value {
    Value::Tuple(vec!["exits".into(), code.into(), words.into()])
}

fn reads_every_code(judge: &mut Judge) -> Verdict {
    let mut py = host(judge)?;
    let n = judge.random.within(1000..9999);
    for (code, outcome) in [
        (Value::from(-n), exits(-n, Value::None)),
        (true.into(), exits(1, Value::None)),
        (false.into(), exits(0, Value::None)),
        (3.5.into(), exits(1, "3.5")),
        ("".into(), exits(1, "")),
        (args![n, n].to_vec().into(), exits(1, format!("[{n}, {n}]"))),
    ] {
        py.call("exit_with", &[code])?.returns(outcome)?;
    }
    // Far too large, and too large for an `i32` alone: cut off, the second would be a 0.
    for large in [
        "lambda n: exit_with(n << 60)",
        "lambda n: exit_with(n << 32)",
    ] {
        py.call(large, &args![n])?.returns(exits(-1, Value::None))?;
    }
    py.call("exit_with_a_tally", &args![n])?
        .returns(exits(1, format!("{n} strokes")))?;
    py.call("exit_with_two", &args![n, "two"])?
        .returns(exits(1, format!("({n}, 'two')")))
}

fn no_text_ends_the_host(judge: &mut Judge) -> Verdict {
    let mut py = host(judge)?;
    let heard = |kind: &str| Value::from(args![kind].to_vec());
    py.call("exit_without_words", &[])?
        .returns([exits(1, "(no text)"), heard("LookupError")])?;
    py.call("exit_without_a_code", &[])?
        .returns([exits(1, "(no text)"), heard("LookupError")])?;
    let raised = Value::Tuple(args!["raised", "Leaver", "(no text)"].to_vec());
    py.call("leave_twice", &[])?
        .returns([raised, heard("SystemExit")])
}

fn odd_guests_are_told_of(judge: &mut Judge) -> Verdict {
    let mut py = host(judge)?;
    let (before, after) = (judge.random.word(), judge.random.word());
    py.call("with_a_surrogate", &args![before, after])?
        .returns(args!["raised", "ValueError", true, true].to_vec())?;
    py.call("call_a_number", &args![judge.random.within(0..100)])?
        .returns(Value::Tuple(args!["raised", "TypeError"].to_vec()))
}

fn prints_nothing(judge: &mut Judge) -> Verdict {
    let mut py = host(judge)?;
    py.call("printed_about", &args![judge.random.word()])?
        .returns("")
}

fn failures_leave_no_memory_behind(judge: &mut Judge) -> Verdict {
    let mut py = host(judge)?;
    py.memory("fail_in_every_way", &mut judge.random)?
        .is_given_back()
}
