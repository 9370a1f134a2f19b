//! What no program can do without: the compiler on the learner's file, and one start of the
//! interpreter.

use std::path::{Path, PathBuf};
use std::process::Command;

use interpreter::Interpreter;
use serde::Deserialize;

use crate::contender::{Candidate, Contender, Edited, How};
use crate::sample::{SHOP, Sample, TILL};
use crate::shell::command;
use crate::workbook::LARGE;

pub const RUSTC_SHOP: &str = "rustc, PyO3";
pub const RUSTC_TILL: &str = "rustc, C ABI";
pub const PYTHON: &str = "python -c pass";
pub const BARE_PYTHON: &str = "python -I -S -c pass";

/// The compiler with each of the exercises in Rust; the interpreter by its own path, with and
/// without what it does at its start.
pub fn all<'a>(workbooks: &'a Path, python: &'a Interpreter) -> [Candidate<'a>; 4] {
    let rustc = |name, sample| Candidate {
        name,
        set_up: Box::new(move || compile(name, &workbooks.join(LARGE), sample)),
    };
    let python = |name, args| Candidate {
        name,
        set_up: Box::new(move || Ok(start(name, python, args))),
    };
    [
        rustc(RUSTC_SHOP, SHOP),
        rustc(RUSTC_TILL, TILL),
        python(PYTHON, &["-c", "pass"]),
        python(BARE_PYTHON, &["-I", "-S", "-c", "pass"]),
    ]
}

fn start(name: &'static str, python: &Interpreter, args: &'static [&'static str]) -> Contender {
    let python = python.executable().to_owned();
    Contender {
        name,
        edited: None,
        how: How::Command(Box::new(move || {
            let mut start = command(&python, Path::new("/"));
            start.args(args);
            start
        })),
        passes: None,
    }
}

/// What bindery wrote down of how it calls the compiler.
#[derive(Deserialize)]
struct Plan {
    steps: Vec<Compiler>,
}

#[derive(Deserialize)]
struct Compiler {
    rustc: PathBuf,
    arguments: Vec<String>,
    env: Vec<(String, String)>,
}

/// The compiler called as bindery calls it, and nothing else: the same file, the same
/// arguments, an incremental folder of its own.
fn compile(name: &'static str, workbook: &Path, sample: Sample) -> Result<Contender, String> {
    let plan = workbook.join(format!("target/bindery/fast/{}.json", sample.slug));
    let text = std::fs::read(&plan).map_err(|e| format!("{}: {e}", plan.display()))?;
    let mut plan: Plan = serde_json::from_slice(&text).map_err(|e| e.to_string())?;
    let compiler = plan.steps.pop().ok_or("the plan has no step")?;
    let folder = workbook.join("target/floor").join(sample.slug);
    std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let (made, incremental) = (folder.join("made"), folder.join("incremental"));
    let edited = Edited::of(workbook, sample);
    let workbook = workbook.to_owned();
    let call = move || -> Command {
        let mut call = command(&compiler.rustc, &workbook);
        call.args(&compiler.arguments)
            .envs(compiler.env.iter().map(|(name, value)| (name, value)))
            .arg("--out-dir")
            .arg(&folder)
            .arg(format!("--emit=link={}", made.display()))
            .arg(format!("-Cincremental={}", incremental.display()));
        call
    };
    Ok(Contender {
        name,
        edited: Some(edited),
        how: How::Command(Box::new(call)),
        passes: None,
    })
}
