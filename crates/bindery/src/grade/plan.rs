//! What is to be judged, and everything that is needed for it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use builder::{Running, target_folder};
use course::{Course, Exercise};
use grader::model::{Intake, MadeBy};
use grader::{Answer, Court, Jail, Lock, Prepared, Roll, Scratch, Work, Workshop, intake};
use sandbox::Tier;

use super::class;
use super::judging;
use crate::screen::{Status, me};
use crate::trouble::Trouble;
use crate::workshop;

/// A class that is ready to be judged.
pub struct Planned {
    pub roll: Roll,
    pub work: Work,
    pub bench: Bench,
    pub out: PathBuf,
    /// Nobody else writes into the folder while this is here.
    _lock: Lock,
}

/// The exercises, built, and what answers are judged with.
pub struct Bench {
    pub workshop: Workshop,
    pub exercises: BTreeMap<String, Prepared>,
    pub running: Arc<Running>,
    scratch: Scratch,
    jail: Jail,
    seed: u64,
}

impl Bench {
    pub fn court(&self) -> Court<'_> {
        Court {
            workshop: &self.workshop,
            jail: self.jail.clone(),
            scratch: self.scratch.path().to_owned(),
            seed: self.seed,
            made_by: self.made_by(),
            running: &self.running,
        }
    }

    fn made_by(&self) -> MadeBy {
        let python = &self.workshop.python;
        MadeBy {
            bindery: env!("CARGO_PKG_VERSION").to_owned(),
            checks: String::new(),
            seed: self.seed,
            tier: judging::name_of(self.jail.tier).to_owned(),
            rustc: self.workshop.rustc.clone(),
            python: format!("CPython {}", python.version_string()),
            machine: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        }
    }

    /// Builds these exercises, where they are not built yet.
    pub fn of(
        exercises: &[&Exercise],
        hidden: Option<&Path>,
        seed: u64,
        tier: Tier,
        running: Arc<Running>,
    ) -> Result<Bench, Trouble> {
        let root = workshop::root()?;
        let target = target_folder(&root, None);
        let home = target.join("bindery");
        let workshop = Workshop::of(&root, &target, &home)?;
        workshop.copy_new(exercises.iter().copied())?;
        let mut status = Status::new();
        let mut ready = BTreeMap::new();
        for exercise in exercises {
            let hidden = hidden_checks(&root, exercise, hidden)?;
            let prepared =
                workshop.prepare(exercise, hidden.as_deref(), &running, &mut |line| {
                    status.say(line)
                })?;
            ready.insert(exercise.slug.clone(), prepared);
        }
        let no_room = |e: std::io::Error| {
            Trouble::new(
                format!("there is no room for what is judged: {e}"),
                "see that the disk is not full",
            )
        };
        let scratch = target.join("grade").join("cases");
        Ok(Bench {
            workshop,
            exercises: ready,
            running,
            scratch: Scratch::new(&scratch).map_err(no_room)?,
            jail: Jail {
                tier,
                keeper: judging::keeper()?,
                limits: sandbox::Limits::default(),
            },
            seed,
        })
    }
}

/// Takes in a collection, builds what it is for, and writes the plan.
pub fn make(options: &class::Options) -> Result<Planned, Trouble> {
    let Some(collection) = &options.collection else {
        return Err(Trouble::new(
            "what is to be graded is not said",
            format!(
                "name the folder of what was handed in: `{} grade FOLDER`",
                me()
            ),
        ));
    };
    let all = wanted(&options.exercises)?;
    let reading = intake::Options {
        names: options.names.clone(),
        ..intake::Options::default()
    };
    let taken = intake::take_in(collection, options.roster.as_deref(), &all, &reading)
        .map_err(|e| Trouble::new(e.to_string(), e.hint()))?;
    of(options, collection, &all, taken)
}

/// The exercises of these names; all of the course, where there are none.
pub fn wanted(names: &[String]) -> Result<Vec<Exercise>, Trouble> {
    let root = workshop::root()?;
    if names.is_empty() {
        return Ok(Course::open(&root)?.exercises);
    }
    let found = names.iter().map(|name| {
        Course::exactly(&root, name).ok_or_else(|| {
            Trouble::new(
                format!("there is no exercise `{name}`"),
                format!("run `{} list` to see all of them", me()),
            )
        })
    });
    found.collect()
}

/// Builds what a collection is for that was taken in, and writes the plan.
pub fn of(
    options: &class::Options,
    collection: &Path,
    all: &[Exercise],
    taken: Intake,
) -> Result<Planned, Trouble> {
    let handed_in: BTreeSet<&str> = (taken.submissions.iter())
        .map(|submission| submission.exercise.as_str())
        .collect();
    let asked = all
        .iter()
        .filter(|e| !options.exercises.is_empty() || handed_in.contains(e.slug.as_str()));
    let asked: Vec<&Exercise> = asked.collect();
    if asked.is_empty() {
        return Err(Trouble::new(
            format!(
                "`{}` holds no answer to any exercise of this workbook",
                crate::screen::here(collection)
            ),
            format!(
                "run `{} grade --help` to see how answers may lie in it",
                me()
            ),
        ));
    }
    let lock = Lock::alone(&options.out, "grades a class")?;
    let tier = judging::tier(&options.how)?;
    let seed = judging::seed(&options.out, options.seed)?;
    let running = judging::until_interrupted()?;
    let hidden = options.hidden.as_ref().map(std::path::absolute).transpose();
    let hidden = hidden.map_err(|e| {
        Trouble::new(
            format!("the folder of hidden checks has no path: {e}"),
            "name it with `--hidden`",
        )
    })?;
    let bench = Bench::of(&asked, hidden.as_deref(), seed, tier, running)?;
    let court = bench.court();
    let key = |answer: &Answer| {
        let prepared = bench.exercises.get(&answer.exercise)?;
        Some(grader::key(&court, prepared, answer))
    };
    let asked = asked
        .iter()
        .map(|e| grader::asked(&bench.exercises[&e.slug]));
    let roll = Roll::of(
        &taken,
        asked.collect(),
        hidden,
        &court,
        &bench.exercises,
        &key,
    );
    let mut work = Work::default();
    for answer in taken.submissions.iter().filter_map(Answer::of) {
        if let Some(key) = key(&answer) {
            work.answers.insert(key, answer);
        }
    }
    roll.write(&options.out, &work)?;
    drop(court);
    Ok(Planned {
        roll,
        work,
        bench,
        out: options.out.clone(),
        _lock: lock,
    })
}

/// The folder with an exercise's hidden checks: the instructor's own, else `solutions/`.
pub fn hidden_checks(
    root: &Path,
    exercise: &Exercise,
    private: Option<&Path>,
) -> Result<Option<PathBuf>, Trouble> {
    if let Some(private) = private {
        let folders = [exercise.slug.clone(), exercise.id()].map(|name| private.join(name));
        return Ok(folders.into_iter().find(|f| f.join("checks.rs").is_file()));
    }
    let solution = exercise.solution(root)?;
    let solution = solution.filter(|solution| !solution.hidden.is_empty());
    Ok(solution.map(|solution| solution.dir.join("hidden")))
}
