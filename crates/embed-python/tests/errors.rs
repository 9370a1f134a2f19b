//! Errors in both directions, seen from outside, in both hosts.
#![cfg(libpython)]

mod support;

use support::{Ended, HOSTS, Run};

/// Each host runs this; what it printed must hold these words.
#[track_caller]
fn check(script: &str, function: &str, code: i32, out: &[&str], err: &[&str]) {
    for host in HOSTS {
        let Ended {
            out: printed,
            err: said,
            code: ended,
        } = Run::script(host, script, &[function]).end();
        for words in out {
            assert!(
                printed.contains(words),
                "{host:?}: no `{words}` in\n{printed}\n{said}"
            );
        }
        for words in err {
            assert!(
                said.contains(words),
                "{host:?}: no `{words}` in\n{said}\n{printed}"
            );
        }
        assert_eq!(ended, Some(code), "{host:?}: {printed}{said}");
        assert!(
            !said.contains("panicked") && !said.contains("Traceback"),
            "{said}"
        );
    }
}

#[test]
fn an_exception_arrives_with_its_type_its_text_its_place_and_its_cause() {
    let script = "
class Spilt(Exception): pass
def f():
    try:
        {}['ink']
    except KeyError as error:
        raise Spilt('over the page') from error
";
    let out = [
        "raised    script.Spilt: over the page\n",
        "script.py\", line 7, in f\n",
    ];
    check(
        script,
        "f",
        1,
        &[out[0], out[1], "because   KeyError: 'ink'\n"],
        &[],
    );
}

#[test]
fn an_exception_without_a_text_is_told_all_the_same() {
    let script = "
class Mute(Exception):
    def __str__(self): raise ValueError
def f(): raise Mute
";
    check(
        script,
        "f",
        1,
        &["raised    script.Mute: (its text cannot be had)\n"],
        &[],
    );
}

#[test]
fn a_text_that_is_no_utf_8_is_told_as_far_as_it_can_be() {
    check(
        "def f(): raise ValueError('ink\\udcff!')",
        "f",
        1,
        &["ValueError: ink", "!\n"],
        &[],
    );
}

#[test]
fn a_circle_of_causes_comes_to_an_end() {
    let script = "
def f():
    first, second = ValueError('hen'), TypeError('egg')
    first.__cause__, second.__cause__ = second, first
    raise first
";
    check(
        script,
        "f",
        1,
        &["because   TypeError: egg\n  because   ValueError: hen\n"],
        &[],
    );
}

#[test]
fn a_failure_of_the_host_is_caught_in_python_and_comes_back_as_a_cause() {
    let script = "
import host
def f():
    try:
        host.level('mauve')
    except host.HostError as error:
        assert error.code == 2, error.code
        raise RuntimeError('no page') from error
";
    let because = "because   host.HostError: there is no ink called `mauve`\n";
    check(
        script,
        "f",
        1,
        &["raised    RuntimeError: no page\n", because],
        &[],
    );
}

#[test]
fn a_failure_of_the_host_carries_its_code() {
    let script = "
import host
def f():
    try:
        host.level('black')
    except host.HostError as error:
        return error.code
";
    check(script, "f", 0, &["returned  3\n"], &[]);
}

#[test]
fn system_exit_ends_no_host_and_its_code_is_read() {
    let exits = |value: &str, code: i32, out: &str, err: &[&str]| {
        let script =
            format!("import sys\ndef f(): sys.exit({value})\ndef g(): return 'still here'");
        check(
            &script,
            "f",
            code,
            &[
                &format!("exits     with {out}; the host decides"),
                "the end",
            ],
            err,
        );
        for host in HOSTS {
            let ended = Run::script(host, &script, &["f", "g"]).end();
            assert!(
                ended.out.contains("returned  'still here'"),
                "{}",
                ended.out
            );
            assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
        }
    };
    exits("", 0, "0", &[]);
    exits("None", 0, "0", &[]);
    exits("0", 0, "0", &[]);
    exits("3", 3, "3", &[]);
    exits("True", 1, "1", &[]);
    exits("-1", 255, "-1", &[]);
    exits("2**80", 255, "-1", &[]);
    exits("2**32", 255, "-1", &[]);
    exits("'no paper'", 1, "1 and `no paper`", &["no paper\n"]);
    exits("[1, 2]", 1, "1 and `[1, 2]`", &["[1, 2]\n"]);
}

