//! `cargo bench --profile dev -p proof --bench verdict`
//!
//! From a one-line edit to its verdict: `bindery check` beside the closest course's own
//! runner, rustlings, and `cargo test` in a crate of its own, each with the same exercise and
//! as many checks of it. They take turns, so that a noisy machine is noisy for all of them.
//! What it prints are ratios: the milliseconds are this machine's, today. It measures and
//! proves nothing, so it ends well whether a figure was reached or not.
//!
//! `sample` has the exercises, `contender` runs one of those compared, `workbook`, `watch` and
//! `peers` set them up, `floor` asks what no program can do without, `table` shows what came of it.

mod contender;
mod floor;
mod peers;
mod sample;
mod shell;
mod table;
mod watch;
mod workbook;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use builder::target_folder;
use clap::Parser;
use interpreter::Interpreter;
use proof::root;

use crate::contender::Contender;
use crate::table::{Left, Series, Table};

/// Measures how long a learner waits for a verdict, beside others that give one.
#[derive(Parser)]
struct Options {
    /// So many rounds; each contender has one turn in each
    #[arg(long, default_value_t = 12)]
    rounds: u32,
    /// Three rounds
    #[arg(long)]
    quick: bool,
    /// Write everything that was measured to this file
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Measure a `bindery` that was built with `--release` too
    #[arg(long)]
    release: bool,
    /// Beside bindery, measure only what has this in its name
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
    /// What cargo says to every benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> ExitCode {
    match measure(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn measure(options: &Options) -> Result<(), String> {
    let root = root();
    let workbooks = target_folder(&root, None).join("bench");
    let python = Interpreter::resolve(&workbooks).map_err(|e| e.to_string())?;
    let mut left = Vec::new();
    let contenders = line_up(options, &root, &workbooks, &python, &mut left)?;
    let rounds = if options.quick { 3 } else { options.rounds };
    let table = Table {
        machine: table::machine(&python),
        rounds,
        series: take_turns(&contenders, rounds)?,
        left,
    };
    table.print();
    if let Some(file) = &options.json {
        let text = format!("{:#}\n", table.in_json());
        std::fs::write(file, text).map_err(|e| format!("{}: {e}", file.display()))?;
    }
    Ok(())
}

/// Sets everybody up, and sees each of them tell a right answer from a wrong one. Who cannot
/// is left out, with the reason; only without bindery there is nothing to compare.
fn line_up(
    options: &Options,
    root: &Path,
    workbooks: &Path,
    python: &Interpreter,
    left: &mut Vec<Left>,
) -> Result<Vec<Contender>, String> {
    let mut ready = Vec::new();
    for ours in workbook::contenders(root, workbooks, options.release)? {
        ours.get_ready()?;
        ready.push(ours);
    }
    let mut others = vec![workbook::watched(root, workbooks)];
    others.extend(peers::all(python));
    others.extend(floor::all(workbooks, python));
    let only = options.only.as_deref().unwrap_or_default();
    others.retain(|other| other.name.contains(only));
    for other in others {
        let name = other.name;
        match (other.set_up)().and_then(|it| it.get_ready().map(|()| it)) {
            Ok(contender) => ready.push(contender),
            Err(why) => left.push(Left { name, why }),
        }
    }
    Ok(ready)
}

/// Each contender has one turn in each round, and in each round another one begins. No edit
/// comes twice, not even in another run: a program may remember what it has judged before.
fn take_turns(contenders: &[Contender], rounds: u32) -> Result<Vec<Series>, String> {
    let mut series: Vec<Series> = contenders.iter().map(|c| Series::of(c.name)).collect();
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let mut edit = now.map_or(0, |since| since.as_millis() as u64);
    for round in 0..rounds as usize {
        eprintln!("round {} of {rounds} …", round + 1);
        for turn in 0..contenders.len() {
            let whose = (turn + round) % contenders.len();
            edit += 1;
            series[whose]
                .times
                .push(contenders[whose].take_a_turn(edit)?);
        }
    }
    Ok(series)
}
