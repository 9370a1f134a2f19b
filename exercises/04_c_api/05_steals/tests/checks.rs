//! What `steals` has to prove.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check(
            "put_lets_the_list_take_its_own",
            put_lets_the_list_take_its_own,
        )
        .check("replaced_fills_with_its_own", replaced_fills_with_its_own)
        .check(
            "keyed_keeps_nothing_for_itself",
            keyed_keeps_nothing_for_itself,
        )
        .check("filed_releases_its_own_list", filed_releases_its_own_list)
        .check(
            "entry_gives_the_text_away_once",
            entry_gives_the_text_away_once,
        )
        .check(
            "publish_releases_what_was_not_taken",
            publish_releases_what_was_not_taken,
        )
        .check("survives_every_fault", survives_every_fault)
        .run()
}

/// Arguments for each function, in which every object is fresh and mortal: a place
/// in a list is no number, since small ones never move, but something with `__index__`.
const SCENE: &str = "
    class Thing: pass

    class At(Thing):
        def __init__(self, at): self.at = (at, 'place')
        def __index__(self): return self.at[0]

    class By(Thing):
        def __init__(self, key): self.key = key
        def __call__(self, item): return self.key

    class Written(Thing):
        def __init__(self, *words): self.text = ' '.join(words)
        def __repr__(self): return self.text

    def into_a_list(): return [Thing(), Thing()], At(1), Thing()
    def behind_a_list(): return [Thing(), Thing()], At(2), Thing()
    def before_a_list(): return [Thing(), Thing()], At(-1), Thing()
    def into_a_tuple(): return (Thing(), Thing(), Thing()), At(1), Thing()
    def behind_a_tuple(): return (Thing(), Thing(), Thing()), At(3), Thing()
    def into_no_tuple(): return [Thing()], At(0), Thing()
    def one_item(): return By(Thing()), (Thing(),)
    def more_items(): return (lambda thing: thing), (Thing(), Thing(), Thing())
    def an_unhashable_key(): return By([Thing()]), (Thing(), Thing())
    def a_list_under_the_key():
        key = Thing()
        return {key: [Thing()]}, key, Thing()
    def no_list_under_the_key():
        key = Thing()
        return {key: Thing()}, key, Thing()
    def a_drawer_for_a_list(): return {Thing(): []}, [Thing()], Thing()
    def key_and_thing(): return Thing(), Thing()
    def file_anew(key, thing): steals.filed({}, key, thing)
    def a_text(): return Thing(), Written('a', 'thing')
    def a_text_under_a_list(): return [Thing()], Written('a', 'thing')
    def a_thing_without_a_text():
        thing = Written('a', 'thing')
        del thing.text
        return Thing(), thing
    def a_name(): return bytes(b'quill'), Thing()
    def no_name(): return bytes([110, 255, 254]), Thing()
    ";

fn with_scene(mut py: Subject) -> Verdict<Subject> {
    py.run(SCENE)?;
    Ok(py)
}

/// Calls a function with what each of these makes, and counts.
fn balanced(py: &mut Subject, call: &str, makes: &[&str]) -> Verdict {
    for make in makes {
        let counted = py.references(call, make)?;
        counted.are_balanced().map_err(|failure| {
            failure.note("it was called with", format!("what `{make}` makes"))
        })?;
    }
    Ok(())
}

fn put_lets_the_list_take_its_own(judge: &mut Judge) -> Verdict {
    let mut py = with_scene(judge.module()?)?;
    py.run(
        "
        def put(items, at, thing): return steals.put(items, at, thing), items
        def is_left_as_it_was(items, at, thing):
            before = list(items)
            try: steals.put(items, at, thing)
            except IndexError: return items == before
        ",
    )?;
    balanced(
        &mut py,
        "steals.put",
        &["into_a_list", "behind_a_list", "before_a_list"],
    )?;
    let mut items: Vec<i64> = (0..4).map(|_| judge.random.within(300..9000)).collect();
    let (at, thing) = (judge.random.within(0..4), judge.random.within(300..9000));
    let given = args![items.clone(), at, thing];
    items[at as usize] = thing;
    let nothing_and_the_list = Value::Tuple(vec![Value::None, items.clone().into()]);
    py.call("put", &given)?.returns(nothing_and_the_list)?;
    for beside in [4, -1] {
        let given = args![items.clone(), beside, thing];
        py.call("put", &given)?.raises("IndexError")?;
        py.call("is_left_as_it_was", &given)?.returns(true)?;
    }
    Ok(())
}

fn replaced_fills_with_its_own(judge: &mut Judge) -> Verdict {
    let mut py = with_scene(judge.module()?)?;
    py.run(
        "
        def replaced(items, at, thing):
            items = tuple(items)
            before = list(items)
            after = steals.replaced(items, at, thing)
            return type(after) is tuple and list(after), list(items) == before
        ",
    )?;
    let makes = ["into_a_tuple", "behind_a_tuple", "into_no_tuple"];
    balanced(&mut py, "steals.replaced", &makes)?;
    let mut items: Vec<i64> = (0..4).map(|_| judge.random.within(300..9000)).collect();
    let (at, thing) = (judge.random.within(0..4), judge.random.within(300..9000));
    let given = args![items.clone(), at, thing];
    items[at as usize] = thing;
    py.call("replaced", &given)?
        .returns(Value::Tuple(vec![items.clone().into(), true.into()]))?;
    for (items, at) in [(items.clone(), 4), (items, -1), (vec![], 0)] {
        py.call("replaced", &args![items, at, thing])?
            .raises("IndexError")?;
    }
    Ok(())
}

