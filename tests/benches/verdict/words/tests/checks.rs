//! The four checks of `words`.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("words_are_counted", words_are_counted)
        .check("the_longest_is_measured", the_longest_is_measured)
        .check("a_double_comes_out", a_double_comes_out)
        .check("a_wrong_type_is_refused", a_wrong_type_is_refused)
        .run()
}

/// A Python in which the learner's `load` has opened the library, as `lib`.
fn library(judge: &mut Judge) -> Verdict<Subject> {
    let mut py = judge.module()?;
    let path = judge.companion()?.to_string_lossy().into_owned();
    py.call_into("lib", "words.load", &args![path])?;
    Ok(py)
}

fn words_are_counted(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    py.eval("lib.words_count(b'a plum and a pear')")?.returns(5)
}

fn the_longest_is_measured(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    py.eval("lib.words_longest(b'a plum and a pear')")?
        .returns(4)
}

fn a_double_comes_out(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    py.eval("lib.words_per_line(5, 2)")?.returns(2.5)
}

fn a_wrong_type_is_refused(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    py.call("lib.words_count", &args![5])?
        .raises("ctypes.ArgumentError")?;
    Ok(())
}
