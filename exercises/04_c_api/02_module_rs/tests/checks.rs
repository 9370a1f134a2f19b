//! What `module_rs` has to prove.

use oracle::prelude::*;

const ROLL: i64 = 1000;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("takes_tickets", takes_tickets)
        .check("refuses_what_it_cannot_give", refuses_what_it_cannot_give)
        .check("a_failed_import_says_why", a_failed_import_says_why)
        .check("two_copies_are_independent", two_copies_are_independent)
        .check(
            "two_interpreters_are_independent",
            two_interpreters_are_independent,
        )
        .check(
            "a_dead_copy_gives_its_class_back",
            a_dead_copy_gives_its_class_back,
        )
        .run()
}

fn takes_tickets(judge: &mut Judge) -> Verdict {
    let mut py = judge.python()?;
    // Leaves memory that was used before, so that no state is empty by luck.
    py.run("used = [object() for _ in range(50_000)]; del used[::2]")?;
    judge.import(&mut py)?;
    let (few, more) = (judge.random.within(2..300), judge.random.within(300..600));
    py.call("module_rs.left", &[])?.returns(ROLL)?;
    py.call("module_rs.take", &args![few])?.returns(1)?;
    py.call("module_rs.take", &args![more])?.returns(few + 1)?;
    py.call("module_rs.left", &[])?.returns(ROLL - few - more)
}

fn refuses_what_it_cannot_give(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    let few = judge.random.within(2..300);
    py.call("module_rs.take", &args![few])?.returns(1)?;
    let refused = py
        .call("module_rs.take", &args![ROLL])?
        .raises("module_rs.SoldOut")?;
    refused.with_args(&args![ROLL, ROLL - few])?;
    py.run("import queue")?;
    py.call("(lambda: issubclass(module_rs.SoldOut, queue.Empty))", &[])?
        .returns(true)?;
    py.call("module_rs.take", &args![0])?.raises("ValueError")?;
    py.call("module_rs.take", &args!["one"])?
        .raises("TypeError")?;
    py.call("module_rs.take", &args![1, 2])?
        .raises("TypeError")?;
    py.call("module_rs.left", &[])?.returns(ROLL - few)
}

/// `another(path)`: a new copy of the module from its file, in this interpreter.
fn import_by_hand(py: &mut Subject) -> Verdict {
    py.run(
        "
        from importlib.machinery import ExtensionFileLoader, ModuleSpec
        from importlib.util import module_from_spec

        def another(path):
            loader = ExtensionFileLoader('module_rs', path)
            copy = module_from_spec(ModuleSpec('module_rs', loader, origin=path))
            loader.exec_module(copy)
            return copy
        ",
    )
}

fn a_failed_import_says_why(judge: &mut Judge) -> Verdict {
    let path = judge.artefact()?.display().to_string();
    let mut py = judge.python()?;
    import_by_hand(&mut py)?;
    py.run(
        "
        import sys

        def import_without_queue(path):
            sys.modules['queue'] = None
            try:
                another(path)
            finally:
                del sys.modules['queue']

        def left_in_a_new_copy(path):
            return another(path).left()
        ",
    )?;
    py.call("import_without_queue", &args![path.clone()])?
        .raises("ImportError")?
        .says("queue")?;
    py.call("left_in_a_new_copy", &args![path])?.returns(ROLL)
}

fn two_copies_are_independent(judge: &mut Judge) -> Verdict {
    let path = judge.artefact()?.display().to_string();
    let (few, more) = (judge.random.within(2..300), judge.random.within(300..600));
    let mut py = judge.module()?;
    import_by_hand(&mut py)?;
    let first = "module_rs";
    py.call("module_rs.take", &args![few])?.returns(1)?;
    py.call_into("second", "another", &args![path])?;
    let got = py.call("second.take", &args![more])?.value()?;
    if got != Value::from(1) {
        let message = "the second copy went on counting where the first one was";
        return Err(Failure::new(Kind::WrongValue, message).expected(
            "ticket 1",
            format!("ticket {got}, after {few} were taken from the first"),
        ));
    }
    let got = py.call("module_rs.take", &args![1])?.value()?;
    if got != Value::from(few + 1) {
        let message = "the second copy changed the count of the first";
        return Err(Failure::new(Kind::WrongValue, message)
            .expected(format!("ticket {}", few + 1), format!("ticket {got}")));
    }
    py.call("second.left", &[])?.returns(ROLL - more)?;
    py.run(
        "
        def whose_class(copy):
            try:
                copy.take(2000)
            except (module_rs.SoldOut, second.SoldOut) as error:
                return ['module_rs' if type(error) is module_rs.SoldOut else '',
                        'second' if type(error) is second.SoldOut else '']

        def class_of_first():
            return whose_class(module_rs)

        def class_of_second():
            return whose_class(second)
        ",
    )?;
    for (whose, expected) in [("first", [first, ""]), ("second", ["", "second"])] {
        let got = py.call(&format!("class_of_{whose}"), &[])?.value()?;
        if got != Value::from(expected.to_vec()) {
            let message = format!("the {whose} copy raised a SoldOut that is not its own");
            return Err(Failure::new(Kind::WrongError, message));
        }
    }
    Ok(())
}

