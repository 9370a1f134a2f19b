//! What `{{slug}}` has to prove besides.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!().check("doubles_what_is_negative", doubles_what_is_negative).run()
}

// FILL IN: a function for each hidden check
fn doubles_what_is_negative(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    let n = judge.random.within(1 << 40..1 << 50);
    py.call("{{slug}}.twice", &args![-n])?.returns(-2 * n)
}
