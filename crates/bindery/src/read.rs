//! `read`: the book in a browser. What builds and serves it is a program of its own, the
//! crate `reader`, compiled when somebody first wants to read.

use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use builder::{Running, cargo, target_folder};

use crate::screen::me;
use crate::trouble::Trouble;
use crate::workshop::Workshop;

const PROGRAM: &str = "bindery-read";

/// Becomes that program: it is the one that Ctrl-C ends.
pub fn run(page: Option<&str>, port: Option<u16>, no_open: bool) -> Result<Infallible, Trouble> {
    let workshop = Workshop::open()?;
    let program = compiled(&workshop.root)?;
    let mut command = Command::new(program);
    command.arg("--root").arg(&workshop.root);
    if let Some(port) = port {
        command.arg("--port").arg(port.to_string());
    }
    if no_open {
        command.arg("--no-open");
    }
    if let Some(page) = page {
        command.arg("--").arg(lesson_or_page(&workshop, page));
    }
    Err(Trouble::new(
        format!("cannot start `{PROGRAM}`: {}", become_it(command)),
        format!("run `{} doctor` to see what is missing", me()),
    ))
}

/// The folder of an exercise whose name this is, else the page's name as it was typed.
fn lesson_or_page(workshop: &Workshop, name: &str) -> String {
    let exercise = workshop.exercises().iter().find(|e| e.slug == name);
    exercise.map_or_else(|| name.to_owned(), |e| format!("exercises/{}", e.id()))
}

fn compiled(root: &Path) -> Result<PathBuf, Trouble> {
    let (mut build, program) = building(root);
    if !program.is_file() {
        eprintln!("The program that serves the book is compiled first. That takes a minute, once.");
    } else {
        // What was compiled before needs no word.
        build.arg("--quiet");
    }
    match build.status() {
        Ok(status) if status.success() => Ok(program),
        Ok(_) => Err(Trouble::new(
            format!("`{PROGRAM}` cannot be compiled"),
            "see what cargo says above; the pages are in `book/src`, too",
        )),
        Err(error) => Err(no_cargo(&error)),
    }
}

/// The same for a caller that has the screen: nothing is printed, and who holds `running`
/// can end it.
pub fn compiled_quietly(root: &Path, running: &Running) -> Result<PathBuf, Trouble> {
    let (mut build, program) = building(root);
    build
        .arg("--quiet")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let status = running
        .spawn(&mut build)
        .and_then(|mut child| running.wait(&mut child));
    match status {
        Ok(status) if status.success() => Ok(program),
        Ok(_) => Err(Trouble::new(
            format!("`{PROGRAM}` cannot be compiled"),
            format!("run `{} read` to see why", me()),
        )),
        Err(error) => Err(no_cargo(&error)),
    }
}

/// What compiles the program, and where it will be.
fn building(root: &Path) -> (Command, PathBuf) {
    let target = target_folder(root, None);
    let name = format!("{PROGRAM}{}", std::env::consts::EXE_SUFFIX);
    let program = target.join("debug").join(name);
    let mut build = cargo();
    build
        .current_dir(root)
        .args(["build", "--package", "reader", "--bin", PROGRAM])
        .arg("--target-dir")
        .arg(&target);
    (build, program)
}

fn no_cargo(error: &std::io::Error) -> Trouble {
    Trouble::new(
        format!("cannot start `cargo`: {error}"),
        "install Rust from https://rustup.rs",
    )
}

#[cfg(unix)]
fn become_it(mut command: Command) -> std::io::Error {
    std::os::unix::process::CommandExt::exec(&mut command)
}

#[cfg(not(unix))]
fn become_it(mut command: Command) -> std::io::Error {
    match command.status() {
        Ok(status) => std::process::exit(status.code().unwrap_or(2)),
        Err(error) => error,
    }
}
