//! The probes of references and memory tell right C code from wrong, and name
//! what is wrong with it.

mod common;

#[path = "common/c_module.rs"]
mod c_module;

use c_module::{caught, with_scene};
use common::subject;
use oracle::{Kind, Random, Verdict};

fn references(body: &str, make: &str) -> Verdict {
    with_scene(body, false)
        .references("probed.f", make)?
        .are_balanced()
}

fn memory(body: &str) -> Verdict {
    with_scene(body, false)
        .memory("probed.f", &mut Random::for_check(7, "memory"))?
        .is_given_back()
}

const ARGUMENT: &str = "PyObject *it = PyTuple_GetItem(args, 0);";

// --- references ---------------------------------------------------------------

#[test]
fn a_function_that_returns_its_argument_owned_is_balanced() {
    references(&format!("{ARGUMENT} Py_INCREF(it); return it;"), "thing").unwrap();
    references("Py_INCREF(args); return args;", "two_things").unwrap();
    references("Py_RETURN_NONE;", "thing").unwrap();
    references("return PyLong_FromLong(7);", "thing").unwrap();
    references("return PyLong_FromLong(70000);", "thing").unwrap();
}

#[test]
fn an_item_returned_owned_is_balanced() {
    references(
        &format!("{ARGUMENT} return PySequence_GetItem(it, 1);"),
        "things",
    )
    .unwrap();
    references(&format!("{ARGUMENT} return PyDict_Values(it);"), "table").unwrap();
}

#[test]
fn a_leaked_argument_is_named() {
    let leaks = "Py_INCREF(PyTuple_GetItem(args, 1)); Py_RETURN_NONE;";
    caught(
        references(leaks, "two_things"),
        Kind::LeakedReferences,
        &["`probed.f` leaked 1 reference per call to argument 2"],
    );
}

#[test]
fn a_leaked_item_key_value_or_attribute_is_named() {
    let leaks = |get: &str| {
        format!("{ARGUMENT} PyObject *part = {get}; if (!part) return NULL; Py_RETURN_NONE;")
    };
    let is_caught = |get: &str, make: &str, says: &str| {
        caught(
            references(&leaks(get), make),
            Kind::LeakedReferences,
            &["leaked 1 reference per call to", says],
        );
    };
    is_caught(
        "PySequence_GetItem(it, 1)",
        "things",
        "item 2 of its argument",
    );
    is_caught(
        "PyObject_GetAttrString(it, \"name\")",
        "named",
        "attribute `name` of its argument",
    );
    is_caught(
        "PyObject_GetIter(it), *all = part; part = PyIter_Next(all); Py_DECREF(all)",
        "table",
        "key 1 of its argument",
    );
    is_caught(
        "PyDict_Values(it), *all = part; part = PySequence_GetItem(all, 0); Py_DECREF(all)",
        "table",
        "value 1 of its argument",
    );
}

#[test]
fn a_stolen_reference_is_named_and_does_not_crash_the_subject() {
    let says = ["released 1 reference per call to its argument that it did not own"];
    caught(
        references(
            &format!("{ARGUMENT} Py_DECREF(it); Py_RETURN_NONE;"),
            "thing",
        ),
        Kind::StolenReferences,
        &says,
    );
    caught(
        references(&format!("{ARGUMENT} return it;"), "thing"),
        Kind::StolenReferences,
        &says,
    );
    let says = ["released 2 references per call to item 1 of its argument"];
    let twice = format!(
        "{ARGUMENT} it = PyList_GetItem(it, 0); Py_DECREF(it); Py_DECREF(it); Py_RETURN_NONE;"
    );
    caught(references(&twice, "things"), Kind::StolenReferences, &says);
    let borrowed = format!("{ARGUMENT} return PyList_GetItem(it, 0);");
    caught(
        references(&borrowed, "things"),
        Kind::StolenReferences,
        &["released 1 reference per call to item 1"],
    );
}

