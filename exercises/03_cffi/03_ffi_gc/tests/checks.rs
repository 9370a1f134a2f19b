//! What `ffi_gc` has to prove.
//!
//! The library counts what is alive and keeps the first misuse that it notices.
//! Both are asked through ctypes, past the learner's binding.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("what_is_dropped_is_freed", what_is_dropped_is_freed)
        .check(
            "closed_and_then_dropped_is_freed_once",
            closed_and_then_dropped_is_freed_once,
        )
        .check("a_reader_keeps_its_archive", a_reader_keeps_its_archive)
        .check(
            "a_constructor_that_fails_leaves_nothing",
            a_constructor_that_fails_leaves_nothing,
        )
        .check(
            "a_page_that_c_took_is_freed_by_c",
            a_page_that_c_took_is_freed_by_c,
        )
        .check(
            "a_page_that_c_refused_stays_ours",
            a_page_that_c_refused_stays_ours,
        )
        .run()
}

/// A Python with the learner's binding over the library, and the library's books.
fn opened(judge: &mut Judge) -> Verdict<Subject> {
    let library = judge.companion()?;
    let mut py = judge.module()?;
    py.call(
        "ffi_gc.load",
        &args![library.to_string_lossy().into_owned()],
    )?
    .value()?;
    py.load_library("books", &library)?;
    py.run(
        "
        import ctypes, gc
        books.archive_trouble.restype = ctypes.c_char_p

        def alive():
            gc.collect()
            return [books.archives_alive(), books.readers_alive(), books.pages_alive()]

        def trouble():
            said = books.archive_trouble()
            return said and said.decode()
        ",
    )?;
    Ok(py)
}

/// So many archives, readers and pages are alive, and the library noticed no misuse.
fn alive(py: &mut Subject, expected: [i64; 3], when: &str) -> Verdict {
    if let Value::Str(trouble) = py.call("trouble", &[])?.value()? {
        let message = format!("{when}, the library complains: {trouble}");
        return Err(Failure::new(Kind::WrongValue, message));
    }
    let alive = py.call("alive", &[])?.value()?;
    let counts = |value: &Value| -> Option<Vec<i64>> {
        let Value::List(counts) = value else {
            return None;
        };
        counts.iter().map(|n| n.to_string().parse().ok()).collect()
    };
    let alive = counts(&alive).ok_or_else(|| Failure::fault(format!("no counts: {alive}")))?;
    for (noun, expected, alive) in [
        ("archives", expected[0], alive[0]),
        ("readers", expected[1], alive[1]),
        ("pages", expected[2], alive[2]),
    ] {
        let failure = match alive - expected {
            0 => continue,
            1.. => Failure::new(
                Kind::LeakedMemory,
                format!("{when}, there are {noun} that nobody will free"),
            ),
            _ => Failure::new(
                Kind::WrongValue,
                format!("{when}, there are {noun} that were freed too early"),
            ),
        };
        return Err(failure.expected(
            format!("{noun} alive: {expected}"),
            format!("{noun} alive: {alive}"),
        ));
    }
    Ok(())
}

fn what_is_dropped_is_freed(judge: &mut Judge) -> Verdict {
    let many = judge.random.within(2..9);
    let number = judge.random.within(1..1 << 40);
    let mut py = opened(judge)?;
    py.run(&format!(
        "
        def make():
            archives = [ffi_gc.Archive(3) for _ in range({many})]
            pages = [ffi_gc.Page({number} + at) for at in range(2 * {many})]
            return archives, [ffi_gc.Reader(archive) for archive in archives], pages
        "
    ))?;
    py.call_into("made", "make", &[])?;
    let all = [many, many, 2 * many];
    alive(&mut py, all, "while all of them are still in use")?;
    py.eval("made[2][-1].number")?
        .returns(number + 2 * many - 1)?;
    py.run("del made")?;
    alive(&mut py, [0, 0, 0], "after the last name was deleted")
}

