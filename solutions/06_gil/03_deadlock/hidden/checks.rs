//! What `deadlock` has to prove besides.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("waits_for_a_long_queue", waits_for_a_long_queue)
        .check("others_run_while_calls_fail", others_run_while_calls_fail)
        .check("two_callers_share_the_pool", two_callers_share_the_pool)
        .check("a_worker_keeps_the_contract", a_worker_keeps_the_contract)
        .check(
            "failures_give_references_back",
            failures_give_references_back,
        )
        .run()
}

/// As for the visible checks: who waits for the GIL is to be seen asleep.
fn module(judge: &Judge) -> Verdict<Subject> {
    let mut py = judge.module()?;
    py.run("import sys\nsys.setswitchinterval(5)")?;
    Ok(py)
}

/// An answer that gives up the queue at the first error leaves calls unmade.
fn waits_for_a_long_queue(judge: &mut Judge) -> Verdict {
    let mut py = module(judge)?;
    py.run(
        "
        import threading

        called, returned = [], threading.Event()

        def odd_is_bad(number):
            if number == last:
                # The last one lingers. Right answers wait for it, and make this time out.
                returned.wait(0.2)
            called.append(number)
            if number % 2:
                raise LookupError(number)
            return number

        def try_all(first, count):
            global last
            last = first + count - 1
            called.clear()
            returned.clear()
            try:
                return deadlock.map(odd_is_bad, range(first, first + count))
            except LookupError as error:
                return error.args[0], sorted(called) == list(range(first, first + count))
            finally:
                returned.set()
        ",
    )?;
    for _ in 0..3 {
        let first = judge.random.within(1000..9000);
        let bad = first | 1;
        py.call("try_all", &args![first, 40])?
            .returns(Value::Tuple(vec![bad.into(), true.into()]))?;
        py.eval(&format!("deadlock.map(odd_is_bad, [{}])", bad + 1))?
            .returns([bad + 1])?;
    }
    Ok(())
}

fn others_run_while_calls_fail(judge: &mut Judge) -> Verdict {
    let mut py = module(judge)?;
    py.run(
        "
        def fail(item):
            raise OSError(item)

        def caught(items):
            try:
                deadlock.map(fail, items)
            except OSError as error:
                return error.args[0]
        ",
    )?;
    let items = [judge.random.within(500..900), 2, 3, 4];
    py.call_gated("caught", &args![items])?
        .released()?
        .returns(items[0])
}

fn two_callers_share_the_pool(judge: &mut Judge) -> Verdict {
    let mut py = module(judge)?;
    py.run(
        "
        from threading import Thread

        def together(*factors):
            results = {}

            def use(factor):
                for _ in range(20):
                    results[factor] = deadlock.map(lambda item: item * factor, range(6))

            threads = [Thread(target=use, args=(factor,)) for factor in factors]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            return [results[factor] for factor in factors]
        ",
    )?;
    let (one, two) = (judge.random.within(2..50), judge.random.within(50..99));
    let by = |factor: i64| (0..6).map(|i| i * factor).collect::<Vec<i64>>();
    py.call("together", &args![one, two])?
        .returns([by(one), by(two)])
}

fn a_worker_keeps_the_contract(judge: &mut Judge) -> Verdict {
    let mut py = module(judge)?;
    py.run(
        "
        import threading

        def on_this_thread(outer):
            me, called = threading.get_ident(), []

            def inner(item):
                called.append(item)
                if threading.get_ident() != me:
                    return 'another thread'
                if item in outer:
                    raise ArithmeticError(item)

            try:
                return deadlock.map(inner, range(5)), called
            except ArithmeticError as error:
                return error.args[0], called
        ",
    )?;
    let (low, high) = (judge.random.within(0..2), judge.random.within(2..5));
    let all = Value::from(vec![0, 1, 2, 3, 4]);
    let failed = Value::Tuple(vec![low.into(), all.clone()]);
    let fine = Value::Tuple(vec![Value::List(vec![Value::None; 5]), all]);
    py.eval(&format!(
        "deadlock.map(on_this_thread, [[], [{low}, {high}], [], [{high}, {low}]])"
    ))?
    .returns(Value::List(vec![
        fine.clone(),
        failed.clone(),
        fine,
        failed,
    ]))
}

fn failures_give_references_back(judge: &mut Judge) -> Verdict {
    let mut py = module(judge)?;
    py.run(
        "
        def refuse(item):
            raise ValueError

        def make_failing():
            return lambda item: refuse(item), [object(), object(), object()]

        def make_nested():
            return lambda item: deadlock.map(lambda inner: inner, [item, item]), [object(), object()]
        ",
    )?;
    py.references("deadlock.map", "make_failing")?
        .are_balanced()?;
    py.references("deadlock.map", "make_nested")?.are_balanced()
}
