//! Fault injection tells C code that cleans up from code that does not, and
//! names the call after which something was left, ignored or released twice.

mod common;

#[path = "common/c_module.rs"]
mod c_module;

use c_module::{FIRST_LINE, caught, with_scene};
use oracle::{Kind, Verdict};

fn faults(body: &str, make: &str) -> Verdict {
    with_scene(body, true).survives_every_fault("probed", "probed.f", make)
}

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
    let mut py = with_scene(DOUBLED, false);
    py.references("probed.f", "numbers")
        .unwrap()
        .are_balanced()
        .unwrap();
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
