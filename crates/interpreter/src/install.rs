//! Makes a virtual environment and fills it from the lock, with uv where there is one
//! and with `venv` and pip where there is none, and tells their failures apart.
//! Knows nothing of locks between processes and of when an environment is whole.
//!
//! Every file installed is a wheel whose hash is in the lock: a source package would
//! run code and fetch build tools that no hash covers.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use crate::environment::io_error;
use crate::error::EnvironmentError;
use crate::packages::Packages;
use crate::resolve::Interpreter;
use crate::surroundings::{Surroundings, venv_python};

const CHECK: &str = include_str!("check.py");

/// Makes the environment at `root`, which must not exist, and returns where its
/// packages are below that. `lock` is held by everything this starts.
pub(crate) fn make(
    surroundings: &Surroundings,
    interpreter: &Interpreter,
    packages: Packages,
    root: &Path,
    lock: &File,
) -> Result<PathBuf, EnvironmentError> {
    let steps = Steps {
        surroundings,
        interpreter,
        folder: root.parent().unwrap_or(root),
        lock,
    };
    let python = venv_python(root);
    let requirements = root.join("requirements.lock");
    let write_lock =
        || fs::write(&requirements, packages.lock()).map_err(io_error("write", &requirements));
    if let Some(uv) = steps.uv() {
        let uv = |arguments: &[&str]| {
            let mut command = steps.command(&uv);
            command.env("UV_PYTHON_DOWNLOADS", "never").args(arguments);
            command
        };
        let mut venv = uv(&["venv", "--quiet", "--no-project", "--python"]);
        steps.run("uv", venv.arg(interpreter.executable()).arg(root))?;
        write_lock()?;
        let mut install = uv(&["pip", "install", "--quiet", "--require-hashes"]);
        install
            .args(["--only-binary", ":all:", "--python"])
            .arg(&python);
        steps.run("uv", install.arg("--requirement").arg(&requirements))?;
        if packages.needs_pip() {
            // The one that came with this Python: nothing is fetched.
            let mut pip = steps.command(&python);
            steps.run("venv", pip.args(["-I", "-m", "ensurepip"]))?;
        }
    } else {
        let mut venv = steps.command(interpreter.executable());
        steps.run("venv", venv.args(["-I", "-m", "venv"]).arg(root))?;
        write_lock()?;
        let mut install = steps.command(&python);
        install.args([
            "-I",
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]);
        install.args([
            "--no-input",
            "--no-user",
            "--require-hashes",
            "--only-binary",
            ":all:",
        ]);
        steps.run("pip", install.arg("--requirement").arg(&requirements))?;
    }
    let script = root.join("check.py");
    fs::write(&script, CHECK).map_err(io_error("write", &script))?;
    let mut check = steps.command(&python);
    let printed = steps.run(
        "python",
        check.arg("-I").arg(&script).args(packages.required()),
    )?;
    // A last line, since a `.pth` file of some package may print before it.
    let below = printed
        .lines()
        .last()
        .and_then(|line| serde_json::from_str(line).ok());
    below.ok_or_else(|| failed("python", "exit status: 0".to_owned(), &check, &printed))
}

struct Steps<'a> {
    surroundings: &'a Surroundings,
    interpreter: &'a Interpreter,
    folder: &'a Path,
    lock: &'a File,
}

