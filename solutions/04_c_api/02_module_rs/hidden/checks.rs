//! What `module_rs` has to prove besides.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("many_copies_are_independent", many_copies_are_independent)
        .check("a_copy_in_a_cycle_is_freed", a_copy_in_a_cycle_is_freed)
        .check("leaves_no_memory_behind", leaves_no_memory_behind)
        .check(
            "every_failing_call_is_survived",
            every_failing_call_is_survived,
        )
        .run()
}

/// The module, `another()` for a new copy, and `collect()`.
fn desk(judge: &Judge) -> Verdict<Subject> {
    let path = judge.artefact()?.display().to_string();
    let mut py = judge.module()?;
    py.run(
        "
        import gc, weakref
        from importlib.machinery import ExtensionFileLoader, ModuleSpec
        from importlib.util import module_from_spec

        def remember(path):
            global where
            where = path

        def another():
            loader = ExtensionFileLoader('module_rs', where)
            copy = module_from_spec(ModuleSpec('module_rs', loader, origin=where))
            loader.exec_module(copy)
            return copy

        def collect():
            for _ in range(3):
                gc.collect()
        ",
    )?;
    py.call("remember", &args![path])?.value()?;
    Ok(py)
}

fn many_copies_are_independent(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    py.run(
        "
        def left_in_many(counts):
            copies = [another() for _ in counts]
            passing = [another() for _ in counts]
            for copy, count in zip(copies, counts):
                copy.take(count)
            for copy in passing:
                copy.take(1)
            del passing, copy
            collect()
            return [copy.left() for copy in copies]
        ",
    )?;
    let counts: Vec<i64> = (0..30).map(|_| judge.random.within(1..900)).collect();
    let left: Vec<i64> = counts.iter().map(|count| 1000 - count).collect();
    py.call("left_in_many", &args![counts])?.returns(left)
}

fn a_copy_in_a_cycle_is_freed(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    py.run(
        "
        def copy_is_freed():
            copy = another()
            copy.SoldOut.origin = copy
            sold_out = weakref.ref(copy.SoldOut)
            del copy
            collect()
            return sold_out() is None
        ",
    )?;
    let freed = py.call("copy_is_freed", &[])?.value()?;
    if freed != Value::from(true) {
        let message = "a copy whose class refers to it is never freed";
        return Err(Failure::new(Kind::LeakedReferences, message).note(
            "what that means",
            "copy, state and class hold each other. The garbage collector follows only\n\
             the references that `m_traverse` shows it.",
        ));
    }
    Ok(())
}

fn leaves_no_memory_behind(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    py.run(
        "
        def refuse():
            try:
                module_rs.take(100_000)
            except module_rs.SoldOut:
                pass

        rounds = 0

        def come_and_go():
            global rounds
            rounds += 1
            another()
            if rounds % 100 == 0:
                gc.collect()
        ",
    )?;
    py.memory("refuse", &mut judge.random)?.is_given_back()?;
    py.memory("come_and_go", &mut judge.random)?.is_given_back()
}

fn every_failing_call_is_survived(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    py.run(
        "
        import queue, types

        customers = 0

        def a_new_copy_and_its_first_customers(shelf):
            global customers
            customers += 1
            # The classes of dead copies hold `Empty`, so they are not kept for long.
            if customers % 4 == 0:
                gc.collect()
            copy = another()
            copy.take(1)
            try:
                copy.take(2000)
            except copy.SoldOut:
                pass
            copy.left()

        def what_a_copy_needs():
            # What a copy that failed has not given back is seen on these.
            return (types.SimpleNamespace(queue=queue, Empty=queue.Empty),)
        ",
    )?;
    py.survives_every_fault(
        "module_rs",
        "a_new_copy_and_its_first_customers",
        "what_a_copy_needs",
    )
}
