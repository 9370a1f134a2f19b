//! Runs one step of a build: everything it prints goes into a log and to whoever
//! listens, and whatever it starts holds the build's lock as long as it lives.

use std::ffi::OsStr;
use std::fs::{self, File, TryLockError};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use crate::bench::News;
use crate::error::{GalleryError, io_error};

/// The right to make one thing, among threads and processes.
pub(crate) struct Lock(File);

impl Lock {
    /// Takes it, and says so if that means waiting.
    pub fn take(
        path: &Path,
        what: &str,
        progress: &mut dyn FnMut(News<'_>),
    ) -> Result<Self, GalleryError> {
        let folder = path.parent().unwrap_or(path);
        fs::create_dir_all(folder).map_err(io_error("make", folder))?;
        let file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(io_error("open", path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                progress(News::Step(&format!(
                    "waiting for another run that is making {what} …"
                )));
                file.lock().map_err(io_error("lock", path))?;
            }
            Err(TryLockError::Error(source)) => return Err(io_error("lock", path)(source)),
        }
        Ok(Self(file))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file is not enough: a program that another thread is starting
        // right now shares it for an instant.
        let _ = self.0.unlock();
    }
}

/// A log with the steps of one build.
pub(crate) struct Job<'a> {
    name: &'a str,
    log: File,
    path: PathBuf,
    lock: &'a Lock,
}

impl<'a> Job<'a> {
    /// Begins a new log for `name`.
    pub fn new(name: &'a str, path: &Path, lock: &'a Lock) -> Result<Self, GalleryError> {
        let folder = path.parent().unwrap_or(path);
        fs::create_dir_all(folder).map_err(io_error("make", folder))?;
        let log = File::create(path).map_err(io_error("write", path))?;
        Ok(Self {
            name,
            log,
            path: path.to_owned(),
            lock,
        })
    }

    /// Runs a step to its end. `by_hand` is the same command for somebody who wants
    /// to try it.
    pub fn run(
        &mut self,
        step: &'static str,
        command: &mut Command,
        by_hand: &str,
        progress: &mut dyn FnMut(News<'_>),
    ) -> Result<String, GalleryError> {
        let program = PathBuf::from(command.get_program());
        let (printed, status) = self
            .capture(command, by_hand, progress)
            .map_err(io_error("run", &program))?;
        if status.success() {
            return Ok(printed);
        }
        Err(GalleryError::Failed {
            name: self.name.to_owned(),
            step,
            status: status.to_string(),
            said: telling_lines(&printed),
            log: self.path.clone(),
            by_hand: by_hand.to_owned(),
        })
    }

    fn capture(
        &mut self,
        command: &mut Command,
        by_hand: &str,
        progress: &mut dyn FnMut(News<'_>),
    ) -> std::io::Result<(String, ExitStatus)> {
        writeln!(self.log, "$ {by_hand}")?;
        let (reader, writer) = std::io::pipe()?;
        // The child holds the lock too, as its standard input: if this process is
        // killed and leaves a compiler behind, the next run waits for it to end
        // before it clears the folder that the compiler still writes to.
        command.stdin(self.lock.0.try_clone()?);
        command.stdout(writer.try_clone()?).stderr(writer);
        let mut child = command.spawn()?;
        // The command keeps the writing end, and reading would never end.
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut printed = String::new();
        let mut reader = BufReader::new(reader);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line)? > 0 {
            let text = String::from_utf8_lossy(&line);
            self.log.write_all(text.as_bytes())?;
            if !text.trim().is_empty() {
                progress(News::Line(text.trim()));
            }
            printed += &text;
            line.clear();
        }
        Ok((printed, child.wait()?))
    }
}

/// A command as it could be typed.
pub(crate) fn typed<'v, 'w>(
    variables: impl IntoIterator<Item = (&'v str, String)>,
    words: impl IntoIterator<Item = &'w OsStr>,
) -> String {
    let quote = |word: &str| match word
        .chars()
        .all(|c| c.is_alphanumeric() || "-_./:=+,$".contains(c))
    {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    };
    variables
        .into_iter()
        .map(|(name, value)| format!("{name}={}", quote(&value)))
        .chain(words.into_iter().map(|word| quote(&word.to_string_lossy())))
        .collect::<Vec<_>>()
        .join(" ")
}

/// The lines that say most: from the first that reports an error, without the words
/// that pip puts around what a build said.
fn telling_lines(printed: &str) -> String {
    const MOST: usize = 14;
    let useful: Vec<&str> = printed
        .lines()
        .filter(|line| !line.trim().is_empty() && !is_pips_own(line))
        .collect();
    let reports = |line: &&str| {
        let line = line.trim_start();
        line.contains("error:") || line.contains("Error:") || line.starts_with("error[")
    };
    let last = useful.len().saturating_sub(MOST);
    let first = useful.iter().position(reports).unwrap_or(last);
    // The line before names the file or the function.
    let first = first.saturating_sub(1);
    let shown = &useful[first..useful.len().min(first + MOST)];
    shown.join("\n")
}

fn is_pips_own(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '│', '×', '╰', '─', '>']);
    [
        "error: subprocess-exited-with-error",
        "error: metadata-generation-failed",
        "error: failed-wheel-build-for-install",
        "Encountered error while",
        "Building wheel for ",
        "ERROR: Failed building wheel",
        "ERROR: Failed to build",
        "Failed to build ",
        "note: This error originates from a subprocess",
        "note: This is an issue with the package",
        "hint: See above for",
        "exit code: ",
        "See above for output.",
        "full command: ",
        "cwd: ",
    ]
    .iter()
    .any(|own| line.starts_with(own))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_error_is_shown_and_not_pips_frame_around_it() {
        let printed = "Processing ./toy\n  [1/2] Building toy.cpp\n  toy.cpp: In function f:\n  \
                       toy.cpp:3:1: error: no such thing\n  3 | thing\n  ninja: build stopped\n  \
                       error: subprocess-exited-with-error\n  \n  × Building wheel for toy did \
                       not run\n  │ exit code: 1\n  ╰─> See above for output.\n  note: This error \
                       originates from a subprocess, and is likely not a problem with pip.\n  \
                       ERROR: Failed building wheel for toy\n";
        let said = telling_lines(printed);
        assert!(said.starts_with("  toy.cpp: In function f:\n"), "{said}");
        assert!(said.contains("no such thing"), "{said}");
        assert!(!said.contains("subprocess"), "{said}");
    }

    #[test]
    fn without_an_error_the_last_lines_are_shown() {
        let printed: String = (0..100).map(|i| format!("{i}\n")).collect();
        assert!(
            telling_lines(&printed).contains("98"),
            "{}",
            telling_lines(&printed)
        );
        assert_eq!(telling_lines(""), "");
    }

    #[test]
    fn a_command_can_be_typed_again() {
        let words = ["python", "it's"].map(OsStr::new);
        let typed = typed([("A", "b c".to_owned())], words);
        assert_eq!(typed, r"A='b c' python 'it'\''s'");
    }
}
