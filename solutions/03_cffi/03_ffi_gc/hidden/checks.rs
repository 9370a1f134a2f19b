//! What `ffi_gc` has to prove besides.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("any_order_of_goodbyes", any_order_of_goodbyes)
        .check(
            "an_exception_in_a_with_block_closes",
            an_exception_in_a_with_block_closes,
        )
        .check("a_cycle_is_freed_once", a_cycle_is_freed_once)
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
        archives, readers, pages = {}, {}, {}

        def look():
            gc.collect()
            said = books.archive_trouble()
            alive = books.archives_alive(), books.readers_alive(), books.pages_alive()
            return said.decode() if said else list(alive)
        ",
    )?;
    Ok(py)
}

/// The library noticed no misuse, and so many archives, readers and pages are alive.
fn alive(py: &mut Subject, expected: [i64; 3], when: &str) -> Verdict {
    match py.call("look", &[])?.value()? {
        Value::Str(trouble) => Err(Failure::new(
            Kind::WrongValue,
            format!("{when}, the library complains: {trouble}"),
        )),
        found if found == Value::from(expected) => Ok(()),
        found => Err(Failure::new(
            Kind::LeakedMemory,
            format!("{when}, other things are alive than should be"),
        )
        .expected(
            format!("archives, readers, pages: {}", Value::from(expected)),
            found,
        )),
    }
}

/// What ought to be there.
#[derive(Default)]
struct Model {
    archives: Vec<Archive>,
    /// The archive that each reader reads, while it is alive.
    readers: Vec<Option<usize>>,
    /// Whether a page is Python's own.
    pages: Vec<bool>,
}

struct Archive {
    open: bool,
    room: i64,
    count: i64,
}

impl Model {
    fn alive(&self) -> [i64; 3] {
        let stays =
            |(at, archive): &(usize, &Archive)| archive.open || self.readers.contains(&Some(*at));
        let staying: Vec<&Archive> = self
            .archives
            .iter()
            .enumerate()
            .filter(stays)
            .map(|(_, archive)| archive)
            .collect();
        let within: i64 = staying.iter().map(|archive| archive.count).sum();
        let own = self.pages.iter().filter(|own| **own).count() as i64;
        let readers = self.readers.iter().flatten().count() as i64;
        [staying.len() as i64, readers, within + own]
    }
}

fn any_order_of_goodbyes(judge: &mut Judge) -> Verdict {
    let mut py = opened(judge)?;
    let mut model = Model::default();
    for _ in 0..120 {
        let pick = |judge: &mut Judge, from: Vec<usize>| match from.len() as i64 {
            0 => None,
            many => Some(from[judge.random.within(0..many) as usize]),
        };
        let archives: Vec<usize> = (0..model.archives.len())
            .filter(|at| model.archives[*at].open)
            .collect();
        let readers: Vec<usize> = (0..model.readers.len())
            .filter(|at| model.readers[*at].is_some())
            .collect();
        let pages: Vec<usize> = (0..model.pages.len())
            .filter(|at| model.pages[*at])
            .collect();
        let (archive, reader, page) = (
            pick(judge, archives),
            pick(judge, readers),
            pick(judge, pages),
        );
        let by_name = judge.random.within(0..2) == 1;
        let step = match (judge.random.within(0..8), archive, reader, page) {
            (0, ..) => {
                let room = judge.random.within(1..4);
                model.archives.push(Archive {
                    open: true,
                    room,
                    count: 0,
                });
                let at = model.archives.len() - 1;
                format!("archives[{at}] = ffi_gc.Archive({room})")
            }
            (1, Some(archive), ..) => {
                model.readers.push(Some(archive));
                let at = model.readers.len() - 1;
                format!("readers[{at}] = ffi_gc.Reader(archives[{archive}])")
            }
            (2, ..) => {
                model.pages.push(true);
                let at = model.pages.len() - 1;
                format!("pages[{at}] = ffi_gc.Page({at})")
            }
            (3 | 4, Some(archive), _, Some(page)) => {
                let into = &mut model.archives[archive];
                if into.count < into.room {
                    into.count += 1;
                    model.pages[page] = false;
                    format!("archives[{archive}].add(pages[{page}])")
                } else {
                    py.eval(&format!("archives[{archive}].add(pages[{page}])"))?
                        .raises("RuntimeError")?;
                    format!("pages[{page}].number")
                }
            }
            (5, Some(archive), ..) => {
                model.archives[archive].open = false;
                match by_name {
                    true => format!("del archives[{archive}]"),
                    false => format!("archives[{archive}].close()"),
                }
            }
            (6, _, Some(reader), _) => {
                model.readers[reader] = None;
                match by_name {
                    true => format!("del readers[{reader}]"),
                    false => format!("readers[{reader}].close()"),
                }
            }
            (7, _, _, Some(page)) => {
                model.pages[page] = false;
                format!("del pages[{page}]")
            }
            _ => continue,
        };
        py.run(&step)?;
        alive(&mut py, model.alive(), &format!("after `{step}`"))?;
    }
    // Readers first: nobody promised an order for what goes at once.
    py.run("readers.clear(), archives.clear(), pages.clear()")?;
    alive(&mut py, [0, 0, 0], "after the last names were deleted")
}

fn an_exception_in_a_with_block_closes(judge: &mut Judge) -> Verdict {
    let number = judge.random.within(1..1 << 40);
    let mut py = opened(judge)?;
    py.run(
        "
        kept = []

        def fail(number):
            with ffi_gc.Archive(2) as archive, ffi_gc.Reader(archive) as reader:
                archive.add(ffi_gc.Page(number))
                kept.append((archive, reader))
                raise LookupError(reader.next())
        ",
    )?;
    py.call("fail", &args![number])?
        .raises("LookupError")?
        .with_args(&args![number])?;
    alive(&mut py, [0, 0, 0], "after an exception in a `with` block")?;
    py.run("kept.clear()")?;
    alive(
        &mut py,
        [0, 0, 0],
        "after that, when all names were deleted",
    )
}

fn a_cycle_is_freed_once(judge: &mut Judge) -> Verdict {
    let many = judge.random.within(2..9);
    let mut py = opened(judge)?;
    py.run(
        "
        def ring(closed):
            archive, page = ffi_gc.Archive(1), ffi_gc.Page(7)
            archive.other, page.other = page, archive
            if closed:
                archive.close()
        ",
    )?;
    for round in 0..many {
        py.call("ring", &args![round % 2 == 0])?.returns(())?;
    }
    alive(&mut py, [0, 0, 0], "after the collector has found a cycle")
}
