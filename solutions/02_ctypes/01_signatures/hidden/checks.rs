//! What `signatures` has to prove besides.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check(
            "a_negative_number_stays_negative",
            a_negative_number_stays_negative,
        )
        .check(
            "an_integer_will_do_for_a_double",
            an_integer_will_do_for_a_double,
        )
        .check("two_shelves_are_two", two_shelves_are_two)
        .check("refuses_a_missing_argument", refuses_a_missing_argument)
        .run()
}

fn library(judge: &mut Judge) -> Verdict<Subject> {
    let mut py = judge.module()?;
    let path = judge.companion()?.to_string_lossy().into_owned();
    py.call_into("lib", "signatures.load", &args![path])?;
    Ok(py)
}

fn a_negative_number_stays_negative(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    let number = judge.random.within(1..1 << 40);
    py.call("lib.isbn_is_valid", &args![-number])?
        .returns(false)?;
    py.call("lib.isbn_language", &args![-9_783_000_000_000_i64 - number])?
        .returns(Value::Bytes(b"another".to_vec()))?;
    py.call("lib.isbn_of", &[Value::Bytes(b"".to_vec())])?
        .returns(0)
}

fn an_integer_will_do_for_a_double(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    let leaves = judge.random.within(100..900);
    py.call("lib.spine_width", &args![leaves, 2])?
        .returns(leaves as f64 * 2.0)?;
    py.call("lib.spine_width", &args![0, -0.5])?.returns(-0.0)
}

fn two_shelves_are_two(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    py.call_into("one", "lib.shelf_new", &[])?;
    py.call_into("other", "lib.shelf_new", &[])?;
    py.eval("lib.shelf_put(one, 9783161484100)")?
        .returns(true)?;
    py.eval("[lib.shelf_count(one), lib.shelf_count(other)]")?
        .returns([1, 0])?;
    py.eval("lib.shelf_free(one)")?.returns(())?;
    py.call_into("text", "(lambda: lib.shelf_list(other, False))", &[])?;
    py.eval("lib.shelf_list_free(text)")?.returns(())?;
    py.eval("lib.shelf_free(other)")?.returns(())
}

/// Without `argtypes` the callee would read whatever is in the register.
fn refuses_a_missing_argument(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    py.call("lib.spine_width", &args![100])?
        .raises("TypeError")?;
    py.call("lib.isbn_is_valid", &args![])?
        .raises("TypeError")?;
    py.call("lib.shelf_put", &args![()])?
        .raises("TypeError")
        .map(drop)
}