fn two_interpreters_are_independent(judge: &mut Judge) -> Verdict {
    let path = judge.artefact()?.display().to_string();
    let (few, more) = (judge.random.within(2..300), judge.random.within(300..600));
    let mut py = judge.module()?;
    py.run(
        "
        import os
        try:
            import _interpreters as interpreters
        except ImportError:
            try:
                import _xxsubinterpreters as interpreters
            except ImportError:
                interpreters = None

        SCRIPT = '''
        try:
            from importlib.machinery import ExtensionFileLoader, ModuleSpec
            from importlib.util import module_from_spec
            loader = ExtensionFileLoader('module_rs', {path!r})
            copy = module_from_spec(ModuleSpec('module_rs', loader, origin={path!r}))
            loader.exec_module(copy)
            import queue
            try:
                copy.take(2000)
                refused = False
            except queue.Empty:
                refused = True
            except Exception as error:
                refused = repr(error)
            found = [refused, copy.take({more}), copy.left()]
        except BaseException as error:
            found = type(error).__name__ + ': ' + str(error)
        import os
        os.write({to}, repr(found).encode())
        '''

        def in_a_second_interpreter(path, more):
            if interpreters is None:
                return None
            # Nothing but bytes leaves an interpreter.
            out, to = os.pipe()
            which = interpreters.create()
            try:
                interpreters.run_string(which, SCRIPT.format(path=path, more=more, to=to))
            finally:
                interpreters.destroy(which)
            os.close(to)
            return eval(os.read(out, 4096), {})
        ",
    )?;
    py.call("module_rs.take", &args![few])?.returns(1)?;
    let what = "the copy in a second interpreter";
    let found = match py
        .call("in_a_second_interpreter", &args![path, more])?
        .value()?
    {
        Value::List(found) => found,
        Value::Str(why) => {
            let message = format!("{what} cannot be used: {why}");
            return Err(Failure::new(Kind::Import, message));
        }
        _ => {
            return Err(Failure::fault(
                "this Python cannot start a second interpreter",
            ));
        }
    };
    let wanted = args![true, 1, ROLL - more];
    if found[1] != wanted[1] || found[2] != wanted[2] {
        let message = format!("{what} went on counting where the first one was");
        return Err(Failure::new(Kind::WrongValue, message).expected(
            format!("ticket {} and {} left", wanted[1], wanted[2]),
            format!("ticket {} and {} left", found[1], found[2]),
        ));
    }
    if found[0] != wanted[0] {
        let message = format!("{what} raised a class of another interpreter");
        return Err(Failure::new(Kind::WrongError, message)
            .expected("a kind of its own `queue.Empty`", &found[0]));
    }
    py.call("module_rs.take", &args![1])?.returns(few + 1)
}

fn a_dead_copy_gives_its_class_back(judge: &mut Judge) -> Verdict {
    let path = judge.artefact()?.display().to_string();
    let mut py = judge.module()?;
    import_by_hand(&mut py)?;
    py.run(
        "
        import gc, queue, sys, types, weakref

        def collect():
            for _ in range(3):
                gc.collect()

        def owners_of_the_class(path):
            copy, like_it = another(path), types.ModuleType('like_it')
            like_it.SoldOut = type('SoldOut', (queue.Empty,), {})
            # The second has one owner: the name in its module.
            return 1 + sys.getrefcount(copy.SoldOut) - sys.getrefcount(like_it.SoldOut)

        def class_outlives_its_copy(path):
            copy = another(path)
            sold_out = weakref.ref(copy.SoldOut)
            del copy
            collect()
            return sold_out() is not None
        ",
    )?;
    let owners = py
        .call("owners_of_the_class", &args![path.clone()])?
        .value()?;
    if owners == Value::from(1) {
        let message = "the state points to a class `SoldOut` that it does not own";
        return Err(Failure::new(Kind::StolenReferences, message).note(
            "what that means",
            "the name in the module is the only owner. When somebody deletes the name,\n\
             the class is freed, and the state points to memory that is no class any more.",
        ));
    }
    let outlives = py.call("class_outlives_its_copy", &args![path])?.value()?;
    if outlives != Value::from(false) {
        let message = "the class `SoldOut` of a dead copy is still alive";
        return Err(Failure::new(Kind::LeakedReferences, message).note(
            "what that means",
            "nobody uses the copy any more, and somebody still holds a reference to its class.",
        ));
    }
    Ok(())
}