#[test]
fn system_exit_while_a_script_is_loaded_is_read_too() {
    check(
        "import sys\nsys.exit(4)",
        "f",
        4,
        &["exits     with 4"],
        &[],
    );
}

#[test]
fn an_error_left_behind_is_a_system_error() {
    let script = "
import host
def forget(): host.forget_an_error()
def quiet(): ran.append(1); return 7
ran = []
def call():
    try:
        host.call_with_an_error_set(quiet)
    except SystemError as error:
        return ran, repr(error.__cause__)
";
    let words = "returned a result with an exception set\n";
    check(
        script,
        "forget",
        1,
        &[
            "SystemError: <built-in function forget_an_error> ",
            words,
            "because   ValueError: forgotten\n",
        ],
        &[],
    );
    check(
        script,
        "call",
        0,
        &["returned  ([1], \"ValueError('left over')\")\n"],
        &[],
    );
}

#[test]
fn a_host_that_takes_the_error_first_gets_its_answer() {
    let script = "import host\ndef f(): return host.take_the_error_first(lambda: 7)";
    check(
        script,
        "f",
        0,
        &["returned  '7, and in hand: ValueError: left over'\n"],
        &[],
    );
    let script = "import host\ndef f(): return host.take_the_error_first(lambda: {}['ink'])";
    check(script, "f", 1, &["raised    KeyError: 'ink'\n"], &[]);
}

#[test]
fn a_syntax_error_has_its_line_and_column() {
    let error = "script.py` is not Python, at line 2, column 9: ";
    check(
        "def f():\n  x = 1 +\n",
        "f",
        1,
        &["the end"],
        &[
            "error: `",
            error.replace("column 9", "column 10").as_str(),
            "hint: mend line 2 of `",
        ],
    );
}

#[test]
fn a_syntax_error_elsewhere_is_not_the_scripts() {
    let script = "compile('x = = 1', 'elsewhere.py', 'exec')";
    check(
        script,
        "f",
        1,
        &["raised    SyntaxError: invalid syntax (elsewhere.py, line 1)"],
        &["script.py` does not load"],
    );
}

#[test]
fn a_missing_module_is_named() {
    check(
        "import no_such_ink",
        "f",
        1,
        &["the end"],
        &[
            "needs the module `no_such_ink`, which is not there\n\nhint: run `",
            " -m pip install no_such_ink`",
        ],
    );
}

#[test]
fn a_missing_function_is_named() {
    check(
        "def f(): pass",
        "g",
        1,
        &["the end"],
        &[
            "error: `",
            "script.py` has no function `g`",
            "hint: define `g` at the top of",
        ],
    );
}

#[test]
fn a_script_that_raises_is_no_script() {
    check(
        "1 / 0",
        "f",
        1,
        &["raised    ZeroDivisionError: division by zero"],
        &["script.py` does not load\n\nhint: mend"],
    );
}

#[test]
fn a_script_with_a_nul_is_no_text() {
    check(
        "x = 1\0\ndef f(): pass",
        "f",
        1,
        &["the end"],
        &["script.py` has a NUL inside", "hint: see that"],
    );
}

#[test]
fn an_empty_script_is_a_script() {
    check(
        "",
        "f",
        1,
        &["the end"],
        &["script.py` has no function `f`"],
    );
}

#[test]
fn a_script_that_cannot_be_read_is_named() {
    for host in HOSTS {
        for path in ["/no/such/script.py", "/"] {
            let ended = Run::new(host, &[path, "f"]).end();
            assert_eq!(ended.code, Some(1));
            let begin = format!("error: cannot read `{path}`: ");
            assert!(
                ended.err.starts_with(&begin) && ended.err.contains("\n\nhint: "),
                "{}",
                ended.err
            );
        }
    }
}
