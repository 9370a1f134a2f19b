//! What `errcheck` has to prove.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("null_raises", null_raises)
        .check("minus_one_raises", minus_one_raises)
        .check("a_code_raises", a_code_raises)
        .check("results_pass_unchanged", results_pass_unchanged)
        .check("each_error_is_its_own", each_error_is_its_own)
        .check("any_table_will_do", any_table_will_do)
        .run()
}

/// An exception of Python's and the number that leads to it. These numbers are the
/// same on every Unix.
type Error = (&'static str, i64);

const EPERM: Error = ("PermissionError", 1);
const ENOENT: Error = ("FileNotFoundError", 2);
const EACCES: Error = ("PermissionError", 13);
const EBUSY: Error = ("OSError", 16);
const EEXIST: Error = ("FileExistsError", 17);
const ENOTDIR: Error = ("NotADirectoryError", 20);
const EINVAL: Error = ("OSError", 22);
const ENOSPC: Error = ("OSError", 28);

/// A Python in which the learner's `load` has opened the library, as `lib`.
fn library(judge: &mut Judge) -> Verdict<Subject> {
    let mut py = judge.module()?;
    let path = judge.companion()?.to_string_lossy().into_owned();
    py.call_into("lib", "errcheck.load", &args![path])?;
    Ok(py)
}

/// The same with an open depot, as `depot`, and a number that no book has so far.
fn depot(judge: &mut Judge) -> Verdict<(Subject, i64)> {
    let mut py = library(judge)?;
    py.call_into("depot", "lib.depot_open", &[bytes("stacks")])?;
    let opened = py.eval("depot")?.value()?;
    if !matches!(opened, Value::Int(_)) {
        let wrong = "`lib.depot_open(b\"stacks\")` returned the wrong value";
        return Err(Failure::new(Kind::WrongValue, wrong).expected("a depot", opened));
    }
    Ok((py, judge.random.within(1..1 << 40)))
}

fn bytes(text: &str) -> Value {
    Value::Bytes(text.as_bytes().to_vec())
}

/// The call raises this one, made from its number and a text.
fn raises(py: &mut Subject, call: &str, (name, number): Error) -> Verdict {
    let raised = py.eval(call)?.raises(name)?;
    let args = &raised.exception().args;
    match args[..] {
        [ref got, Value::Str(_)] if *got == Value::from(number) => Ok(()),
        _ => Err(Failure::new(
            Kind::WrongError,
            format!("`{call}` raised the wrong exception"),
        )
        .expected(
            format!("`{name}` with the number {number} and a text"),
            format!("`{name}` with {}", Value::Tuple(args.clone())),
        )),
    }
}

fn gives(py: &mut Subject, call: &str, value: impl Into<Value>) -> Verdict {
    py.eval(call)?.returns(value)
}

fn null_raises(judge: &mut Judge) -> Verdict {
    let (mut py, book) = depot(judge)?;
    let nowhere = format!("lib.depot_open({:?})", judge.random.word()).replace("(\"", "(b\"");
    raises(&mut py, &nowhere, ENOENT)?;
    raises(&mut py, "lib.depot_open(b\"vault\")", EACCES)?;
    raises(&mut py, "lib.depot_open(b\"\")", EINVAL)?;
    raises(&mut py, &format!("lib.depot_title(depot, {book})"), ENOENT)
}

fn minus_one_raises(judge: &mut Judge) -> Verdict {
    let (mut py, book) = depot(judge)?;
    raises(&mut py, &format!("lib.depot_weight(depot, {book})"), ENOENT)?;
    raises(
        &mut py,
        &format!("lib.depot_move(depot, {book}, 1)"),
        ENOENT,
    )?;
    gives(&mut py, &format!("lib.depot_put(depot, {book}, 3)"), 3)?;
    let nowhere = judge.random.within(10..99);
    let moved = format!("lib.depot_move(depot, {book}, {nowhere})");
    raises(&mut py, &moved, ENOTDIR)?;
    gives(&mut py, &format!("lib.depot_put(depot, {book}, 97)"), 100)?;
    raises(&mut py, &format!("lib.depot_move(depot, {book}, 1)"), EPERM)
}

fn a_code_raises(judge: &mut Judge) -> Verdict {
    let (mut py, book) = depot(judge)?;
    let copies = judge.random.within(2..90);
    let too_many = 101 + judge.random.within(0..900);
    raises(
        &mut py,
        &format!("lib.depot_take(depot, {book}, 1)"),
        ENOENT,
    )?;
    raises(&mut py, &format!("lib.depot_put(depot, {book}, 0)"), EINVAL)?;
    raises(
        &mut py,
        &format!("lib.depot_put(depot, {book}, {too_many})"),
        ENOSPC,
    )?;
    gives(
        &mut py,
        &format!("lib.depot_put(depot, {book}, {copies})"),
        copies,
    )?;
    let more = copies + 1;
    raises(
        &mut py,
        &format!("lib.depot_take(depot, {book}, {more})"),
        EBUSY,
    )?;
    raises(
        &mut py,
        &format!("lib.depot_take(depot, {book}, -1)"),
        EINVAL,
    )
}

fn results_pass_unchanged(judge: &mut Judge) -> Verdict {
    let (mut py, book) = depot(judge)?;
    let copies = judge.random.within(2..90);
    gives(
        &mut py,
        &format!("lib.depot_put(depot, {book}, {copies})"),
        copies,
    )?;
    let weight = format!("lib.depot_weight(depot, {book})");
    gives(&mut py, &weight, copies * 3_000_000_000)?;
    for floor in [-1, -2, 2] {
        let moved = format!("lib.depot_move(depot, {book}, {floor})");
        gives(&mut py, &moved, 0)?;
        gives(&mut py, &format!("lib.depot_floor(depot, {book})"), floor)?;
    }
    let title = bytes(&format!("Book {book}"));
    gives(&mut py, &format!("lib.depot_title(depot, {book})"), title)?;
    gives(&mut py, "lib.depot_put(depot, 0, 1)", 1)?;
    gives(&mut py, "lib.depot_title(depot, 0)", bytes(""))?;
    gives(&mut py, "lib.depot_note(depot, 0)", ())?;
    let note = format!("lib.depot_note(depot, {book})");
    gives(&mut py, &note, bytes("there is more than one"))?;
    gives(
        &mut py,
        &format!("lib.depot_take(depot, {book}, {copies})"),
        0,
    )?;
    // What passes everything has checked nothing.
    let missing = format!("lib.depot_weight(depot, {})", book + 1);
    raises(&mut py, &missing, ENOENT)?;
    gives(&mut py, "lib.depot_close(depot)", ())
}

fn each_error_is_its_own(judge: &mut Judge) -> Verdict {
    let (mut py, book) = depot(judge)?;
    // From now on a system call that fails, with ENOENT, is made whenever a function
    // begins that is written in Python: as a debugger, a profiler or a finalizer would
    // make it.
    py.run(
        "
        import os
        import sys

        def meddle(frame, event, argument):
            if event == 'call':
                os.access('nowhere at all', os.F_OK)

        def amid_system_calls(function):
            sys.setprofile(meddle)
            try:
                return function()
            finally:
                sys.setprofile(None)
        ",
    )?;
    gives(&mut py, &format!("lib.depot_put(depot, {book}, 5)"), 5)?;
    let nowhere = judge.random.within(10..99);
    let failures = [
        ("lib.depot_open(b\"vault\")".to_owned(), EACCES),
        (format!("lib.depot_take(depot, {book}, 6)"), EBUSY),
        (format!("lib.depot_move(depot, {book}, {nowhere})"), ENOTDIR),
        ("lib.depot_open(b\"\")".to_owned(), EINVAL),
        (format!("lib.depot_put(depot, {book}, 96)"), ENOSPC),
        (format!("lib.depot_title(depot, {})", book + 1), ENOENT),
    ];
    let first = &failures[0];
    raises(
        &mut py,
        &format!("amid_system_calls(lambda: {})", first.0),
        first.1,
    )?;
    for _ in 0..12 {
        let (call, error) = &failures[judge.random.within(0..failures.len() as i64) as usize];
        raises(
            &mut py,
            &format!("amid_system_calls(lambda: {call})"),
            *error,
        )?;
        if judge.random.within(0..2) == 0 {
            let floor = format!("amid_system_calls(lambda: lib.depot_floor(depot, {book}))");
            gives(&mut py, &floor, -1)?;
        }
    }
    Ok(())
}

fn any_table_will_do(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    py.run(
        "
        from ctypes import c_char_p, c_int, c_void_p

        table = {
            'chdir': ([c_char_p], c_int, errcheck.MINUS_ONE),
            'mkdir': ([c_char_p, c_int], c_int, errcheck.MINUS_ONE),
            'opendir': ([c_char_p], c_void_p, errcheck.NULL),
            'closedir': ([c_void_p], c_int, errcheck.MINUS_ONE),
            'getenv': ([c_char_p], c_char_p, errcheck.CANNOT_FAIL),
            'atoi': ([c_char_p], c_int, errcheck.CODE),
        }
        libc = errcheck.load(None, table)
        ",
    )?;
    let word = judge.random.word();
    raises(&mut py, &format!("libc.chdir(b\"/no {word}\")"), ENOENT)?;
    raises(&mut py, "libc.mkdir(b\"/\", 0)", EEXIST)?;
    raises(&mut py, "libc.opendir(b\"/dev/null\")", ENOTDIR)?;
    gives(&mut py, "libc.closedir(libc.opendir(b\"/\"))", 0)?;
    gives(&mut py, &format!("libc.getenv(b\"NO_{word}\")"), ())?;
    // A function that turns a text into a number returns any code that one likes.
    let codes = [ENOENT, EACCES, EBUSY, EEXIST, ENOSPC];
    let error = codes[judge.random.within(0..codes.len() as i64) as usize];
    raises(&mut py, &format!("libc.atoi(b\"-{}\")", error.1), error)?;
    gives(&mut py, "libc.atoi(b\"2\")", 2)
}