fn keyed_keeps_nothing_for_itself(judge: &mut Judge) -> Verdict {
    let mut py = with_scene(judge.module()?)?;
    py.run(
        "
        def keyed(numbers): return steals.keyed(lambda n: n % 10, tuple(numbers))
        def keyed_by_lists(numbers): return steals.keyed(lambda n: [n], tuple(numbers))
        def keyed_by_ratio(numbers): return steals.keyed(lambda n: 1 // n, tuple(numbers))
        ",
    )?;
    let makes = ["one_item", "more_items", "an_unhashable_key"];
    balanced(&mut py, "steals.keyed", &makes)?;
    let n = 10 * judge.random.within(30..900);
    let table = Value::Dict(vec![
        (1.into(), (n + 1).into()),
        (2.into(), (n + 12).into()),
    ]);
    py.call("keyed", &args![[n + 1, n + 2, n + 12]])?
        .returns(table)?;
    py.call("keyed_by_lists", &args![[n]])?
        .raises("TypeError")?;
    py.call("keyed_by_ratio", &args![[n, 0, n]])?
        .raises("ZeroDivisionError")
        .map(drop)
}

fn filed_releases_its_own_list(judge: &mut Judge) -> Verdict {
    let mut py = with_scene(judge.module()?)?;
    py.run(
        "
        def filed(table, key, thing): return steals.filed(table, key, thing), table
        drawers = {1: []}
        def file_again():
            steals.filed(drawers, 1, None)
            drawers[1].clear()

        def refused(table, key):
            try: steals.filed(table, key, None)
            except TypeError: return
            raise AssertionError('filed raised no TypeError')

        def file_where_no_list_is(): refused({1: None}, 1)
        def file_under_no_key(): refused({}, [])
        ",
    )?;
    // The list rightly keeps the thing, once a call.
    py.references("steals.filed", "a_list_under_the_key")?
        .moved_by(&[0, 0, 1])?;
    balanced(&mut py, "file_anew", &["key_and_thing"])?;
    let makes = ["no_list_under_the_key", "a_drawer_for_a_list"];
    balanced(&mut py, "steals.filed", &makes)?;
    // Of the list that it made nobody else knows, so only the memory can tell.
    for call in ["file_again", "file_where_no_list_is", "file_under_no_key"] {
        py.memory(call, &mut judge.random)?.is_given_back()?;
    }

    let (first, second) = (
        judge.random.within(300..9000),
        judge.random.within(300..9000),
    );
    let table = |items: &[i64]| Value::Dict(vec![("ink".into(), items.to_vec().into())]);
    let nothing_and = |table| Value::Tuple(vec![Value::None, table]);
    let empty = Value::Dict(vec![]);
    py.call("filed", &[empty.clone(), "ink".into(), first.into()])?
        .returns(nothing_and(table(&[first])))?;
    py.call("filed", &[table(&[first]), "ink".into(), second.into()])?
        .returns(nothing_and(table(&[first, second])))?;
    py.call("filed", &[empty, vec![first].into(), second.into()])?
        .raises("TypeError")?;
    let no_list = Value::Dict(vec![("ink".into(), first.into())]);
    py.call("filed", &[no_list, "ink".into(), second.into()])?
        .raises("TypeError")
        .map(drop)
}

fn entry_gives_the_text_away_once(judge: &mut Judge) -> Verdict {
    let mut py = with_scene(judge.module()?)?;
    let makes = ["a_text", "a_text_under_a_list", "a_thing_without_a_text"];
    balanced(&mut py, "steals.entry", &makes)?;
    let n = judge.random.within(300..9000);
    let entry = Value::Dict(vec![("ink".into(), n.to_string().into())]);
    py.call("steals.entry", &args!["ink", n])?.returns(entry)?;
    py.call("steals.entry", &args![[n], n])?
        .raises("TypeError")
        .map(drop)
}

fn publish_releases_what_was_not_taken(judge: &mut Judge) -> Verdict {
    let mut py = with_scene(judge.module()?)?;
    py.run(
        "
        def publish(name, thing):
            before = dict(vars(steals))
            try: steals.publish(name, thing)
            finally: after = [name for name in vars(steals) if name not in before]
            return [(name, getattr(steals, name)) for name in after]
        ",
    )?;
    let thing = judge.random.within(300..9000);
    let name = format!("ink_{}", judge.random.within(300..9000));
    let published = Value::Tuple(vec![name.as_str().into(), thing.into()]);
    balanced(&mut py, "steals.publish", &["a_name", "no_name"])?;
    py.call("publish", &[Value::Bytes(name.into_bytes()), thing.into()])?
        .returns(vec![published])?;
    py.call("publish", &[Value::Bytes(vec![110, 255]), thing.into()])?
        .raises("UnicodeDecodeError")
        .map(drop)
}

fn survives_every_fault(judge: &mut Judge) -> Verdict {
    for (call, make) in [
        ("steals.put", "into_a_list"),
        ("steals.replaced", "into_a_tuple"),
        ("steals.keyed", "more_items"),
        ("steals.filed", "a_list_under_the_key"),
        ("file_anew", "key_and_thing"),
        ("steals.entry", "a_text"),
    ] {
        let mut py = with_scene(judge.module_with_faults()?)?;
        py.survives_every_fault("steals", call, make)?;
    }
    Ok(())
}
