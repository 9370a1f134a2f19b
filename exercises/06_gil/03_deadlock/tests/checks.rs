//! What `deadlock` has to prove.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("maps", maps)
        .check("calls_on_the_pool", calls_on_the_pool)
        .check("raises_the_first_error", raises_the_first_error)
        .check("waits_for_every_call", waits_for_every_call)
        .check("others_run_meanwhile", others_run_meanwhile)
        .check("a_worker_may_call_map", a_worker_may_call_map)
        .check("gives_references_back", gives_references_back)
        .run()
}

/// A thread that waits for the GIL wakes once in a switch interval to ask for it. With
/// an interval of seconds it is asleep for whoever looks, on a busy machine too. No call
/// here runs for so long, so nobody misses the shorter one.
fn module(judge: &Judge) -> Verdict<Subject> {
    let mut py = judge.module()?;
    py.run("import sys\nsys.setswitchinterval(5)")?;
    Ok(py)
}

/// Says who waits for whom, where a standstill shows it, and how this check made
/// the threads meet.
fn told<T>(outcome: Verdict<T>, how: &str) -> Verdict<T> {
    outcome.map_err(|failure| {
        if failure.kind != Kind::Standstill {
            return failure;
        }
        let for_the_gil = failure.notes.iter().any(|(_, text)| text.contains("waits for the GIL"));
        let failure = if for_the_gil {
            failure.note(
                "what that means",
                "the workers have jobs and wait for the GIL in order to do them. Whoever has it is\n\
                 asleep, waiting for those jobs.",
            )
        } else {
            failure
        };
        failure.note("what this check does", how)
    })
}

fn maps(judge: &mut Judge) -> Verdict {
    let mut py = module(judge)?;
    let factor = judge.random.within(2..1000);
    py.run(&format!("def times(number):\n    return number * {factor}"))?;
    let length = judge.random.within(4..9);
    let items: Vec<i64> = (0..length)
        .map(|_| judge.random.within(-999..999))
        .collect();
    let expected: Vec<i64> = items.iter().map(|item| item * factor).collect();
    let how = "it maps a function that multiplies a number.";
    told(py.eval(&format!("deadlock.map(times, {items:?})")), how)?.returns(expected)?;
    // So many that jobs are left when the caller comes to wait for them.
    py.run("def slowly(number):\n    return sum(range(2000)) * 0 + number")?;
    let how = "it maps a function that takes its time over a long list.";
    told(py.eval("deadlock.map(slowly, list(range(500)))"), how)?
        .returns((0..500).collect::<Vec<i64>>())?;
    py.eval("deadlock.map(times, [])")?
        .returns(Vec::<i64>::new())
}

fn calls_on_the_pool(judge: &mut Judge) -> Verdict {
    let mut py = module(judge)?;
    py.run(
        "
        import ctypes, threading

        callers = []
        all_three = threading.Barrier(3)

        def jobs_done():
            pool = ctypes.CDLL(deadlock.__file__)
            return getattr(pool, 'pool_jobs_done', lambda: 0)()

        def meet(item):
            callers.append(threading.get_ident())
            if item < 3:
                all_three.wait()
        ",
    )?;
    let count = judge.random.within(6..12);
    let before = int(&mut py, "jobs_done()")?;
    let how = "each of the first three calls waits, without the GIL, until all three have begun.\n\
               The pool has three workers, so each of them has to be in one of these calls.";
    told(py.eval(&format!("deadlock.map(meet, range({count}))")), how)?.value()?;
    if int(&mut py, "callers.count(threading.get_ident())")? > 0 {
        let message = "`deadlock.map` made calls on the thread that called it";
        return Err(Failure::new(Kind::WrongValue, message));
    }
    let jobs = int(&mut py, "jobs_done()")? - before;
    if jobs == count {
        return Ok(());
    }
    let message = format!("`deadlock.map` of {count} items was not {count} jobs for the pool");
    Err(Failure::new(Kind::WrongValue, message).expected(format!("{count} jobs done"), jobs))
}

