//! Every experiment of the lab, run once through on this machine: everything it needs is
//! built, its `measure.py` runs, all series can be timed. Its times mean nothing here and
//! are not looked at. What rests on facts and counts alone must hold.
//!
//! `cargo test -p proof --test experiments -- leaks` runs one.

use std::process::ExitCode;
use std::sync::Arc;

use gallery::{Bench, Gallery};
use lab::{Bank, Experiment, Lab, Outcome, Pace, rests_on_times};
use libtest_mimic::{Arguments, Failed, Trial};
use proof::{root, strict};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let lab = match Lab::open(&root()) {
        Ok(lab) => Arc::new(lab),
        Err(error) => {
            eprintln!("error: {error}\n\nhint: {}", error.hint());
            return ExitCode::FAILURE;
        }
    };
    let trial = |index: usize| {
        let lab = lab.clone();
        let name = lab.experiments()[index].name.clone();
        Trial::test(name, move || holds(&lab.experiments()[index]))
    };
    let trials = (0..lab.experiments().len()).map(trial).collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn holds(experiment: &Experiment) -> Result<(), Failed> {
    let root = root();
    let bench = Bench::open(&root).map_err(|e| format!("{e}\n\nhint: {}", e.hint()))?;
    let gallery = Gallery::open(&root).map_err(|e| format!("{e}\n\nhint: {}", e.hint()))?;
    let bank = Bank {
        bench: &bench,
        gallery: &gallery,
        home: bench.home().join("lab"),
    };
    let results = bank
        .run(experiment, Pace::Smoke, &mut |_| {})
        .map_err(|e| format!("{e}\n\nhint: {}", e.hint()))?;
    let mut faults = Vec::new();
    for finding in &experiment.finding {
        match &results.findings[&finding.name] {
            Outcome::Skipped(why) => {
                println!("skipped: {}.{}: {why}", experiment.name, finding.name);
            }
            Outcome::Holds => {}
            _ if rests_on_times(experiment, &finding.name, &results) => {}
            outcome => faults.push(format!("`{}` {}", finding.says, outcome.word())),
        }
    }
    // In CI the tools are installed, for the usual Python, so what is missing is a mistake;
    // what no machine of CI has says so itself.
    let usual = std::env::var_os("PYO3_PYTHON").is_none();
    for (what, why) in results.missing.iter().filter(|_| strict() && usual) {
        if !experiment.rare {
            faults.push(format!("`{what}` is missing: {why}"));
        }
    }
    match faults.is_empty() {
        true => Ok(()),
        false => Err(format!("{}\n\nfacts: {:#?}", faults.join("\n"), results.facts).into()),
    }
}
