//! Measures: rounds in which every series has its turn, in an order of their own each
//! time, in fresh processes for each repetition, until the findings can be told apart
//! from noise or there have been enough repetitions to give up.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use gallery::{Bench, Gallery, News, Prepared};
use interpreter::Packages;

use crate::LabError;
use crate::builds::Builder;
use crate::condition::Outcome;
use crate::counting;
use crate::error::{io_error, put};
use crate::experiment::{Experiment, Set};
use crate::judge::{Results, Samples, judge};
use crate::worker::{Surroundings, Worker};

/// How much trouble is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// Once through, to see that it can be measured. Its numbers mean nothing.
    Smoke,
    /// An answer to everything in a few minutes.
    Quick,
    /// What is worth keeping.
    Full,
}

/// What is heard while it goes on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Event<'a> {
    /// Something slow begins that is not measuring.
    Step(&'a str),
    /// So much of the experiment is done, as a share of one.
    Done(f64),
}

struct Plan {
    /// Nanoseconds that one turn should take.
    goal: f64,
    /// Turns of each series in a repetition.
    rounds: usize,
    /// The time that one series may take in a repetition, in nanoseconds.
    budget: f64,
    least: usize,
    most: usize,
}

impl Pace {
    fn plan(self) -> Plan {
        let plan = |goal: f64, rounds, budget: f64, least, most| Plan {
            goal: goal * 1e6,
            rounds,
            budget: budget * 1e6,
            least,
            most,
        };
        match self {
            Self::Smoke => plan(0.01, 1, 0.01, 1, 1),
            Self::Quick => plan(0.8, 15, 60.0, 3, 5),
            Self::Full => plan(3.0, 40, 400.0, 5, 9),
        }
    }
}

/// One process that is asked for times, and how its series are called outside.
struct Seat {
    worker: Worker,
    prefix: String,
}

/// One series that has its turns.
struct Turn {
    seat: usize,
    name: String,
    key: String,
    per: f64,
    loops: u64,
    turns: usize,
    least: f64,
}

/// What experiments are run with.
pub struct Bank<'a> {
    /// The machine.
    pub bench: &'a Bench,
    /// The bindings.
    pub gallery: &'a Gallery,
    /// Where builds and scripts go.
    pub home: PathBuf,
}

impl Bank<'_> {
    /// Runs one experiment.
    pub fn run(
        &self,
        experiment: &Experiment,
        pace: Pace,
        listen: &mut dyn FnMut(Event<'_>),
    ) -> Result<Results, LabError> {
        let scripts = self.scripts()?;
        let scratch = self.scratch()?;
        let packages = match experiment.packages {
            Set::Examples => Packages::EXAMPLES,
            Set::Lab => Packages::LAB,
        };
        let environment = self.bench.environment_of(packages, &mut |news| {
            if let News::Step(step) = news {
                listen(Event::Step(step));
            }
        })?;
        let builder = Builder::new(self.bench, &environment, &self.home, &experiment.name);
        let built = builder.all(&experiment.build, &mut |step| listen(Event::Step(step)))?;
        let surroundings = Surroundings {
            experiment: &experiment.name,
            folder: &experiment.folder,
            built: &built,
            scripts: &scripts,
            scratch: &scratch,
            quick: pace != Pace::Full,
        };
        let mut samples = Samples::default();
        let pythons = self.pythons(experiment, &environment.python(), &mut samples, listen)?;
        if !experiment.instructions.is_empty() && pace != Pace::Smoke {
            listen(Event::Step("counting instructions"));
            let python = environment.python();
            let names = &experiment.instructions;
            counting::count(
                self.bench,
                &self.home,
                &python,
                &surroundings,
                names,
                &mut samples,
            )?;
        }
        let plan = pace.plan();
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
        loop {
            let done = samples.times.len();
            let share = |part: f64| (done as f64 + part) / (plan.least.max(done + 1)) as f64;
            let mut heard = |part: f64| listen(Event::Done(share(part)));
            let times = repeat(
                &surroundings,
                &pythons,
                &plan,
                &mut dice,
                &mut samples,
                &mut heard,
            )?;
            samples.times.push(times);
            let results = judge(experiment, &samples).map_err(|why| LabError::Description {
                path: experiment.folder.join("experiment.toml"),
                why,
            })?;
            let unclear = results.findings.values().any(|o| *o == Outcome::Unclear);
            let done = samples.times.len();
            // Without anything to time, another process would say the same again.
            let pointless = results.series.is_empty() && !unclear;
            if done >= plan.most || (done >= plan.least && !unclear) || pointless {
                return Ok(results);
            }
        }
    }

    /// The commands that processes are started with, and the bindings they are for.
    fn pythons(
        &self,
        experiment: &Experiment,
        python: &Path,
        samples: &mut Samples,
        listen: &mut dyn FnMut(Event<'_>),
    ) -> Result<Vec<Python<'_>>, LabError> {
        if !experiment.each_binding {
            let python = python.to_owned();
            return Ok(vec![Python {
                command: Box::new(move || self.bench.command(&python)),
                binding: None,
            }]);
        }
        let mut pythons = Vec::new();
        for binding in self.gallery.bindings() {
            let mut heard = |news: News<'_>| {
                if let News::Step(step) = news {
                    listen(Event::Step(step));
                }
            };
            match self.bench.prepare(self.gallery, binding, &mut heard)? {
                Prepared::Skipped(missing) => {
                    samples
                        .missing
                        .insert(key_of(&binding.about.name), missing.why);
                }
                Prepared::Ready(ready) => pythons.push(Python {
                    binding: Some((binding.about.name.clone(), binding.module.clone())),
                    command: Box::new(move || self.bench.python(&ready)),
                }),
            }
        }
        Ok(pythons)
    }

    /// A folder for this process. Those of processes that are gone, broken off perhaps, are
    /// cleared away.
    fn scratch(&self) -> Result<PathBuf, LabError> {
        let home = self.home.join("scratch");
        let own = home.join(std::process::id().to_string());
        std::fs::create_dir_all(&own).map_err(io_error("make", &own))?;
        for folder in std::fs::read_dir(&home).into_iter().flatten().flatten() {
            let pid = folder.file_name().to_string_lossy().parse().ok();
            let pid = pid.and_then(rustix::process::Pid::from_raw);
            if pid.is_some_and(|pid| rustix::process::test_kill_process(pid).is_err()) {
                let _ = std::fs::remove_dir_all(folder.path());
            }
        }
        Ok(own)
    }

    /// The Python side, written where processes find it.
    fn scripts(&self) -> Result<PathBuf, LabError> {
        let folder = self.home.join("scripts");
        std::fs::create_dir_all(&folder).map_err(io_error("make", &folder))?;
        for (name, text) in [
            ("lab.py", include_str!("lab.py")),
            ("worker.py", include_str!("worker.py")),
        ] {
            let path = folder.join(name);
            if std::fs::read_to_string(&path).is_ok_and(|there| there == text) {
                continue;
            }
            put(&path, text.as_bytes())?;
        }
        Ok(folder)
    }
}

