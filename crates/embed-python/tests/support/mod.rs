//! Starts the host programs, from outside and with an end in sight.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// Longer than any of these programs takes on a busy machine. It is the end of one that stands
/// still, and no test says how long anything takes.
const PATIENCE: Duration = Duration::from_secs(90);

/// Both hosts, by what the program is called with; only the one in Rust where no C compiler was.
pub const HOSTS: &[&[&str]] = if cfg!(c_host) {
    &[&[], &["--c"]]
} else {
    &[&[]]
};

/// What a host did.
pub struct Ended {
    /// What it printed, and what it complained about.
    pub out: String,
    /// What it complained about.
    pub err: String,
    /// How it ended; none if a signal ended it.
    pub code: Option<i32>,
}

/// A host with a script, in a folder that is gone afterwards.
pub struct Run {
    folder: tempfile::TempDir,
    /// The command, to be changed before it starts.
    pub command: Command,
}

impl Run {
    /// A host that is called with these words.
    pub fn new(host: &[&str], arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_embed-python"));
        command
            .args(host)
            .args(arguments)
            .env_remove("PYTHONHOME")
            .env_remove("PYTHONPATH")
            .env_remove("PYTHONUNBUFFERED");
        Self {
            folder: tempfile::tempdir().unwrap(),
            command,
        }
    }

    /// A host, a script with this text, and the functions to call.
    pub fn script(host: &[&str], text: &str, functions: &[&str]) -> Self {
        let run = Self::new(host, &[]);
        let path = run.path("script.py");
        std::fs::write(&path, text).unwrap();
        let mut run = run;
        run.command.arg(path).args(functions);
        run
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs to the end.
    pub fn end(mut self) -> Ended {
        let child = self.start();
        self.wait(child)
    }

    /// Starts it, with its output in files: no pipe can fill up.
    pub fn start(&mut self) -> Child {
        let file = |path: &Path| File::create(path).unwrap();
        let (out, err) = (file(&self.path("out")), file(&self.path("err")));
        self.command.stdout(out).stderr(err).spawn().unwrap()
    }

    /// What it has printed so far.
    pub fn out(&self) -> String {
        std::fs::read_to_string(self.path("out")).unwrap()
    }

    /// Waits for its end.
    pub fn wait(&self, mut child: Child) -> Ended {
        let status = until(|| child.try_wait().unwrap());
        let status = status.unwrap_or_else(|| {
            child.kill().unwrap();
            panic!("it stood still; until then it said:\n{}", self.out())
        });
        let err = std::fs::read_to_string(self.path("err")).unwrap();
        Ended {
            out: self.out(),
            err,
            code: status.code(),
        }
    }
}

/// Asks again and again, until there is an answer or patience ends.
pub fn until<T>(mut ask: impl FnMut() -> Option<T>) -> Option<T> {
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        if let Some(answer) = ask() {
            return Some(answer);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    None
}
