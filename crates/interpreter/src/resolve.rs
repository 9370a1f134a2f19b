//! From a choice to an [`Interpreter`]: runs each candidate, finds the binary behind a
//! shim or a virtual environment, and refuses what will not do. Leaves where to look
//! to `choose` and what is remembered to `cache`.

use std::path::{Path, PathBuf};

use crate::advice;
use crate::cache::{Answer, Slot};
use crate::choose::{Candidates, candidates};
use crate::error::{InterpreterError, ProbeFailure};
use crate::facts::{Abi, Facts, Libpython};
use crate::run::{Finished, Unfinished, run_within};
use crate::surroundings::Surroundings;

const PROBE: &str = include_str!("probe.py");

/// The oldest CPython that will do.
pub(crate) const FLOOR: (u16, u16) = (3, 10);

/// A CPython that will do, and what it said of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interpreter {
    found: PathBuf,
    executable: PathBuf,
    facts: Facts,
}

impl Interpreter {
    /// The interpreter that PyO3 would build for here. Runs it on first use only.
    pub fn resolve(cache_dir: &Path) -> Result<Self, InterpreterError> {
        let surroundings =
            Surroundings::current().map_err(|source| InterpreterError::CurrentFolder { source })?;
        Self::resolve_in(&surroundings, cache_dir)
    }

    /// The same, chosen from these surroundings.
    pub fn resolve_in(
        surroundings: &Surroundings,
        cache_dir: &Path,
    ) -> Result<Self, InterpreterError> {
        let examine = |found: &Path| examine(surroundings, cache_dir, found);
        match candidates(surroundings)? {
            Candidates::Named(found) => match examine(&found) {
                Ok(answer) => accept(surroundings, found, answer),
                Err(cause) => Err(InterpreterError::Probe { path: found, cause }),
            },
            Candidates::Tried(tried) => {
                for found in tried {
                    match examine(&found) {
                        Ok(Answer::Python2(_)) => {}
                        Ok(answer) => return accept(surroundings, found, answer),
                        // PyO3 asks `--version` alone, so it would build for this one.
                        Err(cause) if says_python3(surroundings, &found) => {
                            return Err(InterpreterError::Probe { path: found, cause });
                        }
                        Err(_) => {}
                    }
                }
                Err(InterpreterError::NotFound)
            }
        }
    }

    /// Where it was found: perhaps a shim or a virtual environment's link.
    pub fn found(&self) -> &Path {
        &self.found
    }

    /// The binary behind it. Starting this one skips the shim, and as `PYO3_PYTHON`
    /// it means the same interpreter from whatever folder.
    pub fn executable(&self) -> &Path {
        &self.executable
    }

    /// The tag of this Python's extension modules, `cpython-311-x86_64-linux-gnu`.
    pub fn tag(&self) -> String {
        self.facts.tag()
    }

    /// `3.11.7`.
    pub fn version_string(&self) -> &str {
        &self.facts.version_string
    }

    /// Major, minor, micro.
    pub fn version(&self) -> [u16; 3] {
        self.facts.version
    }

    /// What an extension module and this interpreter must agree on.
    pub fn abi(&self) -> Abi {
        self.facts.abi()
    }

    /// Whether it was built without the GIL.
    pub fn is_free_threaded(&self) -> bool {
        self.facts.free_threaded
    }

    /// How the file of an extension module ends, `.cpython-311-x86_64-linux-gnu.so`.
    pub fn ext_suffix(&self) -> &str {
        self.facts
            .ext_suffix
            .as_deref()
            .unwrap_or(if cfg!(windows) { ".pyd" } else { ".so" })
    }

    /// `linux-x86_64`, `macosx-14.0-arm64`.
    pub fn platform(&self) -> &str {
        &self.facts.platform
    }

    /// 64 or 32.
    pub fn pointer_width(&self) -> u16 {
        self.facts.pointer_width
    }

    /// The folder for `-I`: the one that has `Python.h`, else the one that should.
    pub fn include_dir(&self) -> Option<&Path> {
        self.facts
            .headers()
            .or(self.facts.includes.first())
            .map(PathBuf::as_path)
    }

    /// Whether `Python.h` is there now.
    pub fn has_headers(&self) -> bool {
        self.facts.headers().is_some()
    }

    /// The folder that has `Python.h`, or an error that says how to get it.
    pub fn require_headers(&self) -> Result<&Path, InterpreterError> {
        self.facts
            .headers()
            .map(PathBuf::as_path)
            .ok_or_else(|| InterpreterError::NoHeaders {
                executable: self.executable.clone(),
                include: self.facts.includes.first().cloned().unwrap_or_default(),
                abi: self.abi(),
                version: self.facts.version_string.clone(),
            })
    }

    /// The library that a program embedding this Python links, as it is on disk now.
    pub fn libpython(&self) -> Libpython {
        self.facts.libpython()
    }

    /// `LIBDIR`, as the build recorded it.
    pub fn libdir(&self) -> Option<&Path> {
        self.facts.libdir.as_deref()
    }

    /// `LDLIBRARY`, as the build recorded it.
    pub fn ldlibrary(&self) -> Option<&str> {
        self.facts.ldlibrary.as_deref()
    }

    /// `Py_ENABLE_SHARED`, as the build recorded it; conda's says no and has one.
    pub fn enable_shared(&self) -> bool {
        self.facts.enable_shared
    }
}

