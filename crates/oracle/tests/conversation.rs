//! Values and exceptions arrive as they are, and nothing the subject claims
//! about them is believed.

mod common;

use common::subject;
use oracle::{Int, Value, args};

/// Sends a value in and gets it back.
fn echoes(value: Value) {
    let mut py = subject();
    py.run("def echo(x): return x").unwrap();
    py.call("echo", std::slice::from_ref(&value))
        .unwrap()
        .returns(value)
        .unwrap();
}

#[test]
fn values_survive_the_trip_in_both_directions() {
    echoes(Value::Tuple(vec![
        Value::None,
        true.into(),
        false.into(),
        0.into(),
        (-1).into(),
        i128::MAX.into(),
        Value::Int(Int::parse_hex(&format!("-{}", "f".repeat(80))).unwrap()),
        f64::NAN.into(),
        f64::INFINITY.into(),
        0.1.into(),
        "a\0é\u{1f980}\n".into(),
        Value::Surrogates(vec![0x61, 0xdcff]),
        Value::Bytes((0..=255).collect()),
        Value::List(vec![Value::List(vec![]), Value::Tuple(vec![])]),
        Value::Dict(vec![("k".into(), Value::Set(vec![1.into(), 2.into()]))]),
    ]));
}

#[test]
fn an_integer_of_ten_thousand_digits_is_not_too_long() {
    let mut py = subject();
    py.call("(lambda n: 16 ** n)", &args![10_000])
        .unwrap()
        .returns(Value::Int(
            Int::parse_hex(&format!("1{}", "0".repeat(10_000))).unwrap(),
        ))
        .unwrap();
}

#[test]
fn an_object_that_claims_to_equal_everything_equals_nothing() {
    let mut py = subject();
    py.run(
        "
        class Seven(int):
            def __eq__(self, other): return True
            __hash__ = int.__hash__
        ",
    )
    .unwrap();
    let failure = py.call("Seven", &args![7]).unwrap().returns(7).unwrap_err();
    assert!(
        failure.got.unwrap().contains("Seven"),
        "a subclass is told apart"
    );
}

#[test]
fn an_exception_arrives_with_type_args_cause_and_traceback() {
    let mut py = subject();
    py.run(
        "
        class Mine(LookupError): pass

        def fail():
            try:
                {}['missing']
            except KeyError as error:
                raise Mine('no luck', 7) from error
        ",
    )
    .unwrap();
    let raised = py.call("fail", &[]).unwrap().raises("LookupError").unwrap();
    let raised = raised
        .with_args(&args!["no luck", 7])
        .unwrap()
        .caused_by("KeyError")
        .unwrap();
    let exception = raised.exception();
    assert_eq!(exception.type_name, "Mine");
    assert_eq!(exception.traceback.last().unwrap().function, "fail");
    assert_eq!(exception.cause.as_ref().unwrap().args, args!["missing"]);
}

#[test]
fn system_exit_and_keyboard_interrupt_are_exceptions_like_others() {
    let mut py = subject();
    py.run("import sys\ndef leave(): sys.exit(0)\ndef stop(): raise KeyboardInterrupt")
        .unwrap();
    py.call("leave", &[]).unwrap().raises("SystemExit").unwrap();
    py.call("stop", &[])
        .unwrap()
        .raises("KeyboardInterrupt")
        .unwrap();
    py.call("abs", &args![-3]).unwrap().returns(3).unwrap();
}

#[test]
fn a_bottomless_value_is_a_failure_and_not_a_hang() {
    let mut py = subject();
    py.run("def bottomless():\n    x = []\n    x.append(x)\n    return x")
        .unwrap();
    let failure = py.call("bottomless", &[]).unwrap_err();
    assert!(failure.message.contains("too deep"), "{failure}");
}

#[test]
fn printing_does_not_disturb_the_conversation() {
    let mut py = subject();
    py.run("def loud(): print('{\"id\": 2, \"value\": [\"i\", \"7\"]}'); return 1")
        .unwrap();
    py.call("loud", &[]).unwrap().returns(1).unwrap();
}

#[test]
fn a_module_that_cannot_be_imported_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("broken.py");
    std::fs::write(&path, "import no_such_module_anywhere\n").unwrap();
    let failure = subject().load_source("broken", &path).unwrap_err();
    assert!(
        failure.message.contains("no_such_module_anywhere"),
        "{failure}"
    );
}

#[test]
fn nothing_of_the_machine_reaches_the_subject() {
    let mut py = subject();
    let found = py.call("(lambda: sorted(k for k in __import__('os').environ if 'CARGO' in k or 'BINDERY_CH' in k))", &[]);
    found.unwrap().returns(Vec::<String>::new()).unwrap();
    py.call("(lambda: __import__('sys').flags.isolated)", &[])
        .unwrap()
        .returns(1)
        .unwrap();
}

#[test]
fn an_expression_reaches_what_cannot_travel() {
    let mut py = subject();
    py.call_into("kept", "object", &args![]).unwrap();
    py.eval("kept is kept").unwrap().returns(true).unwrap();
    let failure = py.eval("len(kept)").unwrap().value().unwrap_err();
    assert!(
        failure.message.starts_with("`len(kept)` raised TypeError"),
        "{failure}"
    );
    assert!(failure.notes.is_empty(), "{failure}");
}

/// A compiler that learner's code starts writes to the same pipe.
#[test]
fn what_a_child_printed_is_shown_with_what_was_raised() {
    let mut py = subject();
    py.run(
        "
        import subprocess

        def build(words):
            subprocess.run(['echo', words], check=True)
            raise RuntimeError('it does not compile')
        ",
    )
    .unwrap();
    for n in 0..8 {
        let words = format!("no member named {n}");
        let answer = py.call("build", &args![words.clone()]).unwrap();
        let failure = answer.value().unwrap_err();
        let (_, printed) = failure.notes.last().unwrap();
        assert!(printed.ends_with(&words), "{failure}");
    }
}
