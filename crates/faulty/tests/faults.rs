//! Fault injection tells Rust code that cleans up from code that does not, and
//! changes nothing where nothing is armed.

use std::path::PathBuf;

use interpreter::Interpreter;
use oracle::{Failure, Kind, Subject, Tools, Value, Verdict, args};

const SOURCE: &str = include_str!("../examples/pairs.rs");

/// The example `pairs`, which cargo builds with the tests.
fn library() -> PathBuf {
    let file = format!(
        "{}pairs{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    );
    let here = std::env::current_exe().expect("a running program has a path");
    let target = here
        .ancestors()
        .nth(2)
        .expect("it is in target/<profile>/deps");
    let path = target.join("examples").join(file);
    assert!(
        path.is_file(),
        "`{}` is missing: `cargo test -p faulty` builds it, with `--test` it does not",
        path.display()
    );
    path
}

/// A Python that has imported it.
fn pairs() -> Subject {
    let here = std::env::current_exe().expect("a running program has a path");
    let home = here.with_file_name("faulty-tests");
    let python = Interpreter::resolve(&home).expect("these tests need a Python");
    let tools = Tools::ready(&home).expect("the test's folder can be written");
    let mut subject = Subject::python(&python, &tools, &std::env::temp_dir()).expect("it starts");
    subject
        .load_extension("pairs", &library())
        .expect("it can be imported");
    subject
        .run(
            "
            class Thing: pass

            def thing():
                return (Thing(),)

            def numbers():
                return (bytearray(b'123'),)
            ",
        )
        .expect("the scene is right");
    subject
}

fn faults(function: &str, make: &str) -> Verdict {
    pairs().survives_every_fault("pairs", &format!("pairs.{function}"), make)
}

/// Whether it failed with this kind, and its message and notes say this much.
#[track_caller]
fn caught(function: &str, make: &str, kind: Kind, says: &[&str]) {
    let failure: Failure = faults(function, make).expect_err("it is wrong");
    let text = failure.to_string();
    assert_eq!(failure.kind, kind, "{text}");
    for part in says {
        assert!(text.contains(part), "{part:?} is not in:\n{text}");
    }
}

/// The line of the example on which this stands.
fn line_of(part: &str) -> String {
    let at = SOURCE.lines().position(|line| line.contains(part));
    format!("line {}", 1 + at.expect("it is in there"))
}

#[test]
fn a_function_that_cleans_up_survives_every_fault() {
    faults("right", "thing").unwrap();
    faults("right_elsewhere", "numbers").unwrap();
}

#[test]
fn what_is_not_armed_is_pyo3_ffi() {
    let mut py = pairs();
    let lists = |py: &mut Subject| {
        let expected = Value::List(args!["label", 7].to_vec());
        py.call("pairs.right", &args![7])?.returns(expected)?;
        py.eval("pairs.right_elsewhere(b'abc')")?.returns(297)?;
        py.eval("pairs.releases_twice(7)")?.returns(vec![7])?;
        py.eval("pairs.takes_an_error_for_the_end([1, 2])")?
            .returns(2)?;
        py.call("pairs.right_elsewhere", &args![7])?
            .raises("TypeError")
    };
    lists(&mut py).unwrap();
    for function in ["pairs.right", "pairs.ignores", "pairs.keeps", "pairs.leaks"] {
        let references = py.references(function, "thing").unwrap();
        references.are_balanced().unwrap();
    }
    // Nor does what was armed stay so.
    py.survives_every_fault("pairs", "pairs.right", "thing")
        .unwrap();
    lists(&mut py).unwrap();
}

#[test]
fn a_call_that_is_taken_for_a_success_is_an_ignored_failure() {
    let line = format!("{}: PyList_Append", line_of("; // ignored"));
    let says = [
        "when `PyList_Append` fails, went on although an exception was set",
        &line,
    ];
    caught("ignores", "thing", Kind::IgnoredFailure, &says);
    let says = ["when `PyList_Append` fails, returned a value as if nothing had happened"];
    caught("clears", "thing", Kind::IgnoredFailure, &says);
    let says = ["when the first `PyIter_Next` fails, went on although an exception was set"];
    caught(
        "takes_an_error_for_the_end",
        "numbers",
        Kind::IgnoredFailure,
        &says,
    );
}

#[test]
fn null_handed_on_is_an_ignored_failure_or_a_crash() {
    let line = format!(
        "{}: PyUnicode_FromString",
        line_of("label\".as_ptr()); // not")
    );
    let says = [
        "when `PyUnicode_FromString` fails, went on with what the failed call gave back",
        &line,
    ];
    caught("goes_on", "thing", Kind::IgnoredFailure, &says);
    let says = ["when `PyList_New` fails, ended the process"];
    caught("follows_null", "thing", Kind::Crash, &says);
}

#[test]
fn null_without_an_exception_is_an_ignored_failure() {
    let says = ["when `PyMem_Malloc` fails, returned NULL without setting an exception"];
    caught("says_nothing", "thing", Kind::IgnoredFailure, &says);
}

#[test]
fn what_is_left_on_one_path_is_found_there() {
    let says = [
        "when `PyList_New` fails, raised, but did not clean up first",
        "1 of Python's memory blocks left",
    ];
    caught("leaks", "thing", Kind::LeakedMemory, &says);
    let says = [
        "when `PyList_New` fails, raised, but did not clean up first",
        "1 reference to its argument left",
    ];
    caught("keeps", "thing", Kind::LeakedMemory, &says);
}

#[test]
fn a_second_release_is_named_with_its_line() {
    let line = line_of("// once more");
    let says = [
        "when `PyList_Append` fails, released a reference that it did not own",
        &line,
    ];
    caught("releases_twice", "thing", Kind::StolenReferences, &says);
    let line = line_of("// the tuple has taken it");
    let says = [
        "when `PyTuple_SetItem` fails, released a reference that it did not own",
        &line,
    ];
    caught(
        "releases_the_stolen",
        "thing",
        Kind::StolenReferences,
        &says,
    );
}

#[test]
fn a_borrowed_reference_released_on_a_failing_path_is_named() {
    let says =
        ["when `PyList_New` fails, released a reference that it did not own: one to its argument"];
    caught(
        "releases_the_borrowed",
        "thing",
        Kind::StolenReferences,
        &says,
    );
}
