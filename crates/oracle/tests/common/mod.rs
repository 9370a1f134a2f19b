//! A subject with nothing of a learner in it.

#![allow(dead_code, reason = "each test program uses a part")]

use std::path::PathBuf;
use std::time::Duration;

use interpreter::Interpreter;
use oracle::{Patience, Subject, Tools};

/// Where the judge keeps what it writes, beside this test program.
pub fn home() -> PathBuf {
    let here = std::env::current_exe().expect("a running program has a path");
    here.parent()
        .expect("it is in a folder")
        .join("oracle-tests")
}

/// The Python under test: `PYO3_PYTHON`, or the usual one.
pub fn python() -> Interpreter {
    Interpreter::resolve(&home()).expect("these tests need a Python")
}

/// A fresh subject that loses its patience soon.
pub fn subject() -> Subject {
    let tools = Tools::ready(&home()).expect("the test's folder can be written");
    assert!(
        tools.probe.is_some(),
        "cargo builds the probe beside the tests"
    );
    let mut subject = Subject::python(&python(), &tools, &std::env::temp_dir()).expect("it starts");
    subject.set_patience(Patience {
        computing: Duration::from_millis(600),
        sleeping: Duration::from_millis(1500),
        wall: Duration::from_secs(30),
    });
    subject
}
