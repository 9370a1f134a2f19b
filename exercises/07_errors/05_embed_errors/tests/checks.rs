//! What `embed_errors` has to prove.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("hands_on_what_is_returned", hands_on_what_is_returned)
        .check("says_what_was_raised", says_what_was_raised)
        .check("outlives_an_exit", outlives_an_exit)
        .check("lets_an_interrupt_through", lets_an_interrupt_through)
        .check(
            "a_text_that_fails_is_unraisable",
            a_text_that_fails_is_unraisable,
        )
        .check("nothing_is_kept_alive", nothing_is_kept_alive)
        .run()
}

/// The module, and a host that runs guests.
fn host(judge: &Judge) -> Verdict<Subject> {
    let mut py = judge.module()?;
    py.run(
        "
        import builtins, ctypes, gc, sys, weakref

        class Spilt(Exception):
            class Over(Exception):
                pass

        class Mute(Exception):
            def __str__(self):
                raise LookupError('no words')

        def guest(source):
            lines = ['def guest(argument):'] + ['  ' + line for line in source.splitlines()]
            exec('\\n'.join(lines), globals(), made := {})
            return made['guest']

        def run(source, argument):
            outcome = embed_errors.run(guest(source), argument)
            # Asks the interpreter; through a `PyDLL` that raises whatever is pending.
            ctypes.pythonapi.PyErr_Occurred()
            return outcome

        def run_two(source, argument):
            outcome = embed_errors.run(guest(source), argument)
            return [outcome[0], embed_errors.run(len, [outcome, argument])]

        def same_object():
            thing, seen = object(), []
            outcome = embed_errors.run(lambda argument: seen.append(argument) or argument, thing)
            return [outcome[0], outcome[1] is thing, len(seen), seen[0] is thing]

        def who_calls():
            return embed_errors.run(lambda depth: sys._getframe(depth).f_code.co_name, 1)[1]

        def run_interrupted(derived):
            class Pressed(KeyboardInterrupt):
                pass
            error = (Pressed if derived else KeyboardInterrupt)('ctrl-c')
            def press(argument):
                raise error
            try:
                return [False, embed_errors.run(press, None)]
            except KeyboardInterrupt as caught:
                return [caught is error]

        def run_and_listen(source, argument):
            heard, usual = [], sys.unraisablehook
            sys.unraisablehook = lambda told: heard.append(
                [type(told.exc_value).__name__, str(told.exc_value)])
            try:
                outcome = run(source, argument)
            finally:
                sys.unraisablehook = usual
            return [outcome, heard]

        def alive_after(rounds, kind):
            class Load:
                pass
            loads = []
            def fail(argument):
                load = Load()
                loads.append(weakref.ref(load))
                raise getattr(builtins, kind)(argument)
            gc.disable()
            try:
                for number in range(rounds):
                    try:
                        embed_errors.run(fail, number)
                    except KeyboardInterrupt:
                        pass
                return [len(loads), sum(load() is not None for load in loads)]
            finally:
                gc.enable()

        class Guest:
            def __init__(self, kind):
                self.kind = kind
            def __call__(self, argument):
                raise self.kind(argument)

        def a_failure():
            return Guest(ValueError), ['an', 'argument']

        def an_exit():
            return Guest(SystemExit), ['an', 'argument']

        class Giver:
            def __call__(self, argument):
                return [argument]

        def a_result():
            return Giver(), ['an', 'argument']
        ",
    )?;
    Ok(py)
}

fn tuple(values: &[Value]) -> Value {
    Value::Tuple(values.to_vec())
}

fn raised(kind: &str, message: impl Into<Value>) -> Value {
    tuple(&["raised".into(), kind.into(), message.into()])
}

fn exits(code: i64, words: impl Into<Value>) -> Value {
    tuple(&["exits".into(), code.into(), words.into()])
}

fn hands_on_what_is_returned(judge: &mut Judge) -> Verdict {
    let mut py = host(judge)?;
    let n = judge.random.within(1000..9999);
    py.call("run", &args!["return argument + 1", n])?
        .returns(tuple(&args!["returned", n + 1]))?;
    py.call("same_object", &[])?
        .returns(args!["returned", true, 1, true].to_vec())?;
    // No helper in Python stands between the host and its guest.
    py.call("who_calls", &[])?.returns("who_calls")
}

