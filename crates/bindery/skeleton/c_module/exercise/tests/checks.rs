//! What `{{slug}}` has to prove.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!().check("doubles", doubles).run()
}

// FILL IN: a function for each check of the manifest, in its order
fn doubles(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    let n = judge.random.within(1 << 40..1 << 50);
    py.call("{{slug}}.twice", &args![n])?.returns(2 * n)
}
