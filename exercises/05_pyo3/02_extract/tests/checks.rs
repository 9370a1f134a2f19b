//! What `extract` has to prove.
//!
//! Nothing here looks at a clock. The arguments count for themselves: a `Page` how
//! often it is converted, a `Shelf` how often an item is fetched, a `Word` how often
//! it is hashed and compared. The probe says how much memory is in use.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("answers", answers)
        .check("look_up_reads_one_entry", look_up_reads_one_entry)
        .check("page_at_fetches_one_item", page_at_fetches_one_item)
        .check(
            "first_above_stops_where_it_can",
            first_above_stops_where_it_can,
        )
        .check(
            "longest_gives_back_the_title_itself",
            longest_gives_back_the_title_itself,
        )
        .check("newlines_copies_nothing", newlines_copies_nothing)
        .check("refuses_what_it_looks_at", refuses_what_it_looks_at)
        .run()
}

/// The module, and arguments that count what is done to them.
fn desk(judge: &Judge) -> Verdict<Subject> {
    let mut py = judge.module()?;
    py.run(
        "
        import collections.abc

        class Page:
            converted = 0
            def __init__(self, value):
                self.value = value
            def __index__(self):
                Page.converted += 1
                return self.value

        class Shelf(collections.abc.Sequence):
            def __init__(self, items):
                self.items, self.fetched = items, 0
            def __len__(self):
                return len(self.items)
            def __getitem__(self, at):
                item = self.items[at]
                self.fetched += 1
                return item

        class Word(str):
            hashed = compared = 0
            def __hash__(self):
                Word.hashed += 1
                return str.__hash__(self)
            def __eq__(self, other):
                Word.compared += 1
                return str.__eq__(self, other)

        def find_newlines(data):
            places = []
            extract.newlines(data, places.append)
            return places
        ",
    )?;
    Ok(py)
}

/// So many numbers of this range.
fn numbers(judge: &mut Judge, count: i64, range: std::ops::Range<i64>) -> Vec<i64> {
    (0..count)
        .map(|_| judge.random.within(range.clone()))
        .collect()
}

/// Takes the numbers of a scene's list apart.
fn counts<const N: usize>(value: Value) -> Verdict<[i64; N]> {
    let Value::List(items) = &value else {
        return Err(Failure::fault(format!("no list: {value}")));
    };
    let number = |item: &Value| match item {
        Value::Int(n) => n.to_i128().and_then(|n| i64::try_from(n).ok()),
        _ => None,
    };
    let numbers: Option<Vec<i64>> = items.iter().map(number).collect();
    let numbers = numbers.and_then(|numbers| numbers.try_into().ok());
    numbers.ok_or_else(|| {
        Failure::new(Kind::WrongValue, "a count is no number").expected("numbers", value)
    })
}

fn wasteful(message: &str, wanted: &str, got: String) -> Verdict {
    Err(Failure::new(Kind::WrongValue, message).expected(wanted, got))
}

fn answers(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    let (word, page) = (judge.random.word(), judge.random.within(1..900));
    let index = Value::Dict(vec![
        ("plum".into(), 3.into()),
        (word.clone().into(), page.into()),
    ]);
    py.call("extract.look_up", &args![index.clone(), word.clone()])?
        .returns(page)?;
    py.call("extract.look_up", &args![index, word.to_uppercase()])?
        .returns(Value::None)?;

    let pages = vec![page, page + 1, page + 2];
    py.call("extract.page_at", &args![pages.clone(), 1])?
        .returns(page + 1)?;
    py.call("extract.page_at", &args![pages.clone(), 3])?
        .raises("IndexError")?;

    py.call("extract.first_above", &args![pages.clone(), page])?
        .returns(page + 1)?;
    py.call("extract.first_above", &args![pages.clone(), page + 2, -1])?
        .returns(-1)?;
    py.call("extract.first_above", &args![pages, page + 2])?
        .returns(Value::None)?;

    // Counted in characters: the last is the longest in bytes, and not in these.
    let long = format!("{word}{word}");
    let same = long.to_uppercase();
    let wide = format!("ŵ{}", "ö".repeat(word.len() + 1));
    let titles = args![word, long.clone(), same, wide].to_vec();
    py.call("extract.longest", &args![titles])?.returns(long)?;
    py.call("extract.longest", &args![Vec::<Value>::new()])?
        .returns(Value::None)?;

    let data = Value::Bytes(b"one\ntwo\n\nthree".to_vec());
    py.call("find_newlines", &args![data])?.returns([3, 7, 8])
}

