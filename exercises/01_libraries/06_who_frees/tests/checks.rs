//! What `who_frees` has to prove.

use std::cmp::Ordering;

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("a_new_tally_lives", a_new_tally_lives)
        .check("adds_up", adds_up)
        .check("frees_and_writes_null", frees_and_writes_null)
        .check("gives_the_memory_back", gives_the_memory_back)
        .check("refuses_a_second_free", refuses_a_second_free)
        .check("refuses_null", refuses_null)
        .run()
}

const OK: i32 = 0;
const NO_TALLY: i32 = 1;

/// A Python with the library, and one variable that holds a handle.
fn library(judge: &mut Judge) -> Verdict<Subject> {
    let mut py = judge.library()?;
    py.run(
        "
        from ctypes import POINTER, byref, c_int32, c_int64, c_void_p

        for name, argtypes, restype in [
            ('new', [], c_void_p),
            ('add', [c_void_p, c_int64], c_int32),
            ('sum', [c_void_p, POINTER(c_int64)], c_int32),
            ('free', [POINTER(c_void_p)], c_int32),
            ('live', [], c_int64),
        ]:
            function = getattr(lib, 'tally_' + name)
            function.argtypes, function.restype = argtypes, restype

        handle = c_void_p()
        UNTOUCHED = -77

        def tally_new():
            handle.value = lib.tally_new()
            return handle.value is not None

        def tally_add(n):
            return lib.tally_add(handle, n)

        def tally_sum():
            sum = c_int64(UNTOUCHED)
            return [lib.tally_sum(handle, byref(sum)), sum.value]

        def tally_free():
            return lib.tally_free(byref(handle))

        tally_live = lib.tally_live

        def holds_null():
            return handle.value is None

        def from_new_to_free():
            tally_new()
            for n in range(5):
                tally_add(n)
            tally_free()
        ",
    )?;
    Ok(py)
}

/// Makes a tally, and says so if there is none.
fn make(py: &mut Subject) -> Verdict {
    match py.call("tally_new", &[])?.value()? {
        Value::Bool(true) => Ok(()),
        _ => Err(Failure::new(
            Kind::WrongValue,
            "`tally_new()` returned NULL: there is no tally to work with",
        )),
    }
}

/// How many tallies live; `too_many` and `too_few` say what it means if they are not
/// that many.
fn live(py: &mut Subject, expected: i64, too_many: &str, too_few: &str) -> Verdict {
    let Value::Int(live) = py.call("tally_live", &[])?.value()? else {
        return Err(Failure::new(
            Kind::Garbled,
            "`tally_live()` did not return a number",
        ));
    };
    let live = live.to_i128().unwrap_or(i128::MAX);
    let failure = match live.cmp(&expected.into()) {
        Ordering::Equal => return Ok(()),
        Ordering::Greater => Failure::new(Kind::LeakedMemory, too_many),
        Ordering::Less => Failure::new(Kind::WrongValue, too_few),
    };
    Err(failure.expected(format!("{expected} live"), format!("{live} live")))
}

const UNASKED: &str = "a tally lives that nobody asked for";
const DIED: &str = "the tally died before anybody freed it";
const USED: &str = "the tally died of being used";
const STILL: &str = "the tally is still alive after `tally_free`";
const TWICE: &str = "the tally was dropped a second time";

/// Frees the tally, which is there to be freed.
fn free(py: &mut Subject) -> Verdict {
    py.call("tally_free", &[])?.returns(OK)?;
    live(py, 0, STILL, TWICE)?;
    match py.call("holds_null", &[])?.value()? {
        Value::Bool(true) => Ok(()),
        _ => Err(Failure::new(
            Kind::WrongValue,
            "after `tally_free` the caller's variable still holds the old handle",
        )
        .expected("NULL", "the address of what was freed")),
    }
}

fn a_new_tally_lives(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    live(&mut py, 0, UNASKED, TWICE)?;
    make(&mut py)?;
    live(&mut py, 1, UNASKED, DIED)
}

fn adds_up(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    make(&mut py)?;
    live(&mut py, 1, UNASKED, DIED)?;
    let mut sum = 0;
    py.call("tally_sum", &[])?
        .returns([OK.into(), Value::from(sum)])?;
    live(&mut py, 1, UNASKED, USED)?;
    for _ in 0..judge.random.within(5..40) {
        let n = judge.random.within(-(1 << 40)..1 << 40);
        py.call("tally_add", &args![n])?.returns(OK)?;
        sum += n;
    }
    py.call("tally_sum", &[])?
        .returns([OK.into(), Value::from(sum)])?;
    live(&mut py, 1, UNASKED, USED)
}

fn frees_and_writes_null(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    make(&mut py)?;
    py.call("tally_add", &args![judge.random.within(1..100)])?
        .returns(OK)?;
    free(&mut py)
}

fn gives_the_memory_back(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    make(&mut py)?;
    free(&mut py)?;
    py.memory("from_new_to_free", &mut judge.random)?
        .is_given_back()?;
    live(&mut py, 0, STILL, TWICE)
}

fn refuses_a_second_free(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    make(&mut py)?;
    py.call("tally_add", &args![judge.random.within(1..100)])?
        .returns(OK)?;
    py.call("tally_free", &[])?.returns(OK)?;
    for _ in 0..3 {
        py.call("tally_free", &[])?.returns(NO_TALLY)?;
    }
    live(&mut py, 0, STILL, TWICE)?;
    // The variable is as good as new.
    make(&mut py)?;
    py.call("tally_add", &args![5])?.returns(OK)?;
    free(&mut py)
}

fn refuses_null(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    py.call("tally_add", &args![1])?.returns(NO_TALLY)?;
    py.call("tally_sum", &[])?.returns([NO_TALLY, -77])?;
    py.call("tally_free", &[])?.returns(NO_TALLY)?;
    py.call("lib.tally_free", &args![Value::None])?
        .returns(NO_TALLY)?;
    live(&mut py, 0, UNASKED, TWICE)
}
