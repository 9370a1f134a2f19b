//! What `new_or_borrowed` has to prove besides.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("total_takes_any_sequence", total_takes_any_sequence)
        .check("each_takes_any_iterable", each_takes_any_iterable)
        .check(
            "results_can_be_released_many_times_over",
            results_can_be_released_many_times_over,
        )
        .check("refusals_are_balanced", refusals_are_balanced)
        .run()
}

fn total_takes_any_sequence(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    py.run(
        "
        class Shelf:
            def __init__(self, first, second): self.first, self.second = first, second
            def __len__(self): return 2
            def __getitem__(self, at): return self.second if at else self.first

        def numbers(): return (tuple(n * 1000 for n in (1, 2)),)
        def shelf(): return (Shelf(*(n * 1000 for n in (1, 2))),)
        def broken_shelf(): return (Shelf(len('ab') * 1000, object()),)
        def sum_of(first, second): return new_or_borrowed.total(Shelf(first, second))
        ",
    )?;
    for make in ["numbers", "shelf", "broken_shelf"] {
        py.references("new_or_borrowed.total", make)?
            .are_balanced()?;
    }
    let (a, b) = (
        judge.random.within(-9000..9000),
        judge.random.within(-9000..9000),
    );
    py.call("sum_of", &args![a, b])?.returns(a + b)?;
    py.call("new_or_borrowed.total", &args![Vec::<i64>::new()])?
        .returns(0)?;
    py.call("new_or_borrowed.total", &args![[-1, 0]])?
        .returns(-1)
}

fn each_takes_any_iterable(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    py.run(
        "
        class Thing: pass

        class Again:
            def __init__(self, things, fails): self.things, self.fails = things, fails
            def __iter__(self):
                yield from self.things
                if self.fails: raise KeyError('no more')

        def things(): return (lambda thing: thing), (Thing(), Thing())
        def again():
            thing = Thing()
            return (lambda _: thing), Again([thing], False)
        def broken():
            thing = Thing()
            return (lambda _: thing), Again([thing], True)
        def out_of(numbers): return new_or_borrowed.each(lambda n: n + 1, (n for n in numbers))
        ",
    )?;
    for make in ["things", "again", "broken"] {
        py.references("new_or_borrowed.each", make)?
            .are_balanced()?;
    }
    let n = judge.random.within(300..9000);
    py.call("out_of", &args![[n, 0]])?.returns([n + 1, 1])?;
    py.call("out_of", &args![Vec::<i64>::new()])?
        .returns(Vec::<i64>::new())?;
    py.call("new_or_borrowed.each", &args![1, 2])?
        .raises("TypeError")
        .map(drop)
}

fn results_can_be_released_many_times_over(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    py.run(
        "
        class Named: name = 3.25
        table = {'ink': [1, 2], 'size': 9}
        def total(): new_or_borrowed.total(range(10 ** 6, 10 ** 6 + 3))
        def label(): new_or_borrowed.label(Named)
        def each(): new_or_borrowed.each(float, '123')
        def tagged(): new_or_borrowed.tagged(1, 2.5)
        def length_at(): new_or_borrowed.length_at(table, 'ink')
        ",
    )?;
    for call in ["total", "label", "each", "tagged", "length_at"] {
        py.memory(call, &mut judge.random)?.is_given_back()?;
    }
    Ok(())
}

fn refusals_are_balanced(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    py.run(
        "
        class Thing: pass
        def one(): return (Thing(),)
        def two(): return Thing(), Thing()
        def unhashable(): return {Thing(): []}, []
        ",
    )?;
    for (call, make) in [
        ("new_or_borrowed.total", "one"),
        ("new_or_borrowed.last", "one"),
        ("new_or_borrowed.length_at", "two"),
        ("new_or_borrowed.length_at", "unhashable"),
        ("new_or_borrowed.each", "two"),
    ] {
        py.references(call, make)?.are_balanced()?;
    }
    py.call("new_or_borrowed.last", &args!["text"])?
        .raises("TypeError")?;
    py.call("new_or_borrowed.length_at", &args![[1], 0])?
        .raises("TypeError")
        .map(drop)
}
