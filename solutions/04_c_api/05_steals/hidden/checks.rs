//! What `steals` has to prove besides.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("nothing_is_left_that_grows", nothing_is_left_that_grows)
        .check(
            "methods_of_the_things_may_raise",
            methods_of_the_things_may_raise,
        )
        .check("survives_faults_elsewhere", survives_faults_elsewhere)
        .check(
            "containers_hold_what_they_were_given",
            containers_hold_what_they_were_given,
        )
        .run()
}

fn nothing_is_left_that_grows(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    py.run(
        "
        def put(): steals.put([1.5], 0, 2.5)
        def replaced(): steals.replaced((1.5, 2.5), 1, 3.5)
        def keyed(): steals.keyed(float, ('1', '2', '3'))
        def filed(): steals.filed({'ink': [1.5]}, 'ink', 2.5)
        def filed_anew(): steals.filed({}, 'ink', 2.5)
        def entry(): steals.entry('ink', 2.5)
        def publish(): steals.publish(b'ink', [2.5])

        def refused(function, *arguments):
            try: function(*arguments)
            except (IndexError, TypeError, ValueError): return
            raise AssertionError('it did not raise')

        def put_refused(): refused(steals.put, [1.5], 1, [2.5])
        def replaced_refused(): refused(steals.replaced, (1.5, [2.5]), 2, [3.5])
        def keyed_refused(): refused(steals.keyed, lambda n: [n], ('1', '2'))
        def key_refused(): refused(steals.keyed, float, ('1', 'two'))
        def filed_refused(): refused(steals.filed, {}, [1.5], [2.5])
        def no_list_refused(): refused(steals.filed, {1: (1.5,)}, 1, [2.5])
        def entry_refused(): refused(steals.entry, [1.5], 2.5)
        def publish_refused(): refused(steals.publish, b'ink\\xff', [2.5])
        ",
    )?;
    for call in [
        "put",
        "replaced",
        "keyed",
        "filed",
        "filed_anew",
        "entry",
        "publish",
        "put_refused",
        "replaced_refused",
        "keyed_refused",
        "key_refused",
        "filed_refused",
        "no_list_refused",
        "entry_refused",
        "publish_refused",
    ] {
        py.memory(call, &mut judge.random)?.is_given_back()?;
    }
    Ok(())
}

fn methods_of_the_things_may_raise(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    py.run(
        "
        class Thing: pass

        class Unplaced(Thing):
            def __index__(self): raise LookupError('no place')

        class Unhashed(Thing):
            def __hash__(self): raise LookupError('no hash')

        class Unequal(Thing):
            def __hash__(self): return 7
            def __eq__(self, other): raise LookupError('no comparison')

        class Unwritten(Thing):
            def __repr__(self): raise LookupError('no text')

        class Third(Thing):
            def __init__(self, answer): self.answer, self.asked = answer, 0
            def __call__(self, item):
                self.asked += 1
                if self.asked % 3 == 0: return self.answer()
                return item

        def put_nowhere(): return [Thing()], Unplaced(), Thing()
        def replaced_nowhere(): return (Thing(),), Unplaced(), Thing()
        def keyed_unhashed(): return Third(Unhashed), (Thing(), Thing(), Thing())
        def keyed_unequal(): return (lambda key: key), (Unequal(), Unequal())
        def filed_unhashed(): return {}, Unhashed(), Thing()
        def filed_unequal(): return {Unequal(): [Thing()]}, Unequal(), Thing()
        def entry_unhashed(): return Unhashed(), float('1.25')
        def entry_unwritten(): return Thing(), Unwritten()
        def raising(call, make): return call(*make())
        ",
    )?;
    for (call, make) in [
        ("steals.put", "put_nowhere"),
        ("steals.replaced", "replaced_nowhere"),
        ("steals.keyed", "keyed_unhashed"),
        ("steals.keyed", "keyed_unequal"),
        ("steals.filed", "filed_unhashed"),
        ("steals.filed", "filed_unequal"),
        ("steals.entry", "entry_unhashed"),
        ("steals.entry", "entry_unwritten"),
    ] {
        py.references(call, make)?.are_balanced()?;
        py.call(&format!("(lambda: raising({call}, {make}))"), &[])?
            .raises("LookupError")?;
    }
    Ok(())
}

fn survives_faults_elsewhere(judge: &mut Judge) -> Verdict {
    let scene = "
        class Thing: pass
        class At(Thing):
            def __init__(self, at): self.at = (at, 'place')
            def __index__(self): return self.at[0]
        def the_one(): return [Thing()], At(0), Thing()
        def the_last(): return (Thing(), Thing(), Thing(), Thing()), At(3), Thing()
        def equal_keys(): return (lambda thing: 'ink'), (Thing(), Thing(), Thing())
        def no_items(): return (lambda thing: thing), ()
        def a_long_list(): return {'ink': [Thing() for _ in range(40)]}, 'ink', Thing()
        def key_and_thing(): return (Thing(), Thing()), Thing()
        def file_beside(key, thing): steals.filed({'ink': [Thing()]}, key, thing)
        def a_number(): return (Thing(),), len('ink') * 1000
        ";
    for (call, make) in [
        ("steals.put", "the_one"),
        ("steals.replaced", "the_last"),
        ("steals.keyed", "equal_keys"),
        ("steals.keyed", "no_items"),
        ("steals.filed", "a_long_list"),
        ("file_beside", "key_and_thing"),
        ("steals.entry", "a_number"),
    ] {
        let mut py = judge.module_with_faults()?;
        py.run(scene)?;
        py.survives_every_fault("steals", call, make)?;
    }
    Ok(())
}

fn containers_hold_what_they_were_given(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    py.run(
        "
        import gc, weakref

        class Thing: pass

        def alive(container, put):
            'Whether a thing is there once it was put, and whether it goes with the container.'
            thing = Thing()
            watch = weakref.ref(thing)
            held = put(container, thing)
            del thing
            gc.collect()
            there = watch() is not None
            container.clear()
            del held
            gc.collect()
            return there, watch() is not None

        def put_in(items, thing): steals.put(items, 0, thing)
        def file_in(table, thing): steals.filed(table, 'ink', thing)
        def replaced_in(items, thing): items.append(steals.replaced((1, 2), 0, thing))
        def keyed_in(table, thing): table.update(steals.keyed(str, (thing, 'ink')))

        def put_alive(): return alive([1], put_in)
        def filed_alive(): return alive({}, file_in)
        def replaced_alive(): return alive([], replaced_in)
        def keyed_alive(): return alive({}, keyed_in)

        def published_alive():
            thing = Thing()
            watch = weakref.ref(thing)
            steals.publish(b'ink', thing)
            del thing
            there = watch() is not None and steals.ink is watch()
            steals.publish(b'ink', 7)
            gc.collect()
            return there, watch() is not None
        ",
    )?;
    for call in [
        "put_alive",
        "filed_alive",
        "replaced_alive",
        "keyed_alive",
        "published_alive",
    ] {
        py.call(call, &[])?
            .returns(Value::Tuple(vec![true.into(), false.into()]))?;
    }
    Ok(())
}