/// The answer for one candidate, remembered or asked for now.
fn examine(
    surroundings: &Surroundings,
    cache_dir: &Path,
    found: &Path,
) -> Result<Answer, ProbeFailure> {
    let slot = Slot::new(surroundings, cache_dir, found);
    if let Some(answer) = slot.read() {
        return Ok(answer);
    }
    let answer = match ask(surroundings, found) {
        Ok(facts) => behind(surroundings, found, facts),
        // A Python 2 knows no `-I`, and dies of it before it can say what it is.
        Err(cause @ ProbeFailure::Crashed { .. }) => match version_of(surroundings, found) {
            Some(version) if version.starts_with("2.") => Answer::Python2(version),
            _ => return Err(cause),
        },
        Err(cause) => return Err(cause),
    };
    slot.write(&answer);
    Ok(answer)
}

fn accept(
    surroundings: &Surroundings,
    found: PathBuf,
    answer: Answer,
) -> Result<Interpreter, InterpreterError> {
    let too_old = |path, version| InterpreterError::TooOld {
        path,
        version,
        newer: advice::newer_python(surroundings),
    };
    match answer {
        Answer::Python2(version) => Err(too_old(found, version)),
        Answer::Python { facts, .. } if facts.implementation != "cpython" => {
            Err(InterpreterError::NotCPython {
                path: found,
                implementation: facts.implementation,
                newer: advice::newer_python(surroundings),
            })
        }
        Answer::Python { facts, .. } if (facts.version[0], facts.version[1]) < FLOOR => {
            Err(too_old(found, facts.version_string))
        }
        Answer::Python { facts, executable } => Ok(Interpreter {
            found,
            executable,
            facts: *facts,
        }),
    }
}

/// Finds the binary behind a shim or a virtual environment. It is believed only after
/// it was run and turned out to be the same build; its own answer then counts.
fn behind(surroundings: &Surroundings, found: &Path, facts: Facts) -> Answer {
    for executable in &facts.executables {
        if executable == found {
            break;
        }
        if let Ok(own) = ask(surroundings, executable)
            && own.same_build(&facts)
        {
            return Answer::Python {
                facts: Box::new(own),
                executable: executable.clone(),
            };
        }
    }
    Answer::Python {
        facts: Box::new(facts),
        executable: found.to_path_buf(),
    }
}

/// Asks one program what it is.
fn ask(surroundings: &Surroundings, program: &Path) -> Result<Facts, ProbeFailure> {
    let finished = run(surroundings, program, &["-I", "-S", "-c", PROBE])?;
    if !finished.status.success() {
        let said = String::from_utf8_lossy(&finished.stderr);
        return Err(ProbeFailure::Crashed {
            status: finished.status.to_string(),
            said: telling_line(&said),
        });
    }
    serde_json::from_slice(&finished.stdout).map_err(|_| {
        let said = String::from_utf8_lossy(&finished.stdout);
        ProbeFailure::Rubbish {
            said: shorten(said.lines().next().unwrap_or_default()),
        }
    })
}

fn run(
    surroundings: &Surroundings,
    program: &Path,
    arguments: &[&str],
) -> Result<Finished, ProbeFailure> {
    let mut command = surroundings.command(program);
    command.args(arguments);
    run_within(&mut command, surroundings.patience()).map_err(|unfinished| match unfinished {
        Unfinished::Start(source) => ProbeFailure::Start { source },
        Unfinished::TimedOut => ProbeFailure::TimedOut {
            patience: surroundings.patience(),
        },
    })
}

/// PyO3's own question: does `--version` begin with `Python 3`?
fn says_python3(surroundings: &Surroundings, program: &Path) -> bool {
    let answers = |out: &[u8]| out.starts_with(b"Python 3") || out.starts_with(b"GraalPy 3");
    run(surroundings, program, &["--version"])
        .is_ok_and(|out| answers(&out.stdout) || answers(&out.stderr))
}

/// `2.7.18`, when `--version` says `Python 2.7.18`, which Python 2 does on stderr.
fn version_of(surroundings: &Surroundings, program: &Path) -> Option<String> {
    let out = run(surroundings, program, &["--version"]).ok()?;
    let said = [out.stdout, out.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    Some(
        said.strip_prefix("Python ")?
            .split_whitespace()
            .next()?
            .to_owned(),
    )
}

/// The line that says most: a traceback ends with its error, a fatal error has its
/// own line, and anything else (a shim, a loader) begins with what is wrong.
fn telling_line(text: &str) -> String {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let line = if let Some(fatal) = text
        .lines()
        .find(|line| line.contains("Fatal Python error"))
    {
        Some(fatal)
    } else if text.contains("Traceback (most recent call last)") {
        lines.next_back()
    } else {
        lines.next()
    };
    shorten(line.unwrap_or_default())
}

/// One line of a stranger's output, fit to be shown inside an error.
fn shorten(line: &str) -> String {
    const MOST: usize = 120;
    let line: String = line.trim().chars().filter(|c| !c.is_control()).collect();
    if line.chars().count() <= MOST {
        return line;
    }
    line.chars().take(MOST).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strangers_line_is_cut_and_cleaned() {
        assert_eq!(shorten("  \u{1b}[31mred\u{7}  "), "[31mred");
        assert_eq!(shorten(&"é".repeat(500)).chars().count(), 121);
    }

    #[test]
    fn the_line_with_the_cause_is_shown() {
        let check = |text, expect| assert_eq!(telling_line(text), expect);
        check("", "");
        check(
            "\npyenv: python2.7: command not found\n\nThe command exists in:\n  2.7.18\n",
            "pyenv: python2.7: command not found",
        );
        check(
            "Traceback (most recent call last):\n  File \"<string>\", line 1\nImportError: no json\n",
            "ImportError: no json",
        );
        check(
            "Python path configuration:\n  isolated = 1\nFatal Python error: no codec\n\nCurrent",
            "Fatal Python error: no codec",
        );
    }
}
