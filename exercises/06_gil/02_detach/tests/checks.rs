//! What `detach` has to prove.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("smooths", smooths)
        .check("refuses_what_is_no_number", refuses_what_is_no_number)
        .check("releases_the_gil", releases_the_gil)
        .run()
}

fn smooths(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    let high = judge.random.within(1..1000) as f64 * 6.0;
    py.call("detach.smooth", &args![[0.0, high, 0.0], 1])?
        .returns([high / 2.0, high / 3.0, high / 2.0])?;
    py.call("detach.smooth", &args![[high, 1.0], 0])?
        .returns([high, 1.0])?;
    py.call("detach.smooth", &args![Vec::<f64>::new(), 3])?
        .returns(Vec::<f64>::new())
}

fn refuses_what_is_no_number(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    py.call("detach.smooth", &args![["loud", "quiet"], 1])?
        .raises("TypeError")
        .map(drop)
}

fn releases_the_gil(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    py.call_gated("detach.smooth", &args![[3.0, 3.0, 3.0], 2])?
        .released()?
        .returns([3.0, 3.0, 3.0])
}
