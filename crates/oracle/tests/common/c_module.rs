//! Small C extension modules, written by a test and compiled as an exercise's
//! would be, and what the tests of the probes ask of them.

#![allow(dead_code, reason = "each test program uses a part")]

use std::path::PathBuf;

use builder::CBuild;
use oracle::{FAULTS_HEADER, Failure, Kind, Patience, Subject, Verdict};

/// The C source of a module `probed` with one function `f`, whose body this is:
/// `args` is the tuple of its arguments.
fn source(body: &str) -> String {
    format!(
        r#"#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *f(PyObject *self, PyObject *args)
{{
{body}
}}

static PyMethodDef methods[] = {{{{"f", f, METH_VARARGS, ""}}, {{NULL, NULL, 0, NULL}}}};
static PyModuleDef_Slot slots[] = {{{{0, NULL}}}};
static struct PyModuleDef module = {{
    .m_base = PyModuleDef_HEAD_INIT, .m_name = "probed", .m_methods = methods, .m_slots = slots,
}};
PyMODINIT_FUNC PyInit_probed(void) {{ return PyModuleDef_Init(&module); }}
"#
    )
}

/// The line of the module's source on which the body starts.
pub const FIRST_LINE: usize = 6;

/// A subject that has imported a module with this function in it. `faults`
/// tells whether its calls can be made to fail.
pub fn module(body: &str, faults: bool) -> Subject {
    // Every test has a folder of its own, since all run at once.
    let folder = tempfile::tempdir().expect("a test may write").keep();
    let write = |name: &str, text: &str| -> PathBuf {
        let path = folder.join(name);
        std::fs::write(&path, text).expect("a test may write");
        path
    };
    let sources = [write("probed.c", &source(body))];
    let header = write("faults.h", FAULTS_HEADER);
    let python = crate::common::python();
    let build = CBuild {
        name: "probed",
        sources: &sources,
        include: &[],
        forced_header: faults.then_some(header.as_path()),
        python: Some(&python),
        deny_warnings: true,
        through: &[],
    };
    let built = build.run(&folder).unwrap_or_else(|e| panic!("{e:?}"));
    let mut subject = crate::common::subject();
    subject.set_patience(Patience::default());
    subject
        .load_extension("probed", &built.path)
        .expect("it can be imported");
    std::fs::remove_dir_all(folder).expect("it is the test's own");
    subject
}

/// Things for a function to be called with.
const SCENE: &str = "
    class Thing: pass

    def thing():
        return (Thing(),)

    def two_things():
        return Thing(), Thing()

    def things():
        return ([Thing(), Thing()],)

    def table():
        return ({Thing(): Thing()},)

    def named():
        thing = Thing()
        thing.name = 'a name made at run time'.upper()
        return (thing,)

    def numbers():
        return ([1000.5, 2000.5],)

    def nothing():
        return ()
    ";

/// The same, with these things in its scene.
pub fn with_scene(body: &str, faults: bool) -> Subject {
    let mut py = module(body, faults);
    py.run(SCENE).unwrap();
    py
}

/// Whether it failed with this kind, and its message and notes say this much.
#[track_caller]
pub fn caught(verdict: Verdict, kind: Kind, says: &[&str]) {
    let failure: Failure = verdict.expect_err("it is wrong");
    let text = failure.to_string();
    assert_eq!(failure.kind, kind, "{text}");
    for part in says {
        assert!(text.contains(part), "{part:?} is not in:\n{text}");
    }
}
