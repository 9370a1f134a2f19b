//! What `handle` has to prove.
//!
//! The binding is compiled once, and every check loads it. What C has and what C
//! was given is asked of the library itself. Which handles there are is seen by the
//! cycle collector, wherever the learner keeps them.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use oracle::Patience;
use oracle::prelude::*;
use tempfile::TempDir;

fn main() -> ExitCode {
    let code = oracle::exercise!()
        .check("listeners_are_told_apart", listeners_are_told_apart)
        .check(
            "a_handle_lives_as_long_as_c_has_it",
            a_handle_lives_as_long_as_c_has_it,
        )
        .check(
            "an_exception_reaches_the_caller",
            an_exception_reaches_the_caller,
        )
        .check("each_thread_has_its_own", each_thread_has_its_own)
        .check("c_is_told_to_stop", c_is_told_to_stop)
        .check("an_answer_that_is_no_number", an_answer_that_is_no_number)
        .check("references_are_balanced", references_are_balanced)
        .run();
    // Takes the folder away; a static would keep it.
    drop(BUILT.lock().map(|mut built| built.take()));
    code
}

/// The compiled module, in a folder that goes with the last who needs it.
#[derive(Clone)]
struct Built {
    module: String,
    _folder: Arc<TempDir>,
}

static BUILT: Mutex<Option<Verdict<Built>>> = Mutex::new(None);

fn build(judge: &mut Judge) -> Verdict<Built> {
    // A machine that cannot compile at all is no fault of the learner's.
    judge
        .interpreter()?
        .require_headers()
        .map_err(|e| Failure::fault(e.to_string()).note("hint", e.hint()))?;
    judge.companion()?;
    let folder =
        TempDir::new().map_err(|e| Failure::fault(format!("no folder to compile in: {e}")))?;
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let mut py = judge.module()?;
    // While the compiler works, every thread of this Python is asleep.
    py.set_patience(Patience {
        computing: Duration::from_secs(30),
        sleeping: Duration::from_secs(90),
        wall: Duration::from_secs(120),
    });
    let args = args![text(&judge.folder().join("native")), text(folder.path())];
    match py.call("handle.build", &args)?.value()? {
        Value::Str(module) => Ok(Built {
            module,
            _folder: Arc::new(folder),
        }),
        other => {
            let failure = Failure::new(Kind::WrongValue, "`build` returned no path");
            Err(failure.expected("a path as a str", other))
        }
    }
}

/// A Python with the learner's binding loaded, and what the checks share in it.
fn loaded(judge: &mut Judge) -> Verdict<Subject> {
    let built = {
        let mut built = BUILT
            .lock()
            .map_err(|_| Failure::fault("another check broke off while it compiled"))?;
        built.get_or_insert_with(|| build(judge)).clone()?
    };
    let mut py = judge.module()?;
    py.call_into("binding", "handle.load", &args![built.module])?;
    py.run(
        "
        import gc

        def answering(number):
            return lambda stroke: number * stroke

        def handles():
            gc.collect()
            cast, every = binding.ffi.cast, gc.get_objects()
            return [int(cast('uintptr_t', one)) for one in every if type(one).__name__.endswith('CDataOwnGC')]

        def has_a_handle(bell, number):
            user = int(binding.ffi.cast('uintptr_t', binding.lib.bell_user(bell.pointer, number)))
            return 'no address' if user == 0 else 'alive' if user in handles() else 'gone'
        ",
    )?;
    Ok(py)
}

/// C has the address of a handle, and that is there.
fn has_a_handle(py: &mut Subject, bell: &str, number: &str, when: &str) -> Verdict {
    let state = py
        .eval(&format!("has_a_handle({bell}, {number})"))?
        .value()?;
    let (message, got) = match &state {
        Value::Str(state) if state == "alive" => return Ok(()),
        Value::Str(state) if state == "gone" => (
            "C has the address of a handle that is gone",
            "an address where there is no handle, or none any more",
        ),
        _ => ("C was given no handle", "NULL"),
    };
    Err(Failure::new(Kind::WrongValue, format!("{when}, {message}"))
        .expected("as `user`, the address of a living handle", got))
}

/// As many handles as that are alive.
fn handles(py: &mut Subject, expected: i64, when: &str) -> Verdict {
    let alive = py.eval("len(handles())")?.value()?;
    if alive == Value::from(expected) {
        return Ok(());
    }
    let failure = Failure::new(
        Kind::LeakedMemory,
        format!("{when}, the handles that are alive are not those that C has"),
    );
    Err(failure.expected(format!("{expected} handles"), format!("{alive} handles")))
}

