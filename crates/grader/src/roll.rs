//! The roll: who has handed in what, and which judgement belongs to it.
//!
//! It is made once for a class (`plan`), is all that a worker on another machine needs beside
//! the workbook (`run`), and is what judgements are put together by (`merge`). `bindery grade`
//! does the three one after the other. The answers lie beside it, each under its key.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use sandbox::Tier;
use serde::{Deserialize, Serialize};

use crate::answer::Answer;
use crate::engine::Work;
use crate::error::GraderError;
use crate::files::{write_if_new, write_whole};
use crate::judge::Court;
use crate::marks::{self, Manuals, Rules};
use crate::model::{
    Asked, AskedCheck, Intake, Judgement, MadeBy, Outcome, Problem, Results, Student, StudentId,
    Submission,
};
use crate::records::Records;
use crate::workshop::Prepared;

/// Changed whenever a roll of an older program must not be followed.
const VERSION: u32 = 1;

/// A class's roll.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Roll {
    version: u32,
    /// What the inputs of every check are made from.
    pub seed: u64,
    /// What keeps strangers in, on whatever machine.
    pub tier: Tier,
    /// Where hidden checks are, if not in `solutions/`.
    pub hidden: Option<PathBuf>,
    /// The tools that it is for. Others might come to other marks.
    pub tools: MadeBy,
    /// The state of each exercise with its checks that it is for.
    pub states: BTreeMap<String, String>,
    /// What the class was asked to do.
    pub asked: Vec<Asked>,
    /// Everybody.
    pub students: BTreeMap<StudentId, Student>,
    /// Everything that was handed in, in the intake's order.
    pub handed_in: Vec<HandedIn>,
    /// What an instructor should know of the collection.
    pub problems: Vec<Problem>,
}

/// One attempt at one exercise.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HandedIn {
    /// Whose.
    pub student: StudentId,
    /// The exercise's slug.
    pub exercise: String,
    /// When it was received.
    pub received: Option<Timestamp>,
    /// Its judgement's key.
    pub key: Option<String>,
    /// Why there will be none.
    pub refused: Option<String>,
}

impl Roll {
    /// Of what was taken in. `key` names an answer's judgement.
    pub fn of(
        intake: &Intake,
        asked: Vec<Asked>,
        hidden: Option<PathBuf>,
        court: &Court<'_>,
        exercises: &BTreeMap<String, Prepared>,
        key: &dyn Fn(&Answer) -> Option<String>,
    ) -> Roll {
        let handed_in = intake.submissions.iter().map(|submission| HandedIn {
            student: submission.student.clone(),
            exercise: submission.exercise.clone(),
            received: submission.received,
            key: Answer::of(submission).and_then(|answer| key(&answer)),
            refused: submission.refused.clone(),
        });
        Roll {
            version: VERSION,
            seed: court.seed,
            tier: court.jail.tier,
            hidden,
            tools: court.made_by.clone(),
            states: states(exercises),
            asked,
            students: intake.students.clone(),
            handed_in: handed_in.collect(),
            problems: intake.problems.clone(),
        }
    }

    /// Reads the one in a grading folder.
    pub fn read(out: &Path) -> Result<Roll, GraderError> {
        let file = out.join("plan.json");
        let text = std::fs::read(&file).map_err(GraderError::file(&file))?;
        let roll: Roll = serde_json::from_slice(&text)
            .map_err(|e| GraderError::file(&file)(std::io::Error::other(e)))?;
        match roll.version {
            VERSION => Ok(roll),
            _ => Err(GraderError::file(&file)(std::io::Error::other(
                "another version of bindery wrote it",
            ))),
        }
    }

    /// Writes it, and the answers beside it.
    pub fn write(&self, out: &Path, work: &Work) -> Result<(), GraderError> {
        for (key, answer) in &work.answers {
            let file = answer_file(out, key);
            if !file.is_file() {
                let text = serde_json::to_vec(answer).map_err(std::io::Error::other);
                text.and_then(|text| write_whole(&file, &text))
                    .map_err(GraderError::file(&file))?;
            }
        }
        let file = out.join("plan.json");
        let text = serde_json::to_vec_pretty(self).map_err(std::io::Error::other);
        text.and_then(|text| write_if_new(&file, &text))
            .map_err(GraderError::file(&file))
    }

    /// Sees that a judgement made here is one that the plan asks for.
    pub fn is_for(
        &self,
        court: &Court<'_>,
        exercises: &BTreeMap<String, Prepared>,
    ) -> Result<(), GraderError> {
        let other = |what: String| Err(GraderError::OtherWorkbook { what });
        let here = states(exercises);
        if let Some((slug, _)) = self
            .states
            .iter()
            .find(|(slug, _)| !here.contains_key(*slug))
        {
            return other(format!("there is no exercise `{slug}` here"));
        }
        let differ = self
            .states
            .iter()
            .filter(|(slug, was)| here.get(*slug) != Some(*was));
        let differ: Vec<&str> = differ.map(|(slug, _)| slug.as_str()).collect();
        if !differ.is_empty() {
            return other(format!(
                "`{}` with its checks, or what they are built with, differs",
                differ.join("`, `")
            ));
        }
        let (theirs, ours) = (&self.tools, &court.made_by);
        for (was, is) in [
            (&theirs.bindery, &ours.bindery),
            (&theirs.rustc, &ours.rustc),
            (&theirs.python, &ours.python),
        ] {
            if was != is {
                return other(format!("it was made with `{was}`, and here is `{is}`"));
            }
        }
        Ok(())
    }

