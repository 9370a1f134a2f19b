//! The four checks of `till` for the judge.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("coins_add_up", coins_add_up)
        .check("what_is_taken_is_gone", what_is_taken_is_gone)
        .check("no_till_is_an_error", no_till_is_an_error)
        .check("change_is_given", change_is_given)
        .run()
}

/// A Python with a till that has two coins.
fn till(judge: &mut Judge) -> Verdict<Subject> {
    let mut py = judge.library()?;
    py.run(
        "
        from ctypes import c_int32, c_int64, c_void_p

        for name, argtypes, restype in [
            ('new', [], c_void_p),
            ('free', [c_void_p], None),
            ('put', [c_void_p, c_int64], c_int32),
            ('take', [c_void_p, c_int64], c_int32),
            ('total', [c_void_p], c_int64),
            ('count', [c_void_p], c_int64),
            ('largest', [c_void_p], c_int64),
            ('change', [c_int64, c_int64], c_int64),
        ]:
            function = getattr(lib, 'till_' + name)
            function.argtypes, function.restype = argtypes, restype

        till = lib.till_new()
        lib.till_put(till, 20)
        lib.till_put(till, 50)
        ",
    )?;
    Ok(py)
}

fn coins_add_up(judge: &mut Judge) -> Verdict {
    let mut py = till(judge)?;
    py.eval("lib.till_total(till)")?.returns(70)?;
    py.eval("lib.till_count(till)")?.returns(2)?;
    py.eval("lib.till_largest(till)")?.returns(50)?;
    py.run("lib.till_free(till)")
}

fn what_is_taken_is_gone(judge: &mut Judge) -> Verdict {
    let mut py = till(judge)?;
    py.eval("lib.till_take(till, 20)")?.returns(0)?;
    py.eval("lib.till_take(till, 20)")?.returns(1)?;
    py.run("lib.till_free(till)")
}

fn no_till_is_an_error(judge: &mut Judge) -> Verdict {
    let mut py = till(judge)?;
    py.eval("lib.till_put(None, 1)")?.returns(-1)?;
    py.eval("lib.till_take(None, 1)")?.returns(-1)?;
    py.eval("lib.till_total(None)")?.returns(-1)
}

fn change_is_given(judge: &mut Judge) -> Verdict {
    let mut py = till(judge)?;
    py.eval("lib.till_change(12, 50)")?.returns(38)
}
