//! What `extract` has to prove besides.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check(
            "errors_of_the_arguments_come_through",
            errors_of_the_arguments_come_through,
        )
        .check("items_of_many_kinds", items_of_many_kinds)
        .check("references_stay_balanced", references_stay_balanced)
        .run()
}

/// An answer that takes an error for the end, or for nothing, is refused.
fn errors_of_the_arguments_come_through(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    py.run(
        "
        import collections.abc

        def torn(numbers):
            yield from numbers
            raise ConnectionError('torn')

        def first_of_a_torn_stream(numbers, limit):
            return extract.first_above(torn(numbers), limit, 'nothing')

        class Locked(collections.abc.Sequence):
            def __len__(self):
                return 9
            def __getitem__(self, at):
                raise PermissionError('locked')

        def stop(place):
            raise StopAsyncIteration(place)
        ",
    )?;
    let limit = judge.random.within(10..99);
    let low = [limit - 1, limit - 2];
    py.call("first_of_a_torn_stream", &args![low, limit])?
        .raises("ConnectionError")?;
    py.call(
        "first_of_a_torn_stream",
        &args![[limit - 1, limit + 1], limit],
    )?
    .returns(limit + 1)?;
    let with_text = args![limit - 1, "a text", limit + 1].to_vec();
    py.call("extract.first_above", &args![with_text, limit])?
        .raises("TypeError")?;
    py.eval("extract.page_at(Locked(), 2)")?
        .raises("PermissionError")?;
    py.eval("extract.newlines(b'one\\ntwo\\n', stop)")?
        .raises("StopAsyncIteration")?
        .with_args(&args![3])
        .map(drop)
}

fn items_of_many_kinds(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    py.run(
        "
        import collections

        class Title(str):
            pass

        def longest_of_a_kind(words):
            titles = [Title(word) for word in words]
            return type(extract.longest(titles)).__name__

        def first_of_all_kinds(low, high):
            numbers = [low, high]
            kinds = [tuple(numbers), {low: 'x', high: 'y'}, iter(numbers), collections.deque(numbers)]
            return [extract.first_above(kind, low) for kind in kinds]

        def look_up_in_a_counter(word):
            return extract.look_up(collections.Counter([word, word, 7]), word)
        ",
    )?;
    let (word, low) = (judge.random.word(), judge.random.within(300..900));
    py.call(
        "longest_of_a_kind",
        &args![[word.clone(), format!("{word}s")]],
    )?
    .returns("Title")?;
    py.call("first_of_all_kinds", &args![low, low + 1])?
        .returns([low + 1; 4])?;
    py.call("look_up_in_a_counter", &args![word])?.returns(2)
}

fn references_stay_balanced(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    let word = judge.random.word();
    py.run(&format!(
        "
        def words():
            return [''.join(['{word}', str(at)]) for at in range(1000, 1005)]

        def for_look_up():
            index = dict.fromkeys(words(), 70_000)
            return index, words()[2]

        def for_page_at():
            return [70_000 + at for at in range(5)], 70_001

        def page_at(pages, at):
            return extract.page_at(pages, at - 70_000)

        def for_first_above():
            return [70_000 + at for at in range(5)], 70_002, object()

        def for_no_first():
            return [70_000 + at for at in range(5)], 90_000, object()

        def for_longest():
            return (words(),)

        def for_newlines():
            return ''.join(['{word}', ' 1 ', ' 2 ']).encode(), lambda place: None
        "
    ))?;
    for (call, make) in [
        ("extract.look_up", "for_look_up"),
        ("page_at", "for_page_at"),
        ("extract.first_above", "for_first_above"),
        ("extract.first_above", "for_no_first"),
        ("extract.longest", "for_longest"),
        ("extract.newlines", "for_newlines"),
    ] {
        py.references(call, make)?.are_balanced()?;
    }
    Ok(())
}
