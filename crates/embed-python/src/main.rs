//! `embed-python [--c] [SCRIPT FUNCTION…]`: a program that calls Python.
//!
//! Without arguments it runs `scripts/tour.py`. With `--c` it becomes the same program written in
//! C (`src/c/host.c`), which says the same, line for line.

#[cfg(libpython)]
mod failure;
#[cfg(libpython)]
mod host;
#[cfg(libpython)]
mod interpreter;
#[cfg(libpython)]
mod native;
#[cfg(libpython)]
mod report;
#[cfg(libpython)]
mod script;

use std::ffi::OsString;
use std::process::ExitCode;

/// The Python this program was built for, by its path.
const PYTHON: &str = env!("EMBED_PYTHON_EXECUTABLE");

/// The functions of the tour, in order.
const TOUR: &[&str] = &[
    "greet",
    "divide",
    "look_up",
    "ask_for_mauve",
    "try_another",
    "print_in_mauve",
    "leave",
    "leave_with_a_number",
    "leave_with_words",
    "forget_an_error",
    "call_with_an_error_set",
    "take_the_error_first",
    "wait_for_the_bell",
    "on_another_thread",
    "fail_on_another_thread",
    "leave_things_behind",
];

fn main() -> ExitCode {
    let mut arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let in_c = arguments.first().is_some_and(|first| first == "--c");
    if in_c {
        arguments.remove(0);
    }
    if arguments.is_empty() {
        arguments.push(concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/tour.py").into());
        arguments.extend(TOUR.iter().map(Into::into));
    }
    if arguments.len() < 2 || arguments[0].to_string_lossy().starts_with('-') {
        return refuse(
            "`embed-python` takes a script and the functions to call in it",
            "run `cargo run -p embed-python` for the tour",
        );
    }
    if in_c {
        become_the_c_host(&arguments)
    } else {
        run_here(&arguments)
    }
}

fn refuse(what: &str, hint: &str) -> ExitCode {
    eprintln!("error: {what}\n\nhint: {hint}");
    ExitCode::from(2)
}

#[cfg(libpython)]
fn run_here(arguments: &[OsString]) -> ExitCode {
    host::run(&arguments[0], &arguments[1..])
}

#[cfg(c_host)]
fn become_the_c_host(arguments: &[OsString]) -> ExitCode {
    use std::os::unix::process::CommandExt as _;

    // `exec` returns only if it fails: on success this process is the C program.
    let program = env!("EMBED_PYTHON_C_HOST");
    let error = std::process::Command::new(program)
        .arg(PYTHON)
        .args(arguments)
        .exec();
    refuse(
        &format!("cannot start `{program}`: {error}"),
        "run `cargo build -p embed-python`",
    )
}

#[cfg(not(libpython))]
fn run_here(_: &[OsString]) -> ExitCode {
    no_libpython()
}

#[cfg(not(libpython))]
fn become_the_c_host(_: &[OsString]) -> ExitCode {
    no_libpython()
}

/// The answer of a program that was built for a Python it cannot hold.
#[cfg(not(libpython))]
fn no_libpython() -> ExitCode {
    let what = env!("EMBED_PYTHON_NO_LIBPYTHON");
    refuse(
        &format!("`{PYTHON}` cannot be embedded: {what}"),
        env!("EMBED_PYTHON_NO_LIBPYTHON_HINT"),
    )
}

#[cfg(all(libpython, not(c_host)))]
fn become_the_c_host(_: &[OsString]) -> ExitCode {
    let what = env!("EMBED_PYTHON_NO_C_HOST");
    refuse(
        &format!("the host in C could not be built for `{PYTHON}`: {what}"),
        env!("EMBED_PYTHON_NO_C_HOST_HINT"),
    )
}
