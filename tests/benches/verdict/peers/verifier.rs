//! What the course's runner starts for an exercise, in the exercise's folder: the packages,
//! with the module built by maturin, then the Rust tests, then the Python ones.

use std::path::Path;
use std::process::{Command, exit};

fn main() {
    let there = std::env::current_dir().unwrap();
    let venv = there.join(".venv");
    if !venv.exists() {
        step(&venv, &["uv", "sync", "--no-install-workspace"]);
    }
    step(&venv, &["uv", "sync", "--all-packages"]);
    step(&venv, &["cargo", "test"]);
    step(&venv, &["uv", "run", "pytest"]);
}

/// One command, as in a shell where the environment is active.
fn step(venv: &Path, words: &[&str]) {
    let path = std::env::var("PATH").unwrap_or_default();
    let status = Command::new(words[0])
        .args(&words[1..])
        .env("VIRTUAL_ENV", venv)
        .env("PATH", format!("{}:{path}", venv.join("bin").display()))
        .status();
    if !status.is_ok_and(|status| status.success()) {
        exit(1);
    }
}
