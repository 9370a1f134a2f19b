//! What `first_so` has to prove.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("exports_add", exports_add)
        .check("adds", adds)
        .check("adds_beyond_32_bits", adds_beyond_32_bits)
        .check("wraps_around", wraps_around)
        .run()
}

fn exports_add(judge: &mut Judge) -> Verdict {
    let symbols = judge.exported_symbols()?;
    if symbols.iter().any(|name| name == "add") {
        return Ok(());
    }
    let others = match symbols.is_empty() {
        true => "nothing that others could find".to_owned(),
        false => symbols.join(", "),
    };
    Err(
        Failure::new(Kind::Missing, "the library exports no symbol `add`")
            .note("it exports", others),
    )
}

/// A Python that has the library open, and was told what C would declare.
fn library(judge: &mut Judge) -> Verdict<Subject> {
    // Without the symbol ctypes would say the same with a long path in it.
    exports_add(judge)?;
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

fn adds(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    let (a, b) = (
        judge.random.within(100..10_000),
        judge.random.within(100..10_000),
    );
    py.call("add", &args![a, b])?.returns(a + b)?;
    py.call("add", &args![a, -b])?.returns(a - b)
}

fn adds_beyond_32_bits(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    let (a, b) = (
        judge.random.within(1 << 40..1 << 50),
        judge.random.within(1 << 33..1 << 40),
    );
    py.call("add", &args![a, 1])?.returns(a + 1)?;
    py.call("add", &args![1, -b])?.returns(1 - b)?;
    // Each number fits 32 bits, and the sum does not.
    let most = i64::from(i32::MAX);
    py.call("add", &args![most, most])?.returns(2 * most)
}

fn wraps_around(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    let over = judge.random.within(1..1000);
    py.call("add", &args![i64::MAX, over])?
        .returns(i64::MIN + over - 1)
}