struct Python<'a> {
    command: Box<dyn Fn() -> Command + 'a>,
    binding: Option<(String, String)>,
}

/// A name that can stand in an expression.
fn key_of(name: &str) -> String {
    name.replace(['-', '.'], "_")
}

/// Fresh processes, all rounds, and the least time of each series.
fn repeat(
    surroundings: &Surroundings<'_>,
    pythons: &[Python<'_>],
    plan: &Plan,
    dice: &mut Dice,
    samples: &mut Samples,
    heard: &mut dyn FnMut(f64),
) -> Result<BTreeMap<String, f64>, LabError> {
    let first = samples.times.is_empty();
    heard(0.0);
    let mut seats = Vec::new();
    for python in pythons {
        let module = python.binding.as_ref().map(|(_, module)| module.as_str());
        let worker = Worker::start(surroundings, (python.command)(), module, first)?;
        let prefix = python.binding.as_ref();
        let prefix = prefix.map_or_else(String::new, |(name, _)| key_of(name) + "_");
        keep(&worker, &prefix, samples);
        seats.push(Seat { worker, prefix });
    }
    let mut turns = Vec::new();
    for (seat, Seat { worker, prefix }) in seats.iter_mut().enumerate() {
        let series: Vec<(String, f64)> = worker
            .told
            .series
            .iter()
            .map(|(name, per)| (name.clone(), *per))
            .collect();
        for (name, per) in series {
            let (loops, took) = worker.calibrate(&name, plan.goal)?;
            // What is slow has fewer turns, but never one or two of many.
            let affordable = (plan.budget / took.max(1.0)).max(3.0) as usize;
            turns.push(Turn {
                seat,
                key: format!("{prefix}{name}"),
                name,
                per,
                loops,
                turns: affordable.min(plan.rounds),
                least: f64::INFINITY,
            });
        }
    }
    let mut order: Vec<usize> = (0..turns.len()).collect();
    for round in 0..plan.rounds {
        heard(round as f64 / plan.rounds as f64);
        dice.shuffle(&mut order);
        for &index in &order {
            let turn = &mut turns[index];
            // A series with fewer turns has them spread over all rounds.
            let before = round * turn.turns / plan.rounds;
            if before == (round + 1) * turn.turns / plan.rounds {
                continue;
            }
            let took = seats[turn.seat].worker.time(&turn.name, turn.loops)?;
            turn.least = turn.least.min(took / turn.loops as f64 / turn.per);
        }
    }
    heard(1.0);
    Ok(turns
        .into_iter()
        .map(|turn| (turn.key, turn.least))
        .collect())
}

/// Keeps what a process told, and notices what came out otherwise than before.
fn keep(worker: &Worker, prefix: &str, samples: &mut Samples) {
    for (name, value) in &worker.told.facts {
        let key = format!("{prefix}{name}");
        match samples.facts.get(&key) {
            Some(before) if before != value => {
                samples.wavering.insert(key);
            }
            Some(_) => {}
            None => {
                samples.facts.insert(key, value.clone());
            }
        }
    }
    for (name, why) in &worker.told.missing {
        samples
            .missing
            .insert(format!("{prefix}{name}"), why.clone());
    }
}

/// An order for each round; the same ones in each run.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        // Xorshift: all that is needed is that no series always follows the same one.
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn shuffle(&mut self, order: &mut [usize]) {
        for last in (1..order.len()).rev() {
            order.swap(last, (self.next() % (last as u64 + 1)) as usize);
        }
    }
}