fn look_up_reads_one_entry(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    py.run(
        "
        def look_up_counted(words, others, word):
            index = {Word(each): Page(at) for at, each in enumerate(words)}
            index.update((each, each) for each in others)
            word = Word(word)
            Page.converted = Word.hashed = Word.compared = 0
            page = extract.look_up(index, word)
            return [page, Page.converted, Word.hashed, Word.compared]
        ",
    )?;
    let count = judge.random.within(20..40);
    let words: Vec<String> = (0..count)
        .map(|at| format!("{}{at}", judge.random.word()))
        .collect();
    // Not the first: who goes through them all would find that one at once.
    let at = judge.random.within(3..count);
    let word = words[at as usize].clone();
    let nothing = Vec::<Value>::new();
    let asked = args![words.clone(), nothing, word.clone()];
    let [page, converted, hashed, compared] = counts(py.call("look_up_counted", &asked)?.value()?)?;
    if page != at {
        return wasteful(
            "`extract.look_up` found the wrong page",
            &at.to_string(),
            page.to_string(),
        );
    }
    if converted != 1 {
        let message = "`extract.look_up` converted more than the page it was asked for";
        let got = format!("{converted} of {count} pages converted");
        return wasteful(message, "1 page converted", got);
    }
    if compared > 1 {
        let message = "`extract.look_up` compared its word with entry after entry";
        let got = format!("{compared} of {count} words compared");
        return wasteful(message, "the dict finds the entry", got);
    }
    if hashed < 1 {
        let message = "`extract.look_up` looked for another string than its `word`";
        let got = "the dict was asked for a copy".to_owned();
        return wasteful(message, "the dict is asked for `word` itself", got);
    }
    // What lies beside it is nobody's business.
    let others = args![7, Value::Tuple(args![1, "x"].into()), Value::None, "plum"].to_vec();
    let beside = py.call("look_up_counted", &args![words, others, word])?;
    let [page, ..] = counts::<4>(beside.value()?)?;
    if page != at {
        return wasteful(
            "`extract.look_up` found the wrong page",
            &at.to_string(),
            page.to_string(),
        );
    }
    Ok(())
}

fn page_at_fetches_one_item(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    py.run(
        "
        def page_at_counted(pages, at):
            shelf = Shelf([Page(each) for each in pages])
            Page.converted = 0
            page = extract.page_at(shelf, at)
            return [page, shelf.fetched, Page.converted]
        ",
    )?;
    let count = judge.random.within(20..40);
    let pages = numbers(judge, count, 1..900);
    let at = judge.random.within(0..count);
    let answer = py.call("page_at_counted", &args![pages.clone(), at])?;
    let [page, fetched, converted] = counts(answer.value()?)?;
    let right = pages[at as usize];
    if page != right {
        return wasteful(
            "`extract.page_at` gave the wrong page",
            &right.to_string(),
            page.to_string(),
        );
    }
    if (fetched, converted) != (1, 1) {
        let message = "`extract.page_at` fetched more than the item it was asked for";
        let got = format!("of {count} items {fetched} fetched and {converted} converted");
        return wasteful(message, "1 item fetched and converted", got);
    }
    // Nobody needs to make a list of a million numbers to take one out.
    let at = judge.random.within(0..1_000_000);
    py.eval(&format!("extract.page_at(range(7, 1_000_007), {at})"))?
        .returns(at + 7)
}

fn first_above_stops_where_it_can(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    py.run(
        "
        import itertools

        def first_above_counted(numbers, limit):
            shelf = Shelf([Page(each) for each in numbers])
            Page.converted = 0
            first = extract.first_above(shelf, limit)
            at = next((at for at, page in enumerate(shelf.items) if page is first), -1)
            return [at, shelf.fetched, Page.converted]

        def of_a_stream(start, limit):
            numbers = itertools.count(start)
            first = extract.first_above(numbers, limit)
            return [first, next(numbers)]

        def with_a_default(numbers, limit):
            default = object()
            return extract.first_above(numbers, limit, default) is default
        ",
    )?;
    let (count, limit) = (judge.random.within(20..40), judge.random.within(100..900));
    let mut low = numbers(judge, count, 0..99);
    let at = judge.random.within(3..count - 3);
    low[at as usize] = limit + 1;
    let answer = py.call("first_above_counted", &args![low.clone(), limit])?;
    let [found, fetched, converted] = counts(answer.value()?)?;
    if (fetched, converted) != (at + 1, at + 1) {
        let message = "`extract.first_above` took more items than it needed";
        let got = format!("of {count} items {fetched} taken and {converted} converted");
        let wanted = format!("{} items taken and converted", at + 1);
        return wasteful(message, &wanted, got);
    }
    if found != at {
        let message = "`extract.first_above` did not give back the item itself";
        let wanted = format!("the object at place {at}");
        return wasteful(message, &wanted, "another object".to_owned());
    }
    // A stream has no length, and no end either.
    py.call("of_a_stream", &args![limit - 5, limit])?
        .returns([limit + 1, limit + 2])?;
    py.call("with_a_default", &args![[1, 2, 3], limit])?
        .returns(true)
}