fn closed_and_then_dropped_is_freed_once(judge: &mut Judge) -> Verdict {
    let number = judge.random.within(1..1 << 40);
    let mut py = opened(judge)?;
    py.run(
        "
        def use(number):
            with ffi_gc.Archive(2) as archive:
                archive.add(ffi_gc.Page(number))
                with ffi_gc.Reader(archive) as reader:
                    read = reader.next(), reader.next()
            return archive, reader, read
        ",
    )?;
    py.call_into("used", "use", &args![number])?;
    alive(
        &mut py,
        [0, 0, 0],
        "behind the `with` blocks, which close what they opened",
    )?;
    py.eval("used[2]")?
        .returns(Value::Tuple(vec![number.into(), Value::None]))?;
    py.eval("(used[0].close(), used[1].close(), used[0].close())")?
        .value()?;
    alive(&mut py, [0, 0, 0], "after a second `close()`")?;
    py.eval("used[1].next()")?.raises("ValueError")?;
    py.eval("ffi_gc.Reader(used[0])")?.raises("ValueError")?;
    py.run("del used")?;
    alive(
        &mut py,
        [0, 0, 0],
        "after `close()`, when the last name was deleted",
    )?;
    // Whatever else has a reader's pointer, `close` is now.
    py.run(
        "
        archive = ffi_gc.Archive(1)
        reader = ffi_gc.Reader(archive)
        held = list(vars(reader).values())
        reader.close()
        ",
    )?;
    alive(
        &mut py,
        [1, 0, 0],
        "after `reader.close()`, with the reader's pointer in a list",
    )?;
    py.run("del held, reader, archive")?;
    alive(&mut py, [0, 0, 0], "after that list was deleted, too")
}

fn a_reader_keeps_its_archive(judge: &mut Judge) -> Verdict {
    let number = judge.random.within(1..1 << 40);
    let mut py = opened(judge)?;
    py.run(
        "
        def reader_of(number, close):
            archive = ffi_gc.Archive(2)
            archive.add(ffi_gc.Page(number))
            reader = ffi_gc.Reader(archive)
            if close:
                archive.close()
            return reader
        ",
    )?;
    for close in [false, true] {
        py.call_into("reader", "reader_of", &args![number, close])?;
        let when = match close {
            false => "when a reader is all that is left of its archive",
            true => "when `archive.close()` was called with a reader still open",
        };
        alive(&mut py, [1, 1, 1], when)?;
        py.eval("(reader.next(), reader.next())")?
            .returns(Value::Tuple(vec![number.into(), Value::None]))?;
        py.run("del reader")?;
        alive(&mut py, [0, 0, 0], "after the last reader was deleted")?;
    }
    py.run(
        "
        first, second = (lambda archive: (ffi_gc.Reader(archive), ffi_gc.Reader(archive)))(ffi_gc.Archive(1))
        first.close()
        ",
    )?;
    alive(
        &mut py,
        [1, 1, 0],
        "after the first of two readers was closed",
    )?;
    py.run("second.close()")?;
    alive(&mut py, [0, 0, 0], "after both readers were closed")
}

fn a_constructor_that_fails_leaves_nothing(judge: &mut Judge) -> Verdict {
    let room = judge.random.within(-9..1);
    let mut py = opened(judge)?;
    for _ in 0..judge.random.within(2..6) {
        py.call("ffi_gc.Archive", &args![room])?
            .raises("ValueError")?;
    }
    alive(&mut py, [0, 0, 0], "after `Archive(…)` raised")?;
    // What closes every archive at once leaves nothing either, and is of no use.
    py.run("archive = ffi_gc.Archive(1)")?;
    alive(&mut py, [1, 0, 0], "after `Archive(1)` was made")
}

fn a_page_that_c_took_is_freed_by_c(judge: &mut Judge) -> Verdict {
    let number = judge.random.within(1..1 << 40);
    let mut py = opened(judge)?;
    py.run(&format!(
        "
        archive, page = ffi_gc.Archive(5), ffi_gc.Page({number})
        archive.add(page)
        "
    ))?;
    py.eval("page.number")?.raises("ValueError")?;
    py.eval("archive.add(page)")?.raises("ValueError")?;
    alive(&mut py, [1, 0, 1], "after `archive.add(page)`")?;
    py.run("del page")?;
    alive(
        &mut py,
        [1, 0, 1],
        "after `archive.add(page)`, when Python's page was deleted",
    )?;
    py.eval("ffi_gc.Reader(archive).next()")?.returns(number)?;
    py.run("del archive")?;
    alive(&mut py, [0, 0, 0], "after the archive was deleted")
}

fn a_page_that_c_refused_stays_ours(judge: &mut Judge) -> Verdict {
    let number = judge.random.within(1..1 << 40);
    let mut py = opened(judge)?;
    py.run(&format!(
        "
        archive, page = ffi_gc.Archive(1), ffi_gc.Page({number})
        archive.add(ffi_gc.Page(0))
        "
    ))?;
    py.eval("archive.add(page)")?.raises("RuntimeError")?;
    py.eval("page.number")?.returns(number)?;
    py.run("del archive")?;
    alive(
        &mut py,
        [0, 0, 1],
        "when a full archive has refused a page and was deleted",
    )?;
    py.eval("page.number")?.returns(number)?;
    py.run("del page")?;
    alive(&mut py, [0, 0, 0], "when the refused page was deleted, too")
}
