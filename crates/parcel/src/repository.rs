//! A copy as a commit in a git repository, which a class forks or uses as a template.
//!
//! Each release is a commit on top of what is there. Its message ends with a line that names the
//! release, and by that line the next one knows which files came from earlier releases: those
//! that are gone from the course are taken away, and whatever else somebody has committed is
//! left alone. A student who pulls a release gets the course's changes and keeps their answers,
//! as git does with any two changes that touch different files.
//!
//! There is no record in it (`.bindery/` is not for git): such a copy is renewed by `git pull`.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::error::ParcelError;
use crate::files::File;
use crate::record::{version_of, write};

/// What the last line of a release's message begins with.
const MARK: &str = "Bindery-release: ";

/// What a release came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Released {
    /// The first commit of a new repository.
    First,
    /// A commit on top of others.
    Next,
    /// Nothing: the repository has all of it already.
    Nothing,
}

/// Commits a copy that consists of `files` to the repository at `dir`, which is made where there
/// is none.
pub fn commit_copy(dir: &Path, files: &[File]) -> Result<Released, ParcelError> {
    let repository = Repository { dir };
    repository.is_ready()?;
    let before = repository.released()?;
    let is_first = !repository.has_commits();
    if before.is_empty() && !is_first {
        return Err(ParcelError::Stranger(dir.to_owned()));
    }
    for file in files {
        write(&dir.join(&file.path), &file.content, file.executable)?;
    }
    let now: BTreeSet<String> = files.iter().map(|file| file.path.clone()).collect();
    for gone in before.difference(&now) {
        take_away(dir, gone)?;
    }
    let touched: Vec<String> = now.union(&before).cloned().collect();
    repository.stage(&touched)?;
    if repository.says(&["diff", "--cached", "--quiet"]).is_ok() {
        return Ok(Released::Nothing);
    }
    let version = version_of(files).unwrap_or_default();
    let message = format!("The workbook, version {version}\n\n{MARK}{version}\n");
    repository.says(&["commit", "--quiet", "--message", &message])?;
    Ok(match is_first {
        true => Released::First,
        false => Released::Next,
    })
}

/// Takes a file away, and the folders that are empty without it.
fn take_away(dir: &Path, path: &str) -> Result<(), ParcelError> {
    let file = dir.join(path);
    match fs::remove_file(&file) {
        Ok(()) => {}
        // An instructor has done it before.
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
        Err(e) => return Err(ParcelError::io("taken away", file)(e)),
    }
    let mut folder = file.parent();
    while let Some(empty) = folder.filter(|f| *f != dir && fs::remove_dir(f).is_ok()) {
        folder = empty.parent();
    }
    Ok(())
}

struct Repository<'a> {
    dir: &'a Path,
}

impl Repository<'_> {
    /// Makes the repository where there is none, and sees that nobody's work is in the way.
    fn is_ready(&self) -> Result<(), ParcelError> {
        if !self.dir.join(".git").exists() {
            let taken = fs::read_dir(self.dir).is_ok_and(|mut entries| entries.next().is_some());
            if taken || self.dir.is_file() {
                return Err(ParcelError::Taken(self.dir.to_owned()));
            }
            fs::create_dir_all(self.dir).map_err(ParcelError::io("made", self.dir))?;
            self.says(&["init", "--quiet", "--initial-branch", "main"])?;
        }
        // Whom git does not know it lets commit nothing, and that is better heard now.
        self.says(&["var", "GIT_AUTHOR_IDENT"])?;
        match self.says(&["status", "--porcelain"])?.is_empty() {
            true => Ok(()),
            false => Err(ParcelError::Unclean(self.dir.to_owned())),
        }
    }

    fn has_commits(&self) -> bool {
        self.says(&["rev-parse", "--quiet", "--verify", "HEAD"])
            .is_ok()
    }

    /// The paths that any release before this one has written or taken away.
    fn released(&self) -> Result<BTreeSet<String>, ParcelError> {
        if !self.has_commits() {
            return Ok(BTreeSet::new());
        }
        let grep = format!("--grep=^{MARK}");
        let log = [
            "log",
            "-z",
            &grep,
            "--format=",
            "--name-only",
            "--no-renames",
        ];
        let paths = self.says(&log)?;
        let paths = paths.split('\0').map(|path| path.trim_start_matches('\n'));
        Ok(paths
            .filter(|path| !path.is_empty())
            .map(str::to_owned)
            .collect())
    }

    /// Puts what is at these paths into the index, whatever the user's settings say of them.
    fn stage(&self, paths: &[String]) -> Result<(), ParcelError> {
        let args = ["update-index", "--add", "--remove", "-z", "--stdin"];
        self.told(&args, &paths.join("\0")).map(drop)
    }

    fn says(&self, args: &[&str]) -> Result<String, ParcelError> {
        self.told(args, "")
    }

    /// What git says, given this on its standard input.
    fn told(&self, args: &[&str], input: &str) -> Result<String, ParcelError> {
        let fails = |said: String| ParcelError::Git {
            command: args[0].to_owned(),
            said,
        };
        let mut git = Command::new("git");
        // What is committed is what is in the files, to the byte.
        git.args(["-c", "core.autocrlf=false", "-C"]).arg(self.dir);
        // A hook of another repository, which this may be started from, names that one.
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
            git.env_remove(name);
        }
        git.args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut git = git.spawn().map_err(|e| fails(e.to_string()))?;
        if let Some(mut stdin) = git.stdin.take() {
            // A git that reads nothing has said why by then.
            let _ = stdin.write_all(input.as_bytes());
        }
        let output = git.wait_with_output().map_err(|e| fails(e.to_string()))?;
        match output.status.success() {
            true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
            false => {
                let said = [output.stderr, output.stdout].concat();
                Err(fails(String::from_utf8_lossy(&said).trim().to_owned()))
            }
        }
    }
}
