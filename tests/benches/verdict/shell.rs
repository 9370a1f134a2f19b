//! Commands as somebody types them in a shell of their own: cargo, which started this
//! benchmark, tells what it starts many things that nobody else would hear.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const CARGO_SAYS: [&str; 9] = [
    "CARGO",
    "CARGO_MANIFEST_DIR",
    "CARGO_MANIFEST_PATH",
    "CARGO_TARGET_DIR",
    "LD_LIBRARY_PATH",
    "PYO3_BUILD_EXTENSION_MODULE",
    "RUST_BACKTRACE",
    "RUST_RECURSION_COUNT",
    "RUSTUP_TOOLCHAIN",
];

/// A command in a folder. What it starts builds where it always would.
pub fn command(program: impl AsRef<OsStr>, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).stdin(Stdio::null());
    for name in CARGO_SAYS {
        command.env_remove(name);
    }
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("CARGO_PKG_") {
            command.env_remove(name);
        }
    }
    // rustup puts the toolchain's own folder before its proxies.
    let path = std::env::var_os("PATH").unwrap_or_default();
    let theirs = std::env::split_paths(&path)
        .filter(|folder| !folder.iter().any(|part| part == "toolchains"));
    command.env("PATH", std::env::join_paths(theirs).unwrap_or(path));
    command
}

/// The same with a folder before all others on the PATH.
pub fn with_tools(mut command: Command, tools: &Path) -> Command {
    let set = command.get_envs().find(|(name, _)| *name == "PATH");
    let path = set
        .and_then(|(_, path)| path.map(OsStr::to_owned))
        .unwrap_or_default();
    let folders = std::iter::once(tools.to_owned()).chain(std::env::split_paths(&path));
    if let Ok(path) = std::env::join_paths(folders) {
        command.env("PATH", path);
    }
    command
}

/// Everything that it printed.
pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Runs a command that has to end well.
pub fn run(command: &mut Command) -> Result<String, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .output()
        .map_err(|e| format!("`{name}` does not start: {e}"))?;
    match output.status.success() {
        true => Ok(said(&output)),
        false => Err(format!("`{name}` failed:\n{}", said(&output).trim_end())),
    }
}
