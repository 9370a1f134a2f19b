//! What `{{slug}}` has to prove.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!().check("doubles", doubles).run()
}

/// A Python that has the library open, and was told what C would declare.
fn library(judge: &mut Judge) -> Verdict<Subject> {
    let mut py = judge.library()?;
    py.run(
        "
        from ctypes import c_int64

        twice = lib.twice
        twice.argtypes, twice.restype = [c_int64], c_int64
        ",
    )?;
    Ok(py)
}

// FILL IN: a function for each check of the manifest, in its order
fn doubles(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    let n = judge.random.within(1 << 40..1 << 50);
    py.call("twice", &args![n])?.returns(2 * n)
}