fn says_what_was_raised(judge: &mut Judge) -> Verdict {
    let mut py = host(judge)?;
    let word = judge.random.word();
    for (source, kind, message) in [
        ("raise ValueError(argument)", "ValueError", word.clone()),
        ("return {}[argument]", "KeyError", format!("'{word}'")),
        ("raise Spilt", "Spilt", String::new()),
        (
            "raise Spilt.Over(argument, argument)",
            "Over",
            format!("('{word}', '{word}')"),
        ),
        // No `Exception`, and none of the two that are treated in another way.
        (
            "raise GeneratorExit(argument)",
            "GeneratorExit",
            word.clone(),
        ),
    ] {
        py.call("run", &args![source, word.clone()])?
            .returns(raised(kind, message))?;
    }
    // The next guest gets its answer, and not the exception of the one before.
    py.call("run_two", &args!["raise ValueError(argument)", word])?
        .returns(args!["raised", tuple(&args!["returned", 2])].to_vec())
}

fn outlives_an_exit(judge: &mut Judge) -> Verdict {
    let mut py = host(judge)?;
    let (code, word) = (judge.random.within(2..100), judge.random.word());
    for (source, outcome) in [
        ("sys.exit()", exits(0, Value::None)),
        ("sys.exit(argument)", exits(code, Value::None)),
        ("sys.exit(str(argument))", exits(1, code.to_string())),
        ("raise SystemExit(None)", exits(0, Value::None)),
        (
            "raise type('Left', (SystemExit,), {})(argument)",
            exits(code, Value::None),
        ),
    ] {
        py.call("run", &args![source, code])?.returns(outcome)?;
    }
    py.call("run", &args!["sys.exit(argument)", word.clone()])?
        .returns(exits(1, word))
}

fn lets_an_interrupt_through(judge: &mut Judge) -> Verdict {
    let mut py = host(judge)?;
    for derived in [false, true] {
        let got = py.call("run_interrupted", &args![derived])?.value()?;
        if got != args![true].to_vec().into() {
            let told = match &got {
                Value::List(parts) if parts.len() == 2 => format!("the outcome {}", parts[1]),
                _ => "another KeyboardInterrupt".to_owned(),
            };
            let message = "`run` did not raise the KeyboardInterrupt that the guest raised";
            return Err(Failure::new(Kind::WrongError, message).expected("that very object", told));
        }
    }
    Ok(())
}

/// What was told, and what the hook heard.
fn told_and_heard(got: Value, outcome: Value, heard: &[Value]) -> Verdict {
    let Value::List(parts) = &got else {
        return Err(Failure::fault(format!("unreadable: {got}")));
    };
    if parts[0] != outcome {
        let message = "an exception whose text cannot be had has the wrong outcome";
        return Err(Failure::new(Kind::WrongValue, message).expected(outcome, &parts[0]));
    }
    let heard = Value::from(heard.to_vec());
    if parts[1] != heard {
        let message = "`sys.unraisablehook` did not hear what `str()` raised";
        return Err(Failure::new(Kind::WrongError, message).expected(heard, &parts[1]));
    }
    Ok(())
}

fn a_text_that_fails_is_unraisable(judge: &mut Judge) -> Verdict {
    let mut py = host(judge)?;
    let got = py
        .call("run_and_listen", &args!["raise Mute", 1])?
        .value()?;
    let heard = Value::from(args!["LookupError", "no words"].to_vec());
    told_and_heard(got, raised("Mute", "(no text)"), &[heard])?;
    // An exception that has a text is nobody else's business.
    let word = judge.random.word();
    let got = py
        .call(
            "run_and_listen",
            &args!["raise Spilt(argument)", word.clone()],
        )?
        .value()?;
    told_and_heard(got, raised("Spilt", word), &[])
}

fn nothing_is_kept_alive(judge: &mut Judge) -> Verdict {
    let mut py = host(judge)?;
    for kind in ["ValueError", "SystemExit", "KeyboardInterrupt"] {
        let rounds = judge.random.within(10..30);
        let got = py.call("alive_after", &args![rounds, kind])?.value()?;
        if got != Value::from(args![rounds, 0].to_vec()) {
            let message =
                format!("what was in the frame that raised a {kind} is still alive afterwards");
            let told = match &got {
                Value::List(parts) if parts.len() == 2 => {
                    format!("{} of {} are alive", parts[1], parts[0])
                }
                other => other.to_string(),
            };
            return Err(Failure::new(Kind::LeakedReferences, message)
                .expected(format!("0 of {rounds} are alive"), told));
        }
    }
    for make in ["a_failure", "an_exit", "a_result"] {
        py.references("embed_errors.run", make)?.are_balanced()?;
    }
    Ok(())
}
