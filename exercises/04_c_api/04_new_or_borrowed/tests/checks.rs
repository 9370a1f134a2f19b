//! What `new_or_borrowed` has to prove.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("total_releases_each_item", total_releases_each_item)
        .check(
            "last_hands_out_its_own_reference",
            last_hands_out_its_own_reference,
        )
        .check(
            "length_at_leaves_the_value_alone",
            length_at_leaves_the_value_alone,
        )
        .check("label_releases_the_name", label_releases_the_name)
        .check("each_releases_what_was_made", each_releases_what_was_made)
        .check(
            "tagged_owns_what_it_gives_away",
            tagged_owns_what_it_gives_away,
        )
        .run()
}

/// The module, and a scene in which every object is fresh and mortal.
fn scene(judge: &mut Judge, source: &str) -> Verdict<Subject> {
    let mut py = judge.module()?;
    py.run("class Thing: pass\ndef text(word): return ' '.join([word, 'made', 'here'])")?;
    py.run(source)?;
    Ok(py)
}

fn total_releases_each_item(judge: &mut Judge) -> Verdict {
    let mut py = scene(
        judge,
        "
        def numbers(): return ([n * 1000 for n in range(1, 4)],)
        def a_text_among_them(): return ([len('ab') * 1000, text('seven'), len('abc') * 1000],)
        def too_large(): return ([2 ** n for n in (60, 62, 62)],)
        ",
    )?;
    for make in ["numbers", "a_text_among_them", "too_large"] {
        py.references("new_or_borrowed.total", make)?
            .are_balanced()?;
    }
    let numbers: Vec<i64> = (0..5).map(|_| judge.random.within(-9000..9000)).collect();
    let sum: i64 = numbers.iter().sum();
    py.call("new_or_borrowed.total", &args![numbers])?
        .returns(sum)?;
    py.call(
        "new_or_borrowed.total",
        &args![vec![1.into(), Value::from("seven")]],
    )?
    .raises("TypeError")?;
    py.call("new_or_borrowed.total", &args![[1_i64 << 62; 4]])?
        .raises("OverflowError")
        .map(drop)
}

fn last_hands_out_its_own_reference(judge: &mut Judge) -> Verdict {
    let mut py = scene(judge, "def things(): return ([Thing(), Thing()],)")?;
    py.references("new_or_borrowed.last", "things")?
        .are_balanced()?;
    let items: Vec<i64> = (0..4).map(|_| judge.random.within(300..9000)).collect();
    let expected = items[3];
    py.call("new_or_borrowed.last", &args![items])?
        .returns(expected)?;
    py.call("new_or_borrowed.last", &args![Vec::<i64>::new()])?
        .raises("IndexError")
        .map(drop)
}

fn length_at_leaves_the_value_alone(judge: &mut Judge) -> Verdict {
    let mut py = scene(
        judge,
        "
        def with_length():
            key = Thing()
            return {key: [1, 2, 3]}, key

        def without_length():
            key = Thing()
            return {key: Thing()}, key

        def without_key(): return {Thing(): []}, Thing()
        ",
    )?;
    for make in ["with_length", "without_length", "without_key"] {
        py.references("new_or_borrowed.length_at", make)?
            .are_balanced()?;
    }
    let length = judge.random.within(2..40);
    let table = Value::Dict(vec![
        ("ink".into(), vec![7; length as usize].into()),
        ("size".into(), 9.into()),
    ]);
    py.call("new_or_borrowed.length_at", &[table.clone(), "ink".into()])?
        .returns(length)?;
    py.call("new_or_borrowed.length_at", &[table.clone(), "size".into()])?
        .raises("TypeError")?;
    py.call("new_or_borrowed.length_at", &[table, "paper".into()])?
        .raises("KeyError")?
        .with_args(&["paper".into()])
        .map(drop)
}

fn label_releases_the_name(judge: &mut Judge) -> Verdict {
    let mut py = scene(
        judge,
        "
        def named():
            thing = Thing()
            thing.name = text('a name')
            return (thing,)

        def nameless(): return (Thing(),)

        def label_of(name):
            thing = Thing()
            thing.name = name
            return new_or_borrowed.label(thing)
        ",
    )?;
    for make in ["named", "nameless"] {
        py.references("new_or_borrowed.label", make)?
            .are_balanced()?;
    }
    let name = format!("quill {}", judge.random.within(10..1000));
    py.call("label_of", &args![name.as_str()])?
        .returns(format!("<{name}>"))?;
    py.call("new_or_borrowed.label", &args![7])?
        .raises("AttributeError")
        .map(drop)
}

fn each_releases_what_was_made(judge: &mut Judge) -> Verdict {
    let mut py = scene(
        judge,
        "
        def as_they_are():
            return (lambda thing: thing), [Thing(), Thing()]

        def the_third_fails():
            things = [Thing(), Thing(), Thing()]
            last = things[2]
            def refuse(thing):
                if thing is last: raise ValueError('not this one')
                return thing
            return refuse, things

        def doubled(numbers): return new_or_borrowed.each(lambda n: 2 * n, numbers)
        def refused(numbers): return new_or_borrowed.each(lambda n: 1 // n, numbers)
        ",
    )?;
    for make in ["as_they_are", "the_third_fails"] {
        py.references("new_or_borrowed.each", make)?
            .are_balanced()?;
    }
    let numbers: Vec<i64> = (0..4).map(|_| judge.random.within(1..9000)).collect();
    let doubled: Vec<i64> = numbers.iter().map(|n| 2 * n).collect();
    py.call("doubled", &args![numbers])?.returns(doubled)?;
    py.call("refused", &args![[1, 0, 1]])?
        .raises("ZeroDivisionError")
        .map(drop)
}

fn tagged_owns_what_it_gives_away(judge: &mut Judge) -> Verdict {
    let mut py = scene(
        judge,
        "
        class Written(Thing):
            def __repr__(self): return self.text

        def tag_and_thing():
            thing = Written()
            thing.text = text('a thing')
            return Thing(), thing

        def without_text(): return Thing(), Written()
        ",
    )?;
    for make in ["tag_and_thing", "without_text"] {
        py.references("new_or_borrowed.tagged", make)?
            .are_balanced()?;
    }
    let number = judge.random.within(300..9000);
    let pair = Value::Tuple(vec!["ink".into(), number.to_string().into()]);
    py.call("new_or_borrowed.tagged", &args!["ink", number])?
        .returns(pair)
}