    /// The keys of all judgements, each once, in an order that is the same for everybody.
    pub fn keys(&self) -> BTreeSet<&str> {
        self.handed_in
            .iter()
            .filter_map(|it| it.key.as_deref())
            .collect()
    }

    /// The part of the work that is the `which`th of `parts`, from 1.
    pub fn share(&self, out: &Path, which: usize, parts: usize) -> Result<Work, GraderError> {
        let mut work = Work::default();
        for (number, key) in self.keys().into_iter().enumerate() {
            if number % parts.max(1) == which.saturating_sub(1) {
                work.answers.insert(key.to_owned(), read_answer(out, key)?);
            }
        }
        Ok(work)
    }

    /// What was handed in and has no judgement yet.
    pub fn gaps(&self, records: &Records) -> Vec<&HandedIn> {
        let keys = self.keys().into_iter();
        let open: BTreeSet<&str> = keys.filter(|key| records.find(key).is_none()).collect();
        let is_open = |it: &&HandedIn| it.key.as_deref().is_some_and(|key| open.contains(key));
        self.handed_in.iter().filter(is_open).collect()
    }

    /// The marks. What nobody has judged is pending.
    pub fn results(&self, records: &Records, rules: &Rules, manuals: &Manuals) -> Results {
        let submission = |it: &HandedIn| Submission {
            student: it.student.clone(),
            exercise: it.exercise.clone(),
            received: it.received,
            files: BTreeMap::new(),
            refused: it.refused.clone(),
        };
        let intake = Intake {
            students: self.students.clone(),
            submissions: self.handed_in.iter().map(submission).collect(),
            problems: self.problems.clone(),
        };
        let judgement = |it: &HandedIn| match (&it.key, &it.refused) {
            (_, Some(why)) => Some(refused(it, why)),
            (Some(key), None) => records.find(key),
            (None, None) => None,
        };
        let judgements: Vec<Option<Judgement>> = self.handed_in.iter().map(judgement).collect();
        // By place: two attempts may be alike in everything else.
        let of: HashMap<*const Submission, &Judgement> = intake
            .submissions
            .iter()
            .zip(&judgements)
            .filter_map(|(submission, judgement)| {
                Some((std::ptr::from_ref(submission), judgement.as_ref()?))
            })
            .collect();
        let judged = |submission: &Submission| of.get(&std::ptr::from_ref(submission)).copied();
        let asked = rules.asked(&self.asked);
        let mut results = marks::mark(&intake, &judged, rules, manuals, &asked);
        results.unsandboxed |= self.tier == Tier::Unsandboxed;
        results
    }
}

fn states(exercises: &BTreeMap<String, Prepared>) -> BTreeMap<String, String> {
    let states = exercises.iter();
    states
        .map(|(slug, prepared)| (slug.clone(), prepared.digest.clone()))
        .collect()
}

/// What was asked, by what is ready for it.
pub fn asked(prepared: &Prepared) -> Asked {
    let manifest = &prepared.exercise.manifest;
    let checks = prepared.checks.iter().map(|(spec, hidden)| AskedCheck {
        name: spec.name.clone(),
        claim: spec.claim.clone(),
        points: spec.points,
        hidden: *hidden,
        concepts: spec.concepts.clone(),
    });
    let checks: Vec<AskedCheck> = checks.collect();
    Asked {
        exercise: prepared.exercise.slug.clone(),
        title: manifest.title.clone(),
        max_points: checks.iter().map(|check| f64::from(check.points)).sum(),
        concepts: manifest.concepts.clone(),
        checks,
    }
}

/// An answer that was kept.
pub fn read_answer(out: &Path, key: &str) -> Result<Answer, GraderError> {
    let file = answer_file(out, key);
    let text = std::fs::read(&file).map_err(GraderError::file(&file))?;
    serde_json::from_slice(&text).map_err(|e| GraderError::file(&file)(std::io::Error::other(e)))
}

fn answer_file(out: &Path, key: &str) -> PathBuf {
    out.join("answers").join(format!("{key}.json"))
}

fn refused(it: &HandedIn, why: &str) -> Judgement {
    Judgement {
        exercise: it.exercise.clone(),
        key: String::new(),
        outcome: Outcome::Refused,
        compiler: why.to_owned(),
        checks: Vec::new(),
        flags: Vec::new(),
        made_by: Default::default(),
    }
}