fn longest_gives_back_the_title_itself(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    py.run(
        "
        def longest_is_at(titles):
            longest = extract.longest(titles)
            if longest not in titles:
                return 'no title of these'
            return next((at for at, title in enumerate(titles) if title is longest), 'a copy')
        ",
    )?;
    let count = judge.random.within(3..9);
    let mut titles: Vec<String> = (0..count).map(|_| judge.random.word()).collect();
    let at = judge.random.within(0..count);
    titles[at as usize] = format!("{} and {}", judge.random.word(), judge.random.word());
    let answer = py.call("longest_is_at", &args![titles])?.value()?;
    if answer == Value::from("a copy") {
        let message = "`extract.longest` gave back a copy";
        let got = "another string that is equal".to_owned();
        return wasteful(message, &format!("the object at place {at}"), got);
    }
    if answer != Value::from(at) {
        let message = "`extract.longest` gave back the wrong title";
        return wasteful(
            message,
            &format!("the title at place {at}"),
            answer.to_string(),
        );
    }
    Ok(())
}

fn newlines_copies_nothing(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    let probe = py.tools().probe.clone();
    let probe = probe.ok_or_else(|| Failure::fault("the probe is not there"))?;
    py.run(&format!(
        "
        import ctypes

        probe = ctypes.CDLL({:?})
        probe.bindery_bytes_in_use.restype = ctypes.c_int64

        def most_of_all():
            # A copy that is gone again before anybody looks: Linux remembers.
            try:
                with open('/proc/self/status') as status:
                    known = dict(line.split(':', 1) for line in status)
            except OSError:
                return 0
            return int(known.get('VmHWM', '0').split()[0]) * 1024

        def more_in_use(pieces, at):
            # Joined at once: nothing this large has come and gone before.
            pieces = [bytes(4096)] * pieces
            pieces[at // 4096] = b'\\n'.rjust(at % 4096 + 1, b'.').ljust(4096, b'.')
            data = b''.join(pieces)
            places, inside = [], []
            def found(place):
                inside.append(probe.bindery_bytes_in_use())
                places.append(place)
            most, before = most_of_all(), probe.bindery_bytes_in_use()
            extract.newlines(data, found)
            grown = max(inside, default=before) - before
            return [max(grown, most_of_all() - most), len(places), places[0]]
        ",
        probe.to_string_lossy()
    ))?;
    let pieces = judge.random.within(2000..3000);
    let size = pieces * 4096;
    let at = judge.random.within(0..size);
    let answer = py.call("more_in_use", &args![pieces, at])?;
    let [grown, found, place] = counts(answer.value()?)?;
    if (found, place) != (1, at) {
        let message = "`extract.newlines` found the wrong places";
        let got = format!("{found} newlines, the first at {place}");
        return wasteful(message, &format!("1 newline, at {at}"), got);
    }
    if grown >= size / 2 {
        let message = "`extract.newlines` made a copy of the bytes";
        let got = format!("{grown} more in use, for {size} bytes of data");
        return wasteful(message, "no more memory in use while it runs", got);
    }
    Ok(())
}

fn refuses_what_it_looks_at(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    let word = judge.random.word();
    let mut titles: Vec<Value> = (0..9).map(|_| judge.random.word().into()).collect();
    titles.push(7.into());
    let index = Value::Dict(vec![(word.clone().into(), "seven".into())]);
    let by_number = Value::Dict(vec![(1.into(), 7.into())]);
    let bytes = Value::Bytes(vec![word.as_bytes()[0]; 40]);
    let with_bytes = args![word.clone(), bytes].to_vec();
    for (call, args) in [
        ("look_up", args![index, word.clone()].to_vec()),
        ("look_up", args![[1, 2], word.clone()].to_vec()),
        ("look_up", args![Value::Dict(vec![]), 7].to_vec()),
        ("page_at", args![args![1, "two"].to_vec(), 1].to_vec()),
        ("page_at", args![Value::Set(vec![1.into()]), 0].to_vec()),
        ("page_at", args![by_number, 1].to_vec()),
        ("first_above", args![args!["one", 9].to_vec(), 2].to_vec()),
        ("first_above", args![9, 2].to_vec()),
        ("longest", args![titles].to_vec()),
        ("longest", args![with_bytes].to_vec()),
    ] {
        py.call(&format!("extract.{call}"), &args)?
            .raises("TypeError")?;
    }
    py.call("find_newlines", &args![word])?
        .raises("TypeError")
        .map(drop)
}
