//! The commands in the documents are commands that work.
//!
//! Each line `$ …` of a console block in README.md, CONTRIBUTING.md and the
//! book is run as it is written, at the root. Left out are those that would run
//! this very test again, and `.ci/run` is looked at instead: it must run the
//! README's two commands to the letter.

use std::process::{Command, Stdio};

use proof::{missing_exercises, root};

fn read(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// The commands of a page's console blocks, in order.
fn commands(page: &str) -> Vec<String> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in page.lines() {
        match line.trim() {
            "```console" => inside = true,
            "```" => inside = false,
            line if inside => found.extend(line.strip_prefix("$ ").map(str::to_owned)),
            _ => {}
        }
    }
    found
}

/// What would test the tests, or is proved by a test of its own.
fn is_left_to_ci(command: &str) -> bool {
    [
        "cargo test",
        "cargo clippy --all-targets -- -D warnings",
        "cargo fmt --all --check",
    ]
    .contains(&command)
        || command.contains("-p proof")
        || command.starts_with("BLESS=1")
}

/// What changes a learner's own record or writes files is shown and not run, and so is what
/// goes on until it is interrupted. These have tests of their own.
fn is_shown_alone(command: &str) -> bool {
    [
        "diff",
        "hint",
        "init",
        "new",
        "progress --import",
        "read",
        "release",
        "reset",
        "update",
        "watch",
    ]
    .iter()
    .any(|name| command.contains(&format!("bindery {name}")))
}

/// A command that names a Python can run only where that Python is.
fn its_python_is_here(command: &str) -> bool {
    let Some(named) = command.strip_prefix("PYO3_PYTHON=") else {
        return true;
    };
    let python = named.split(' ').next().unwrap_or_default();
    Command::new(python)
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success())
}

/// A learner's copy has not what the sample class handed in, and so nothing that comes of it.
fn needs_the_class(command: &str) -> bool {
    let is_about_it = command.contains("tests/class/") || command.contains("target/graded");
    is_about_it && !root().join("tests/class/submissions").is_dir()
}

#[test]
fn every_command_in_the_documents_runs() {
    let pages = [
        "README.md".to_owned(),
        "CONTRIBUTING.md".to_owned(),
        "book/src/how_to_use.md".to_owned(),
        "book/src/teaching/evening.md".to_owned(),
    ];
    let missing = missing_exercises();
    let slug = |id: &String| {
        id.split_once('_')
            .map(|_| id.rsplit('/').next().unwrap_or(id)[3..].to_owned())
    };
    let missing: Vec<String> = missing.iter().filter_map(slug).collect();
    let mut seen = Vec::new();
    for page in pages {
        for command in commands(&read(&page)) {
            if is_left_to_ci(&command) || is_shown_alone(&command) || seen.contains(&command) {
                continue;
            }
            let of_a_missing_exercise = missing.iter().any(|slug| command.contains(slug.as_str()));
            if of_a_missing_exercise || !its_python_is_here(&command) || needs_the_class(&command) {
                println!("skipped: {page}: $ {command}");
                continue;
            }
            println!("{page}: $ {command}");
            let output = Command::new("sh")
                .args(["-c", &command])
                .current_dir(root())
                .env("NO_COLOR", "1")
                .env_remove("PYO3_PYTHON")
                .stdin(Stdio::null())
                .output()
                .expect("there is a shell");
            let said = format!(
                "{}{}",
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            );
            // An unsolved exercise fails its checks: that is a verdict, not a wrong command.
            let judged = said.contains("checks pass,") || said.contains("test result: FAILED");
            assert!(
                output.status.success() || judged,
                "{page}: `{command}` fails ({}):\n{said}",
                output.status
            );
            seen.push(command);
        }
    }
    assert!(
        seen.iter().any(|command| command == "cargo run"),
        "the README starts with `cargo run`"
    );
}

#[test]
fn ci_runs_the_readmes_two_commands_to_the_letter() {
    let ci = read(".ci/run");
    for command in ["cargo run", "cargo test"] {
        assert!(
            commands(&read("README.md")).iter().any(|c| c == command),
            "the README does not show `{command}`"
        );
        assert!(
            ci.lines().any(|line| line.trim() == command),
            ".ci/run does not run `{command}` as the README writes it"
        );
    }
}

#[test]
fn the_readmes_transcript_is_what_the_program_prints() {
    // The first screen as a newcomer sees it: what follows the first line is fixed.
    let readme = read("README.md");
    let output = Command::new("cargo")
        .args(["run", "--quiet"])
        .current_dir(root())
        .env("NO_COLOR", "1")
        .output();
    let screen = String::from_utf8_lossy(&output.expect("cargo starts").stdout).into_owned();
    let first = screen.lines().next().unwrap_or_default();
    assert!(
        !first.is_empty() && readme.contains(first),
        "the README does not show {first:?}"
    );
    let labels = [
        "next", "about", "read", "edit", "check", "book", "demo", "lab",
    ];
    let has = |text: &str, label: &str| {
        text.lines()
            .any(|line| line.trim_start().starts_with(&format!("{label}  ")))
    };
    for label in labels {
        assert!(
            has(&readme, label) && (has(&screen, label) || screen.contains("All of them")),
            "`{label}` is missing"
        );
    }
    for words in ["joined to Python", "measured in"] {
        let line = screen.lines().find(|line| line.contains(words));
        let line = line.unwrap_or_else(|| panic!("the screen does not say {words:?}"));
        assert!(readme.contains(line), "the README does not show {line:?}");
    }
}