fn listeners_are_told_apart(judge: &mut Judge) -> Verdict {
    let (one, two) = (judge.random.within(2..900), judge.random.within(900..9000));
    let strokes = judge.random.within(2..9);
    let times = strokes * (strokes + 1) / 2;
    let mut py = loaded(judge)?;
    py.run(&format!(
        "
        bell, other = handle.Bell(binding), handle.Bell(binding)
        first, second = answering({one}), answering({two})
        "
    ))?;
    py.run("numbers = [bell.add(first), bell.add(second), other.add(second)]")?;
    py.eval(&format!("(bell.ring({strokes}), other.ring({strokes}))"))?
        .returns(Value::Tuple(vec![
            ((one + two) * times).into(),
            (two * times).into(),
        ]))?;
    py.run("bell.remove(numbers[1])")?;
    py.eval(&format!("(bell.ring({strokes}), other.ring({strokes}))"))?
        .returns(Value::Tuple(vec![
            (one * times).into(),
            (two * times).into(),
        ]))
}

fn a_handle_lives_as_long_as_c_has_it(judge: &mut Judge) -> Verdict {
    let mut py = loaded(judge)?;
    py.run(&format!(
        "
        import weakref
        bell, other, listener = handle.Bell(binding), handle.Bell(binding), answering({})
        gone, numbers = weakref.ref(listener), []
        ",
        judge.random.within(2..900)
    ))?;
    // All of them after each `add`: the next handle may lie where one has gone.
    let bells = ["bell", "bell", "other"];
    for (at, bell) in bells.iter().enumerate() {
        py.run(&format!("numbers.append({bell}.add(listener))"))?;
        for (earlier, bell) in bells[..=at].iter().enumerate() {
            let number = format!("numbers[{earlier}]");
            has_a_handle(&mut py, bell, &number, "after `add`")?;
        }
    }
    py.run("bell.remove(numbers[0])")?;
    for (bell, number) in [("bell", 1), ("other", 2)] {
        let number = format!("numbers[{number}]");
        has_a_handle(&mut py, bell, &number, "after another one was removed")?;
    }
    handles(&mut py, 2, "after `remove`")?;
    py.run("bell.remove(numbers[1])")?;
    handles(&mut py, 1, "after a second `remove`")?;
    py.run("del bell, other, listener")?;
    handles(&mut py, 0, "after the bells were deleted")?;
    py.eval("gone() is None")?.returns(true)
}

/// A listener that raises at one stroke, and keeps what it raised.
const RAISES: &str = "
    class Stop(LookupError):
        pass

    class Raising:
        def __init__(self, at, answer):
            self.at, self.answer, self.heard = at, answer, []

        def __call__(self, stroke):
            self.heard.append(stroke)
            if stroke == self.at:
                self.raised = Stop(stroke)
                raise self.raised
            return self.answer

    def rung(bell, strokes):
        try:
            return bell.ring(strokes)
        except BaseException as error:
            return error
";

fn an_exception_reaches_the_caller(judge: &mut Judge) -> Verdict {
    let (at, answer) = (judge.random.within(2..9), judge.random.within(1..900));
    let mut py = loaded(judge)?;
    py.run(RAISES)?;
    py.run(&format!(
        "
        bell = handle.Bell(binding)
        raising = Raising({at}, {answer})
        number = bell.add(raising)
        "
    ))?;
    py.call("bell.ring", &args![at + 3])?
        .raises("Stop")?
        .with_args(&args![at])?;
    py.run(&format!("caught = rung(bell, {at})"))?;
    py.eval("(caught is raising.raised, caught.__traceback__ is not None)")?
        .returns(Value::Tuple(vec![true.into(), true.into()]))?;
    // What was raised once is over.
    py.call("bell.ring", &args![at - 1])?
        .returns(answer * (at - 1))?;
    // To stop is no error if nobody raised.
    py.run("bell.remove(number)")?;
    py.eval("bell.add(answering(-1))")?.value()?;
    py.call("bell.ring", &args![at])?.returns(-1)
}

/// C has returned to one `ring`, which has yet to look at what was laid aside. In
/// that moment a second thread rings a bell in which nobody raises. Whoever lets only
/// one thread in at a time is not waited for.
const IN_TWO_THREADS: &str = "
    import sys, threading

    def in_two_threads(raising):
        loud, quiet, heard = handle.Bell(binding), handle.Bell(binding), []
        loud.add(raising)
        other = threading.Thread(target=lambda: heard.append(rung(quiet, 0)))

        def meanwhile(frame, event, function):
            if event == 'c_return' and getattr(function, '__name__', None) == 'bell_ring':
                sys.setprofile(None)
                other.start()
                other.join(1)

        sys.setprofile(meanwhile)
        try:
            outcome = rung(loud, raising.at)
        finally:
            sys.setprofile(None)
        if other.ident is None:
            other.start()
        other.join()
        said = '' if heard == [0] else repr(heard[0])
        return outcome is getattr(raising, 'raised', None), said
