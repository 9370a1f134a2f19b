//! What `{{slug}}` has to prove besides.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!().check("doubles_what_is_negative", doubles_what_is_negative).run()
}

// FILL IN: a function for each hidden check
fn doubles_what_is_negative(judge: &mut Judge) -> Verdict {
    let mut py = judge.library()?;
    py.run(
        "
        from ctypes import c_int64

        twice = lib.twice
        twice.argtypes, twice.restype = [c_int64], c_int64
        ",
    )?;
    let n = judge.random.within(1 << 40..1 << 50);
    py.call("twice", &args![-n])?.returns(-2 * n)
}
