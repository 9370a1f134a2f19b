//! One process of an experiment, and the conversation with it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde::Deserialize;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::LabError;
use crate::builds::Built;
use crate::error::io_error;

/// What the processes of one experiment have in common.
pub struct Surroundings<'a> {
    /// The experiment's name.
    pub experiment: &'a str,
    /// Its folder.
    pub folder: &'a Path,
    /// What was built for it.
    pub built: &'a Built,
    /// The folder with `lab.py` and `worker.py`.
    pub scripts: &'a Path,
    /// Where processes write.
    pub scratch: &'a Path,
    /// Whether a quick answer is wanted.
    pub quick: bool,
}

/// A process that has run `measure.py` and waits for requests.
pub struct Worker {
    child: Child,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
    said: PathBuf,
    experiment: String,
    _scratch: TempDir,
    /// What it told.
    pub told: Told,
}

/// What an experiment tells once it has run.
#[derive(Debug, Default, Deserialize)]
pub struct Told {
    /// The series, and how many operations one loop is.
    pub series: BTreeMap<String, f64>,
    /// What was found out.
    pub facts: BTreeMap<String, Value>,
    /// What cannot be had here, and why.
    pub missing: BTreeMap<String, String>,
}

impl Worker {
    /// Starts it: `command` is a Python, `binding` the example it is about.
    pub fn start(
        surroundings: &Surroundings<'_>,
        command: Command,
        binding: Option<&str>,
        first: bool,
    ) -> Result<Self, LabError> {
        let mut worker = Self::spawn(surroundings, command, binding, first, &[])?;
        worker.told = worker.hear_told()?;
        Ok(worker)
    }

    /// Runs it to its end under callgrind, which `command` begins with: what it told, and how
    /// many loops of each series were counted.
    pub(crate) fn start_counting(
        surroundings: &Surroundings<'_>,
        command: Command,
        library: &Path,
        names: &[String],
    ) -> Result<(Told, f64), LabError> {
        let names = json!(names).to_string();
        let words = [library.to_string_lossy().into_owned(), names];
        let mut worker = Self::spawn(surroundings, command, None, false, &words)?;
        let told = worker.hear_told()?;
        let answer = worker.hear()?;
        let _ = worker.child.wait();
        Ok((told, answer["loops"].as_f64().unwrap_or(1.0)))
    }

    fn spawn(
        surroundings: &Surroundings<'_>,
        mut command: Command,
        binding: Option<&str>,
        first: bool,
        arguments: &[String],
    ) -> Result<Self, LabError> {
        let scratch = TempDir::new_in(surroundings.scratch)
            .map_err(io_error("write in", surroundings.scratch))?;
        let said = scratch.path().join("said.txt");
        let log = File::create(&said).map_err(io_error("write", &said))?;
        let work = scratch.path().join("work");
        std::fs::create_dir(&work).map_err(io_error("make", &work))?;
        let given = json!({
            "here": surroundings.folder,
            "scratch": work,
            "first": first,
            "quick": surroundings.quick,
            "binding": binding,
            "artefacts": surroundings.built.artefacts,
            "lacking": surroundings.built.lacking,
        });
        let folders = surroundings
            .built
            .artefacts
            .values()
            .filter_map(|path| path.parent());
        let mut path: Vec<PathBuf> = vec![surroundings.scripts.to_owned()];
        path.extend(folders.map(Path::to_owned));
        path.push(surroundings.folder.to_owned());
        let own = command.get_envs().find(|(name, _)| *name == "PYTHONPATH");
        if let Some((_, Some(own))) = own {
            path.extend(std::env::split_paths(own));
        }
        let path = std::env::join_paths(path).unwrap_or_default();
        let mut child = command
            .arg("-s")
            .arg(surroundings.scripts.join("worker.py"))
            .arg(surroundings.folder.join("measure.py"))
            .args(arguments)
            .env("PYTHONPATH", path)
            .env("PYTHONHASHSEED", "0")
            .env("BINDERY_LAB", given.to_string())
            .current_dir(&work)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .map_err(io_error("start", Path::new("python")))?;
        let requests = child.stdin.take().expect("it was piped");
        let answers = BufReader::new(child.stdout.take().expect("it was piped"));
        Ok(Self {
            child,
            requests,
            answers,
            said,
            experiment: surroundings.experiment.to_owned(),
            _scratch: scratch,
            told: Told::default(),
        })
    }

    /// Loops that take about `goal` nanoseconds, and what they took.
    pub fn calibrate(&mut self, name: &str, goal: f64) -> Result<(u64, f64), LabError> {
        let answer = self.ask(&json!({"name": name, "goal": goal}))?;
        let loops = answer["loops"].as_u64().unwrap_or(1);
        Ok((loops, answer["took"].as_f64().unwrap_or_default()))
    }

    /// Nanoseconds for so many loops.
    pub fn time(&mut self, name: &str, loops: u64) -> Result<f64, LabError> {
        let answer = self.ask(&json!({"name": name, "loops": loops}))?;
        Ok(answer["took"].as_f64().unwrap_or_default())
    }

    fn ask(&mut self, request: &Value) -> Result<Value, LabError> {
        if writeln!(self.requests, "{request}").is_err() {
            return Err(self.broken(None));
        }
        self.hear()
    }

    fn hear_told(&mut self) -> Result<Told, LabError> {
        let told = self.hear()?;
        serde_json::from_value(told).map_err(|error| self.broken(Some(error.to_string())))
    }

    fn hear(&mut self) -> Result<Value, LabError> {
        let mut line = String::new();
        let heard = self.answers.read_line(&mut line);
        let answer: Option<Value> = heard.ok().and_then(|_| serde_json::from_str(&line).ok());
        match answer {
            None => Err(self.broken(None)),
            Some(answer) => match answer["error"].as_str() {
                Some(error) => Err(self.broken(Some(error.to_owned()))),
                None => Ok(answer),
            },
        }
    }

    fn broken(&mut self, error: Option<String>) -> LabError {
        let mut said = std::fs::read_to_string(&self.said).unwrap_or_default();
        match error {
            Some(error) => said += &error,
            None => {
                if let Ok(status) = self.child.wait() {
                    said += &format!("its Python ended: {status}");
                }
            }
        }
        let experiment = self.experiment.clone();
        let said = said.trim().to_owned();
        LabError::Broken { experiment, said }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