fn raises_the_first_error(judge: &mut Judge) -> Verdict {
    let mut py = module(judge)?;
    let (first, second) = (judge.random.word(), judge.random.word());
    py.run(
        "
        import ctypes, time

        jobs_done = getattr(ctypes.CDLL(deadlock.__file__), 'pool_jobs_done', lambda: 0)
        raised = {}

        def refuse(item):
            place, word = item
            if place == 1:
                # The calls before and after this one are to be over when it fails.
                for _ in range(200):
                    if jobs_done() >= 2:
                        break
                    time.sleep(0.01)
            if word:
                raised[place] = KeyError(word)
                raise raised[place]

        def first_failure(*words):
            try:
                deadlock.map(refuse, list(enumerate(words)))
            except BaseException as error:
                who = [place for place in raised if raised[place] is error]
                return who, repr(error)
            return [], 'nothing was raised'
        ",
    )?;
    let words = args!["", first.clone(), second];
    let how = "the call for the second item fails when the other two are over.";
    let what = told(py.call("first_failure", &words), how)?.value()?;
    let wanted = format!("the `KeyError({first:?})` itself, which the callable raised");
    let wrong = |message: &str, got: &Value| {
        Err(Failure::new(Kind::WrongError, message).expected(&wanted, got))
    };
    match &what {
        Value::Tuple(parts) => match parts.as_slice() {
            [Value::List(who), _] if *who == args![1] => Ok(()),
            [Value::List(who), got] if who.is_empty() => {
                wrong("`deadlock.map` did not raise what the callable raised", got)
            }
            [_, got] => wrong("`deadlock.map` raised what a later item had raised", got),
            _ => Err(Failure::fault(
                "the check's own function returned something else",
            )),
        },
        _ => Err(Failure::fault(
            "the check's own function returned something else",
        )),
    }
}

fn waits_for_every_call(judge: &mut Judge) -> Verdict {
    let mut py = module(judge)?;
    py.run(
        "
        import threading

        returned = threading.Event()
        over = []

        def fail_or_linger(item):
            if item == 0:
                raise ValueError(item)
            # Right answers make this time out: `map` cannot return before.
            returned.wait(0.2)
            over.append(item)

        def over_at_return(count):
            try:
                deadlock.map(fail_or_linger, range(count))
            except Exception:
                pass
            seen = len(over)
            returned.set()
            return seen
        ",
    )?;
    let count = judge.random.within(4..8);
    let how = "the call for the first item fails at once; the others sleep for a moment first.";
    let over = told(py.call("over_at_return", &args![count]), how)?.value()?;
    if over == Value::from(count - 1) {
        return Ok(());
    }
    let message = "`deadlock.map` raised before every call was made and over";
    Err(Failure::new(Kind::WrongValue, message).expected(
        format!(
            "{} calls over by then, beside the one that failed",
            count - 1
        ),
        over,
    ))
}

fn others_run_meanwhile(judge: &mut Judge) -> Verdict {
    let mut py = module(judge)?;
    py.run("from functools import partial\n\ndef back(item):\n    return item")?;
    let items: Vec<i64> = (0..3).map(|_| judge.random.within(0..99)).collect();
    let how = "another Python thread is asked a question each time somebody waits for a ticket.";
    told(
        py.call_gated("partial(deadlock.map, back)", &args![items.clone()]),
        how,
    )?
    .released()?
    .returns(items)
}

fn a_worker_may_call_map(judge: &mut Judge) -> Verdict {
    let mut py = module(judge)?;
    py.run(
        "
        def triple(number):
            return number * 3

        def row(length):
            return deadlock.map(triple, range(length))
        ",
    )?;
    let lengths: Vec<i64> = (0..5).map(|_| judge.random.within(1..5)).collect();
    let rows: Vec<Vec<i64>> = lengths
        .iter()
        .map(|&n| (0..n).map(|i| i * 3).collect())
        .collect();
    let how = "it maps a function that calls `map`. If each worker waits in there for a ticket, the\n\
               jobs behind the tickets lie in the queue, and no worker is left to fetch them.";
    told(py.eval(&format!("deadlock.map(row, {lengths:?})")), how)?.returns(rows)
}

fn gives_references_back(judge: &mut Judge) -> Verdict {
    let mut py = module(judge)?;
    py.run(
        "
        def make():
            return lambda item: [item], [object(), object()]
        ",
    )?;
    let how = "it calls `map` some hundred times and counts references.";
    told(py.references("deadlock.map", "make"), how)?.are_balanced()
}

fn int(py: &mut Subject, expression: &str) -> Verdict<i64> {
    let value = py.eval(expression)?.value()?;
    match &value {
        Value::Int(n) => n.to_i128().and_then(|n| i64::try_from(n).ok()),
        _ => None,
    }
    .ok_or_else(|| Failure::fault(format!("`{expression}` is no number")))
}
