//! The probes for C modules tell right answers from wrong ones, and name what
//! is wrong with these: references, memory, and what happens when calls fail.

mod common;

#[path = "common/c_module.rs"]
mod c_module;

use c_module::{FIRST_LINE, module};
use common::python;
use oracle::{Failure, Kind, Random, Subject, Verdict};

use common::subject;

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

fn with_scene(body: &str, faults: bool) -> Subject {
    let mut py = module(body, faults);
    py.run(SCENE).unwrap();
    py
}

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

fn faults(body: &str, make: &str) -> Verdict {
    with_scene(body, true).survives_every_fault("probed", "probed.f", make)
}

/// Whether it failed with this kind, and its message and notes say this much.
#[track_caller]
fn caught(verdict: Verdict, kind: Kind, says: &[&str]) {
    let failure: Failure = verdict.expect_err("it is wrong");
    let text = failure.to_string();
    assert_eq!(failure.kind, kind, "{text}");
    for part in says {
        assert!(text.contains(part), "{part:?} is not in:\n{text}");
    }
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
fn a_name_that_the_type_cache_keeps_is_no_leak() {
    memory("return PyObject_GetAttrString(args, \"count\");").unwrap();
    memory("return PyObject_CallMethod(args, \"count\", \"i\", 1);").unwrap();
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
    let leaks = "if (!PyFloat_FromDouble(0.5)) return NULL; Py_RETURN_NONE;";
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

// --- faults -------------------------------------------------------------------

/// Makes a list of the doubled numbers of a list, by way of a buffer. What is
/// between the marks is what the tests below get wrong.
const DOUBLED: &str = r#"
    PyObject *numbers, *result = NULL, *item = NULL;
    double *buffer = NULL;
    if (!PyArg_ParseTuple(args, "O!", &PyList_Type, &numbers))
        return NULL;
    Py_ssize_t count = PyList_GET_SIZE(numbers);
    buffer = malloc(count * sizeof(double));
    if (!buffer) { PyErr_NoMemory(); goto fail; }
    for (Py_ssize_t i = 0; i < count; i++) {
        buffer[i] = PyFloat_AsDouble(PyList_GET_ITEM(numbers, i));
        if (buffer[i] == -1.0 && PyErr_Occurred()) goto fail;
    }
    result = PyList_New(0);
    if (!result) goto fail;
    for (Py_ssize_t i = 0; i < count; i++) {
        item = PyFloat_FromDouble(2 * buffer[i]);
        if (!item) goto fail;
        if (PyList_Append(result, item) < 0) goto fail;
        Py_CLEAR(item);
    }
    free(buffer);
    return result;
fail:
    Py_XDECREF(item);
    Py_XDECREF(result);
    free(buffer);
    return NULL;
"#;

/// `DOUBLED` with one of its lines replaced.
#[track_caller]
fn doubled_but(right: &str, wrong: &str) -> String {
    assert_eq!(DOUBLED.matches(right).count(), 1, "{right}");
    DOUBLED.replace(right, wrong)
}

/// The line in the module's source on which this stands.
fn line_of(body: &str, part: &str) -> usize {
    FIRST_LINE
        + body
            .lines()
            .position(|line| line.contains(part))
            .expect("it is in there")
}

#[test]
fn a_function_that_cleans_up_survives_every_fault() {
    faults(DOUBLED, "numbers").unwrap();
    references(DOUBLED, "numbers").unwrap();
}

#[test]
fn a_call_that_is_taken_for_a_success_is_an_ignored_failure() {
    let clears = doubled_but(
        "if (PyList_Append(result, item) < 0) goto fail;",
        "if (PyList_Append(result, item) < 0) PyErr_Clear();",
    );
    let line = format!("line {}: PyList_Append", line_of(&clears, "PyList_Append"));
    let says = [
        "`probed.f`, when the first `PyList_Append` fails, returned a value as if nothing had happened",
        &line,
    ];
    caught(faults(&clears, "numbers"), Kind::IgnoredFailure, &says);
}

#[test]
fn a_value_beside_an_exception_is_an_ignored_failure() {
    let ignores = doubled_but(
        "if (PyList_Append(result, item) < 0) goto fail;",
        "PyList_Append(result, item);",
    );
    let says = [
        "when the first `PyList_Append` fails, went on although an exception was set",
        "Python says",
    ];
    caught(faults(&ignores, "numbers"), Kind::IgnoredFailure, &says);
}

#[test]
fn null_without_an_exception_is_told_from_an_ignored_failure() {
    let silent = doubled_but("{ PyErr_NoMemory(); goto fail; }", "goto fail;");
    let says = [
        "when `malloc` fails, returned NULL without setting an exception",
        "Python says",
    ];
    caught(faults(&silent, "numbers"), Kind::IgnoredFailure, &says);
}

#[test]
fn the_result_of_a_failed_call_handed_on_is_an_ignored_failure() {
    let hands_on = doubled_but("if (!item) goto fail;", "")
        .replace("Py_CLEAR(item);", "Py_XDECREF(item); item = NULL;");
    let says =
        ["when the first `PyFloat_FromDouble` fails, went on with what the failed call gave back"];
    caught(faults(&hands_on, "numbers"), Kind::IgnoredFailure, &says);
}

#[test]
fn a_crash_after_a_fault_names_the_call_that_failed() {
    let unchecked = doubled_but("if (!buffer) { PyErr_NoMemory(); goto fail; }", "");
    caught(
        faults(&unchecked, "numbers"),
        Kind::Crash,
        &[
            "when `malloc` fails, ended the process",
            "segmentation fault",
        ],
    );
}

#[test]
fn a_cleanup_that_is_missing_on_one_path_is_found_at_that_path() {
    let forgets = doubled_but(
        "if (PyList_Append(result, item) < 0) goto fail;",
        "if (PyList_Append(result, item) < 0) { if (i == 0) goto fail; Py_DECREF(result); free(buffer); return NULL; }",
    );
    let says = [
        "when the second `PyList_Append` fails, raised, but did not clean up first",
        "1 of Python's memory blocks left",
    ];
    caught(faults(&forgets, "numbers"), Kind::LeakedMemory, &says);
}

#[test]
fn a_buffer_that_is_not_freed_on_one_path_is_found_there() {
    let forgets = doubled_but(
        "result = PyList_New(0);\n    if (!result) goto fail;",
        "result = PyList_New(0);\n    if (!result) return NULL;",
    );
    let says = [
        "when `PyList_New` fails, raised, but did not clean up first",
        "bytes of the C allocator left",
    ];
    caught(faults(&forgets, "numbers"), Kind::LeakedMemory, &says);
}

#[test]
fn a_reference_to_an_argument_kept_on_a_failing_path_is_named() {
    let keeps =
        "PyObject *it = PySequence_GetItem(PyTuple_GetItem(args, 0), 0); if (!it) return NULL;
        PyObject *list = PyList_New(0); if (!list) return NULL;
        Py_DECREF(it); return list;";
    let says = [
        "when `PyList_New` fails, raised, but did not clean up first",
        "1 reference to item 1 of its argument left",
    ];
    caught(faults(keeps, "things"), Kind::LeakedMemory, &says);
}

#[test]
fn a_borrowed_reference_released_on_a_failing_path_is_named() {
    let steals = "PyObject *it = PyList_GetItem(PyTuple_GetItem(args, 0), 1);
        PyObject *list = PyList_New(0); if (!list) { Py_DECREF(it); return NULL; } return list;";
    let says = [
        "when `PyList_New` fails, released a reference that it did not own: one to item 2 of its argument",
    ];
    caught(faults(steals, "things"), Kind::StolenReferences, &says);
}

#[test]
fn a_second_release_of_a_temporary_is_caught_before_it_does_harm() {
    let twice = doubled_but(
        "if (PyList_Append(result, item) < 0) goto fail;",
        "if (PyList_Append(result, item) < 0) { Py_DECREF(item);\n goto fail; }",
    );
    let line = format!("line {}", line_of(&twice, "Py_XDECREF(item);"));
    let says = [
        "when the first `PyList_Append` fails, released a reference that it did not own",
        &line,
    ];
    caught(faults(&twice, "numbers"), Kind::StolenReferences, &says);
}

#[test]
fn an_item_released_although_its_container_owns_it_is_caught() {
    let steals = |release: &str| {
        format!(
            "PyObject *list = PyList_New(1), *text = NULL; if (!list) return NULL;
            PyObject *item = PyFloat_FromDouble(0.5); if (!item) goto fail;
            if (PyList_SetItem(list, 0, item) < 0) {{ {release} goto fail; }}
            text = PyUnicode_FromString(\"text\"); if (!text) {{ {release} goto fail; }}
            Py_DECREF(text); return list;
            fail: Py_DECREF(list); return NULL;"
        )
    };
    faults(&steals(""), "nothing").unwrap();
    let says = ["when `PyList_SetItem` fails, released a reference that it did not own"];
    caught(
        faults(&steals("Py_DECREF(item);"), "nothing"),
        Kind::StolenReferences,
        &says,
    );
    let later = steals("").replace("text) {  goto", "text) { Py_DECREF(item); goto");
    let says = ["when `PyUnicode_FromString` fails, released a reference that it did not own"];
    caught(faults(&later, "nothing"), Kind::StolenReferences, &says);
}

#[test]
fn what_is_released_before_it_is_returned_is_caught_although_nothing_fails() {
    let returns_dead =
        "PyObject *list = PyList_New(0); if (!list) return NULL; Py_DECREF(list); return list;";
    let says = [
        "`probed.f`, where nothing fails, released a reference that it did not own",
        "line 6",
    ];
    caught(
        faults(returns_dead, "nothing"),
        Kind::StolenReferences,
        &says,
    );
}

#[test]
fn a_nested_call_is_evaluated_although_the_outer_one_fails() {
    let nested = "PyObject *list = PyList_New(0); if (!list) return NULL;
        if (PyList_Append(list, PyComplex_FromDoubles(1, 2)) < 0) { Py_DECREF(list); return NULL; }
        return list;";
    let says = [
        "when `PyList_Append` fails, raised, but did not clean up first",
        "1 of Python's memory blocks",
    ];
    caught(faults(nested, "nothing"), Kind::LeakedMemory, &says);
}

#[test]
fn what_a_format_takes_over_is_taken_over_on_failure_too() {
    let builds = |release: &str| {
        format!(
            "PyObject *item = PyFloat_FromDouble(0.5); if (!item) return NULL;
            Py_ssize_t n = 2;
            PyObject *pair = Py_BuildValue(\"(Ns#)\", item, \"ab\", n); if (!pair) {{ {release} }} return pair;"
        )
    };
    faults(&builds(""), "nothing").unwrap();
    caught(
        faults(&builds("Py_DECREF(item);"), "nothing"),
        Kind::StolenReferences,
        &["when `Py_BuildValue` fails"],
    );
}

#[test]
fn calls_with_any_number_of_arguments_still_work_and_fail() {
    let calls = "PyObject *text = PyUnicode_FromFormat(\"%s-%d\", \"a\", 3); if (!text) return NULL;
        PyObject *upper = PyObject_CallMethod(text, \"replace\", \"ss\", \"a\", \"b\"); Py_DECREF(text); if (!upper) return NULL;
        PyObject *list = PyObject_CallFunctionObjArgs((PyObject *)&PyList_Type, upper, NULL); Py_DECREF(upper); if (!list) return NULL;
        PyObject *number = PyObject_CallFunction((PyObject *)&PyFloat_Type, \"s\", \"2.5\"); if (!number) { Py_DECREF(list); return NULL; }
        PyObject *pair = PyTuple_Pack(2, list, number); Py_DECREF(list); Py_DECREF(number); return pair;";
    let mut py = with_scene(calls, true);
    py.survives_every_fault("probed", "probed.f", "nothing")
        .unwrap();
    let expected = oracle::Value::Tuple(vec![vec!["b", "-", "3"].into(), 2.5.into()]);
    py.call("probed.f", &[]).unwrap().returns(expected).unwrap();
}

#[test]
fn a_function_that_calls_nothing_has_not_been_put_to_the_test() {
    let verdict = faults("Py_RETURN_NONE;", "nothing");
    caught(
        verdict,
        Kind::NotEntered,
        &["made no C-API call that can fail"],
    );
}

#[test]
fn these_tests_ran_the_python_they_were_asked_for() {
    let wanted = std::env::var("PYO3_PYTHON").unwrap_or_default();
    let [major, minor, _] = python().version();
    println!("Python {major}.{minor} (`{wanted}`)");
    assert!(major == 3 && minor >= 10);
}
