//! What `who_frees` has to prove besides.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("each_handle_is_its_own", each_handle_is_its_own)
        .check("large_tallies_leave_nothing", large_tallies_leave_nothing)
        .run()
}

fn library(judge: &mut Judge) -> Verdict<Subject> {
    let mut py = judge.library()?;
    py.run(
        "
        from ctypes import POINTER, byref, c_int32, c_int64, c_void_p

        lib.tally_new.restype = c_void_p
        lib.tally_add.argtypes = [c_void_p, c_int64]
        lib.tally_sum.argtypes = [c_void_p, POINTER(c_int64)]
        lib.tally_free.argtypes = [POINTER(c_void_p)]
        lib.tally_live.restype = c_int64

        def add_up(*numbers):
            handle = c_void_p(lib.tally_new())
            if not handle:
                raise MemoryError('`tally_new()` returned NULL')
            for n in numbers:
                lib.tally_add(handle, n)
            sum = c_int64()
            lib.tally_sum(handle, byref(sum))
            return handle, sum.value

        def interleaved(numbers):
            handles = [add_up(n) for n in numbers]
            distinct = len({handle.value for handle, _ in handles})
            # Freed in another order than they were made in.
            codes = [lib.tally_free(byref(handle)) for handle, _ in handles[::-2] + handles[-2::-2]]
            nulls = sum(handle.value is None for handle, _ in handles)
            return [distinct, [sum for _, sum in handles], codes, nulls, lib.tally_live()]

        def large():
            handle, _ = add_up(*range(300))
            lib.tally_free(byref(handle))
            lib.tally_free(byref(handle))
        ",
    )?;
    Ok(py)
}

fn each_handle_is_its_own(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    let numbers: Vec<i64> = (0..judge.random.within(4..12))
        .map(|_| judge.random.within(-99..99))
        .collect();
    let count = numbers.len() as i64;
    py.call("interleaved", &args![numbers.clone()])?.returns([
        Value::from(count),
        numbers.into(),
        vec![0; count as usize].into(),
        count.into(),
        0.into(),
    ])
}

fn large_tallies_leave_nothing(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    py.memory("large", &mut judge.random)?.is_given_back()?;
    py.call("lib.tally_live", &[])?.returns(0)
}
