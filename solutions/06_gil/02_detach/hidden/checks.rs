//! What `detach` has to prove besides.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("releases_the_gil_for_large_and_small", releases_the_gil_for_large_and_small)
        .check("two_calls_overlap", two_calls_overlap)
        .run()
}

/// An answer that decides by the length of the signal when to let go is refused.
fn releases_the_gil_for_large_and_small(judge: &mut Judge) -> Verdict {
    for length in [0, 2, judge.random.within(5_000..9_000)] {
        let mut py = judge.module()?;
        let flat = vec![1.0; length as usize];
        py.call_gated("detach.smooth", &args![flat.clone(), 1])?.released()?.returns(flat)?;
    }
    Ok(())
}

fn two_calls_overlap(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    py.run(
        "
        from concurrent.futures import ThreadPoolExecutor

        def together(*signals):
            with ThreadPoolExecutor(len(signals)) as pool:
                return list(pool.map(lambda signal: detach.smooth(signal, 1), signals))
        ",
    )?;
    let high = judge.random.within(1..100) as f64;
    py.call("together", &args![[high; 3], [0.0; 4]])?.returns([vec![high; 3], vec![0.0; 4]])
}