";

fn each_thread_has_its_own(judge: &mut Judge) -> Verdict {
    let at = judge.random.within(2..9);
    let mut py = loaded(judge)?;
    py.run(RAISES)?;
    py.run(IN_TWO_THREADS)?;
    let outcome = py
        .eval(&format!("in_two_threads(Raising({at}, 1))"))?
        .value()?;
    let Value::Tuple(outcome) = &outcome else {
        return Err(Failure::fault(format!("no outcome: {outcome}")));
    };
    match outcome.as_slice() {
        [Value::Bool(true), Value::Str(said)] if said.is_empty() => Ok(()),
        [_, Value::Str(said)] if !said.is_empty() => Err(Failure::new(
            Kind::WrongValue,
            "a bell in which nobody raised was rung in a second thread, meanwhile",
        )
        .expected("0", said)),
        _ => Err(Failure::new(
            Kind::WrongValue,
            format!("`bell.ring({at})` did not raise what its listener raised"),
        )),
    }
}

fn c_is_told_to_stop(judge: &mut Judge) -> Verdict {
    let (at, answer) = (judge.random.within(2..9), judge.random.within(1..900));
    let mut py = loaded(judge)?;
    py.run(RAISES)?;
    py.run(&format!(
        "
        bell, before, raising, behind = handle.Bell(binding), Raising(0, 1), Raising({at}, {answer}), Raising(0, 2)
        numbers = [bell.add(one) for one in (before, raising, behind)]
        outcome = rung(bell, {at} + 5)
        "
    ))?;
    let last = py.eval("binding.lib.bell_last(bell.pointer)")?.value()?;
    if last != Value::from(-1) {
        let failure = Failure::new(
            Kind::WrongValue,
            "C was not told to stop when a listener raised",
        );
        return Err(failure.expected("-1, which is BELL_STOP", last));
    }
    let strokes = |to: i64| Value::List((1..=to).map(Value::from).collect());
    py.eval("[before.heard, raising.heard, behind.heard]")?
        .returns(Value::List(vec![strokes(at), strokes(at), strokes(at - 1)]))?;
    py.eval("binding.lib.bell_answers(bell.pointer)")?
        .returns(3 * at - 1)
}

fn an_answer_that_is_no_number(judge: &mut Judge) -> Verdict {
    let strokes = judge.random.within(2..9);
    let too_large = (1 << 31) + judge.random.within(0..1 << 20);
    let mut py = loaded(judge)?;
    py.run("bell = handle.Bell(binding)")?;
    for (answer, raised) in [
        ("None".to_owned(), "TypeError"),
        ("'loud'".to_owned(), "TypeError"),
        (too_large.to_string(), "OverflowError"),
    ] {
        py.run(&format!("number = bell.add(lambda stroke: {answer})"))?;
        let failed = format!("a listener answered {answer}");
        py.call("bell.ring", &args![strokes])?
            .raises(raised)
            .map_err(|failure| failure.note("what happened", failed.clone()))?;
        py.eval("binding.lib.bell_last(bell.pointer)")?
            .returns(-1)
            .map_err(|failure| failure.note("what happened", failed))?;
        py.run("bell.remove(number)")?;
    }
    Ok(())
}

fn references_are_balanced(judge: &mut Judge) -> Verdict {
    let at = judge.random.within(2..9);
    let mut py = loaded(judge)?;
    py.run(RAISES)?;
    py.run(&format!(
        "
        def listeners():
            return Raising(0, 1000), Raising({at}, 1001)

        def ring(quiet, raising):
            quiet.heard, raising.heard = [], []
            bell = handle.Bell(binding)
            bell.add(quiet)
            number = bell.add(raising)
            rung(bell, {at})
            bell.remove(number)
            rung(bell, {at})
            # A cycle is no leak. What is held for good is one.
            raising.raised = None
            del bell
            gc.collect()

        import weakref
        listener, bell = listeners()[0], handle.Bell(binding)
        gone = weakref.ref(listener)
        bell.remove(bell.add(listener))
        del listener
        gc.collect()
        gc.freeze()
        "
    ))?;
    if py.eval("gone() is None")?.value()? != Value::Bool(true) {
        return Err(Failure::new(
            Kind::LeakedReferences,
            "a listener that was removed from its bell is still held by somebody",
        ));
    }
    py.references("ring", "listeners")?.are_balanced()
}
