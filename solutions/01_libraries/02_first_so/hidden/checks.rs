//! What `first_so` has to prove besides.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("adds_whatever_comes", adds_whatever_comes)
        .check("wraps_around_below", wraps_around_below)
        .run()
}

fn library(judge: &mut Judge) -> Verdict<Subject> {
    let mut py = judge.library()?;
    py.run(
        "
        from ctypes import c_int64

        add = lib.add
        add.argtypes, add.restype = [c_int64, c_int64], c_int64
        ",
    )?;
    Ok(py)
}

fn adds_whatever_comes(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    for _ in 0..40 {
        let (a, b) = (judge.random.bits() as i64, judge.random.bits() as i64);
        py.call("add", &args![a, b])?.returns(a.wrapping_add(b))?;
    }
    Ok(())
}

fn wraps_around_below(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    let under = judge.random.within(1..1000);
    py.call("add", &args![i64::MIN, -under])?
        .returns(i64::MAX - under + 1)?;
    py.call("add", &args![i64::MIN, i64::MIN])?.returns(0)?;
    py.call("add", &args![i64::MAX, i64::MIN])?.returns(-1)
}