#[test]
fn a_setter_that_steals_what_was_borrowed_is_a_theft() {
    let steals =
        format!("{ARGUMENT} PyObject *t = PyTuple_New(1); PyTuple_SetItem(t, 0, it); return t;");
    caught(
        references(&steals, "thing"),
        Kind::StolenReferences,
        &["to its argument"],
    );
}

#[test]
fn a_fresh_result_with_a_second_owner_is_a_leak() {
    let leaks = "PyObject *it = PyList_New(0); Py_XINCREF(it); return it;";
    caught(
        references(leaks, "nothing"),
        Kind::LeakedReferences,
        &["leaked 1 reference of its result"],
    );
}

#[test]
fn a_result_that_is_the_same_each_time_is_counted_over_many_calls() {
    let shared = |more: &str| {
        format!(
            "static PyObject *kept; if (!kept) kept = PyList_New(0); Py_INCREF(kept); {more} return kept;"
        )
    };
    references(&shared(""), "nothing").unwrap();
    caught(
        references(&shared("Py_INCREF(kept);"), "nothing"),
        Kind::LeakedReferences,
        &["per call to its result"],
    );
}

#[test]
fn a_function_that_keeps_what_it_is_meant_to_keep_is_balanced() {
    let keeps = "static PyObject *kept; if (!kept) kept = PyList_New(0); PyList_Append(kept, PyTuple_GetItem(args, 0)); Py_RETURN_NONE;";
    let mut py = with_scene(keeps, false);
    py.references("probed.f", "thing")
        .unwrap()
        .moved_by(&[1])
        .unwrap();
    let verdict = py.references("probed.f", "thing").unwrap().are_balanced();
    caught(
        verdict,
        Kind::LeakedReferences,
        &["leaked 1 reference per call to its argument"],
    );
}

#[test]
fn a_function_that_raises_is_counted_too() {
    let raises = |release: &str| {
        format!(
            "{ARGUMENT} Py_INCREF(it); PyErr_SetString(PyExc_ValueError, \"no\"); {release} return NULL;"
        )
    };
    references(&raises("Py_DECREF(it);"), "thing").unwrap();
    caught(
        references(&raises(""), "thing"),
        Kind::LeakedReferences,
        &["its argument"],
    );
}

#[test]
fn an_immortal_argument_is_the_checks_fault_in_every_python() {
    for immortal in ["None", "True", "7", "'a'", "()", "..."] {
        let mut py = subject();
        py.run(&format!(
            "def immortal(): return object(), {immortal}\ndef f(*args): pass"
        ))
        .unwrap();
        let verdict = py.references("f", "immortal").map(drop);
        caught(
            verdict,
            Kind::Fault,
            &["`f`: argument 2 is immortal", "proves nothing"],
        );
    }
}

// --- memory -------------------------------------------------------------------

#[test]
fn what_is_freed_is_no_leak() {
    memory("char *p = malloc(200); if (!p) return PyErr_NoMemory(); p[0] = 1; free(p); Py_RETURN_NONE;").unwrap();
    memory("return Py_BuildValue(\"[ddd]\", 1.0, 2.0, 3.0);").unwrap();
}

#[test]
fn a_leaked_malloc_is_seen_down_to_a_few_bytes() {
    for size in [1, 200, 400_000] {
        let leaks = format!("char *volatile p = malloc({size}); if (p) *p = 1; Py_RETURN_NONE;");
        caught(
            memory(&leaks),
            Kind::LeakedMemory,
            &["`probed.f` leaked memory on every call", "bytes a call"],
        );
    }
}

#[test]
fn a_leaked_python_object_is_told_from_leaked_memory() {
    let leaks = "if (!PyFloat_FromDouble(0.5)) { return NULL; } Py_RETURN_NONE;";
    caught(
        memory(leaks),
        Kind::LeakedMemory,
        &["leaked Python objects on every call"],
    );
    let leaks = "PyObject *volatile p = PyMem_Malloc(40); if (!p) return NULL; Py_RETURN_NONE;";
    caught(
        memory(leaks),
        Kind::LeakedMemory,
        &["leaked Python objects on every call"],
    );
}