impl Steps<'_> {
    /// A `uv` that works; a version manager's shim may lead nowhere.
    fn uv(&self) -> Option<PathBuf> {
        let uv = self.surroundings.on_path("uv".as_ref())?;
        let mut command = self.command(&uv);
        command
            .arg("--version")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
            .status()
            .is_ok_and(|status| status.success())
            .then_some(uv)
    }

    /// Runs beside the environment, where no project's settings are in the way.
    fn command(&self, program: &Path) -> Command {
        let mut command = self.surroundings.python_tool(program);
        command.current_dir(self.folder);
        command
    }

    /// Runs one step to its end and returns what it printed.
    fn run(&self, tool: &'static str, command: &mut Command) -> Result<String, EnvironmentError> {
        let program = PathBuf::from(command.get_program());
        let (printed, status) = self.capture(command).map_err(io_error("run", &program))?;
        if status.success() {
            return Ok(printed);
        }
        Err(match Trouble::recognise(&printed) {
            // Only making an environment can miss them; pip may quote the words.
            Some(Trouble::NoVenv) if tool == "venv" => EnvironmentError::NoVenv {
                executable: self.interpreter.executable().to_path_buf(),
                abi: self.interpreter.abi(),
            },
            Some(Trouble::NoNetwork) => self.no_network(tool, &printed, None),
            Some(Trouble::NothingOffered) if self.forbidden().is_some() => {
                self.no_network(tool, &printed, self.forbidden())
            }
            _ => failed(tool, status.to_string(), command, &printed),
        })
    }

    fn capture(&self, command: &mut Command) -> std::io::Result<(String, ExitStatus)> {
        let (mut reader, writer) = std::io::pipe()?;
        // The child holds the lock too, as its standard input: if this process is
        // killed and leaves a pip behind, the next run waits for it to end before
        // it clears the folder that pip still writes to.
        command.stdin(self.lock.try_clone()?);
        command.stdout(writer.try_clone()?).stderr(writer);
        let mut child = command.spawn()?;
        // The command keeps the writing end, and reading would never end.
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut printed = Vec::new();
        reader.read_to_end(&mut printed)?;
        Ok((
            String::from_utf8_lossy(&printed).into_owned(),
            child.wait()?,
        ))
    }

    /// The variable that keeps a tool from the network.
    fn forbidden(&self) -> Option<&'static str> {
        ["PIP_NO_INDEX", "UV_NO_INDEX", "UV_OFFLINE"]
            .into_iter()
            .find(|name| {
                self.surroundings
                    .variable(name)
                    .is_some_and(|value| !value.is_empty())
            })
    }

    fn no_network(
        &self,
        tool: &'static str,
        printed: &str,
        forbidden_by: Option<&'static str>,
    ) -> EnvironmentError {
        let forbidden_by = forbidden_by.or(self.forbidden());
        EnvironmentError::NoNetwork {
            tool,
            said: tail(printed, 3),
            forbidden_by,
        }
    }
}

fn failed(tool: &'static str, status: String, command: &Command, said: &str) -> EnvironmentError {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let quote = |word: &str| match word
        .chars()
        .all(|c| c.is_alphanumeric() || "-_./:".contains(c))
    {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    };
    let command = words
        .map(|w| quote(&w.to_string_lossy()))
        .collect::<Vec<_>>()
        .join(" ");
    EnvironmentError::Failed {
        tool,
        status,
        said: tail(said, 12),
        command,
    }
}

fn tail(text: &str, most: usize) -> String {
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    lines[lines.len().saturating_sub(most)..].join("\n")
}

/// A failure that has a remedy of its own.
#[derive(Debug, PartialEq)]
enum Trouble {
    NoVenv,
    NoNetwork,
    /// pip and uv say this when told to stay offline, and when an index has no wheel
    /// for this machine.
    NothingOffered,
}

impl Trouble {
    fn recognise(printed: &str) -> Option<Self> {
        const NO_VENV: [&str; 3] = [
            "ensurepip is not",
            "No module named venv",
            "No module named ensurepip",
        ];
        const NO_NETWORK: [&str; 14] = [
            // pip
            "Failed to establish a new connection",
            "Temporary failure in name resolution",
            "Name or service not known",
            "Network is unreachable",
            "ConnectTimeoutError",
            "ReadTimeoutError",
            "Read timed out",
            "Cannot connect to proxy",
            "Connection refused",
            // uv
            "error sending request",
            "dns error",
            "tcp connect error",
            "network was disabled",
            "Network connectivity is disabled",
        ];
        const NOTHING_OFFERED: [&str; 3] = [
            "(from versions: none)",
            "was not found in the cache",
            "was not found in the provided",
        ];
        let says = |phrases: &[&str]| phrases.iter().any(|phrase| printed.contains(phrase));
        if says(&NO_VENV) {
            Some(Self::NoVenv)
        } else if says(&NO_NETWORK) {
            Some(Self::NoNetwork)
        } else if says(&NOTHING_OFFERED) {
            Some(Self::NothingOffered)
        } else {
            None
        }
    }
}

#[cfg(test)]
#[path = "install_tests.rs"]
mod tests;
