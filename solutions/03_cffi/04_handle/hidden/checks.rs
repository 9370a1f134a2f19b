//! What `handle` has to prove besides.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use oracle::Patience;
use oracle::prelude::*;
use tempfile::TempDir;

fn main() -> ExitCode {
    let code = oracle::exercise!()
        .check(
            "a_listener_may_ring_another_bell",
            a_listener_may_ring_another_bell,
        )
        .check("a_listener_may_remove_itself", a_listener_may_remove_itself)
        .check(
            "what_is_no_exception_arrives_as_well",
            what_is_no_exception_arrives_as_well,
        )
        .check("a_full_bell_keeps_nothing", a_full_bell_keeps_nothing)
        .run();
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
    judge
        .interpreter()?
        .require_headers()
        .map_err(|e| Failure::fault(e.to_string()).note("hint", e.hint()))?;
    judge.companion()?;
    let folder =
        TempDir::new().map_err(|e| Failure::fault(format!("no folder to compile in: {e}")))?;
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let mut py = judge.module()?;
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

/// A Python with the learner's binding loaded.
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
        import gc, weakref

        def handles():
            gc.collect()
            return sum(type(one).__name__.endswith('CDataOwnGC') for one in gc.get_objects())

        def rung(bell, strokes):
            try:
                return bell.ring(strokes)
            except BaseException as error:
                return error
        ",
    )?;
    Ok(py)
}

fn a_listener_may_ring_another_bell(judge: &mut Judge) -> Verdict {
    let (at, answer) = (judge.random.within(2..6), judge.random.within(1..900));
    let mut py = loaded(judge)?;
    py.run(&format!(
        "
        inner, outer = handle.Bell(binding), handle.Bell(binding)
        raised = []

        def raising(stroke):
            raised.append(LookupError(stroke))
            raise raised[-1]

        def passing_on(stroke):
            return inner.ring(1) if stroke == {at} else {answer}

        def catching(stroke):
            try:
                return inner.ring(1)
            except LookupError:
                return {answer}

        inner.add(raising)
        number = outer.add(passing_on)
        caught = rung(outer, {at} + 2)
        "
    ))?;
    py.eval("(caught is raised[-1], len(raised))")?
        .returns(Value::Tuple(vec![true.into(), 1.into()]))?;
    py.run("outer.remove(number), outer.add(catching)")?;
    py.call("outer.ring", &args![at])?.returns(at * answer)?;
    py.eval("len(raised)")?.returns(1 + at)
}

fn a_listener_may_remove_itself(judge: &mut Judge) -> Verdict {
    let (answer, strokes) = (judge.random.within(2..900), judge.random.within(3..9));
    let mut py = loaded(judge)?;
    py.run(&format!(
        "
        class Once:
            def __call__(self, stroke):
                bell.remove(self.number)
                gc.collect()
                return {answer} if stroke == 1 else 1000000

        bell, once = handle.Bell(binding), Once()
        once.number = bell.add(once)
        bell.add(lambda stroke: 1)
        gone = weakref.ref(once)
        del once
        "
    ))?;
    py.call("bell.ring", &args![strokes])?
        .returns(answer + strokes)?;
    py.eval("(handles(), gone() is None)")?
        .returns(Value::Tuple(vec![1.into(), true.into()]))
}

fn what_is_no_exception_arrives_as_well(judge: &mut Judge) -> Verdict {
    let code = judge.random.within(3..90);
    let mut py = loaded(judge)?;
    py.run(&format!(
        "
        import sys

        def interrupted(stroke):
            raise KeyboardInterrupt({code})

        def leaving(stroke):
            sys.exit({code})

        one, other = handle.Bell(binding), handle.Bell(binding)
        one.add(interrupted), other.add(leaving)
        "
    ))?;
    py.call("one.ring", &args![2])?
        .raises("KeyboardInterrupt")?
        .with_args(&args![code])?;
    py.call("other.ring", &args![2])?
        .raises("SystemExit")?
        .with_args(&args![code])?;
    py.eval("[binding.lib.bell_answers(bell.pointer) for bell in (one, other)]")?
        .returns([1, 1])
}

fn a_full_bell_keeps_nothing(judge: &mut Judge) -> Verdict {
    let strokes = judge.random.within(2..9);
    let mut py = loaded(judge)?;
    py.run(
        "
        class Listener:
            def __call__(self, stroke):
                return 1

        bell = handle.Bell(binding)
        numbers = [bell.add(Listener()) for _ in range(16)]
        extra = Listener()
        gone = weakref.ref(extra)
        ",
    )?;
    py.eval("bell.add(extra)")?.raises("RuntimeError")?;
    py.run("del extra")?;
    py.eval("(handles(), gone() is None)")?
        .returns(Value::Tuple(vec![16.into(), true.into()]))?;
    py.call("bell.ring", &args![strokes])?
        .returns(16 * strokes)?;
    py.run("for number in numbers: bell.remove(number)")?;
    py.eval("handles()")?.returns(0)?;
    py.call("bell.ring", &args![strokes])?.returns(0)
}
