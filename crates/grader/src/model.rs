//! What passes between the parts of the grader.
//!
//! An [`Intake`] is what students handed in; a [`Judgement`] is what one answer came to, no
//! matter whose it is; [`Results`] are the marks of a class. Judgements and results hold no
//! times of day and no durations: two runs over the same input are the same byte for byte.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A student, as the grader calls them: an opaque name that is safe in a path, a page and a
/// table. Students are sorted by it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StudentId(pub String);

/// Who somebody is, from the roster, or from the name of what they handed in where there is no
/// roster. Never from the files themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Student {
    /// The name, as a human reads it. It may hold anything.
    pub name: String,
    /// Other names that a gradebook knows them by: `email`, `login`, `sis_id`, `section`,
    /// `moodle_id`, `canvas_id`; whatever columns the roster has.
    pub also: BTreeMap<String, String>,
    /// Whether the roster has them. Those it has not are graded and pointed out.
    pub on_roster: bool,
}

/// Everything that was handed in.
#[derive(Clone, Debug, Default)]
pub struct Intake {
    /// Everybody: those of the roster who handed in nothing, too.
    pub students: BTreeMap<StudentId, Student>,
    /// One for each student, exercise and attempt, in the order of [`StudentId`], exercise and
    /// receipt.
    pub submissions: Vec<Submission>,
    /// What an instructor should know, such as a folder that is nobody's.
    pub problems: Vec<Problem>,
}

/// One attempt of one student at one exercise: the editable files alone.
#[derive(Clone, Debug)]
pub struct Submission {
    /// Whose it is.
    pub student: StudentId,
    /// The exercise's slug.
    pub exercise: String,
    /// When it was received, where the collection says so: never from the files.
    pub received: Option<Timestamp>,
    /// The contents of each editable file, by its path in the exercise's folder. One that is
    /// not among these was not handed in.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Why it cannot be judged as it is, in words that its student may read: a file is no
    /// UTF-8, is too long, is a link.
    pub refused: Option<String>,
}

/// Something about the collection that wants a human.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Where: a path within the collection, or a line of the roster.
    pub place: String,
    /// What, in a sentence without its full stop.
    pub what: String,
}

/// What one answer to one exercise came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// The exercise's slug.
    pub exercise: String,
    /// The fingerprint of all that it rests on: the answer, the exercise with its checks, the
    /// tools, the limits, the tier, the seed. It names the record's file.
    pub key: String,
    /// How it went as a whole.
    pub outcome: Outcome,
    /// What the compiler said, capped.
    pub compiler: String,
    /// What each check came to, in their order; none where nothing could be run.
    pub checks: Vec<Checked>,
    /// What wants a human's look, such as a tripwire; it gives and takes no marks.
    pub flags: Vec<String>,
    /// How the mark came about.
    pub made_by: MadeBy,
}

impl Judgement {
    /// Whether two judgements give the same marks for the same reasons.
    pub fn says_the_same_as(&self, other: &Judgement) -> bool {
        let of = |judgement: &Judgement| -> Vec<(String, Status)> {
            let checks = judgement.checks.iter();
            checks
                .map(|check| (check.name.clone(), check.status))
                .collect()
        };
        (self.outcome, of(self)) == (other.outcome, of(other))
    }
}

/// How the judging of one answer went as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Its checks were run.
    Ran,
    /// The compiler refused it.
    DoesNotBuild,
    /// It was not done being compiled when its time was over.
    BuildTimedOut,
    /// What was handed in could not be taken, such as a file that is no text.
    Refused,
    /// The grader's own fault. Never a mark: it is to be graded again.
    Error,
}

/// What one check came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// Its name.
    pub name: String,
    /// Its claim, in words. A hidden check's claim is its title, and all that a student sees.
    pub claim: String,
    /// What it is worth.
    pub points: u32,
    /// Whether students see more of it than its title.
    pub hidden: bool,
    /// How it went.
    pub status: Status,
    /// What kind of failure it was, as the judge names it: `wrong-value`, `crash`, `standstill`.
    pub kind: String,
    /// What went wrong, in a sentence; empty for one that passed.
    pub message: String,
    /// What should have come, where it can be said.
    pub expected: Option<String>,
    /// What came.
    pub got: Option<String>,
    /// More to know, each with a title: stacks, what was printed.
    pub notes: Vec<(String, String)>,
    /// Whether it rests on what was counted inside the student's own process, which code in
    /// that process could have falsified.
    pub counted_inside: bool,
    /// Whether it ran out of time and was tried again, alone.
    pub retried: bool,
}

/// How a check went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It holds.
    Passed,
    /// The answer is wrong.
    Failed,
    /// It was not done when its time was over: a failure too.
    TimedOut,
    /// The grader's own fault. Never a mark.
    Error,
}

/// Which program, checks and machine a judgement came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MadeBy {
    /// The version of bindery.
    pub bindery: String,
    /// The fingerprint of the exercise with all its checks.
    pub checks: String,
    /// The seed of the inputs.
    pub seed: u64,
    /// The tier of the jail, as [`sandbox::Tier`] is spelt.
    pub tier: String,
    /// The compiler, as `rustc -V` says.
    pub rustc: String,
    /// The interpreter: `CPython 3.11.7`.
    pub python: String,
    /// The machine: operating system and processor. Not its name.
    pub machine: String,
}

/// The marks of a class: what `results.json` holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Results {
    /// Of this format.
    pub version: u32,
    /// What the class was asked to do.
    pub exercises: Vec<Asked>,
    /// What came of it, by student.
    pub students: Vec<Graded>,
    /// Whether there was no jail. It is said wherever a mark is shown.
    pub unsandboxed: bool,
    /// What wants a human.
    pub problems: Vec<Problem>,
}

/// An exercise that the class was asked to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// Its slug.
    pub exercise: String,
    /// Its title.
    pub title: String,
    /// What it is worth in this class.
    pub max_points: f64,
    /// What it is about.
    pub concepts: Vec<String>,
    /// Its checks, hidden ones too, in their order.
    pub checks: Vec<AskedCheck>,
}

/// A check of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AskedCheck {
    /// Its name.
    pub name: String,
    /// Its claim.
    pub claim: String,
    /// What it is worth within the exercise.
    pub points: u32,
    /// Whether students see more of it than its title.
    pub hidden: bool,
    /// What it is about.
    pub concepts: Vec<String>,
}

/// What a student came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Graded {
    /// Who.
    pub id: StudentId,
    /// Who, for humans and gradebooks.
    #[serde(flatten)]
    pub student: Student,
    /// Each exercise, in the class's order.
    pub exercises: Vec<Mark>,
    /// The sum of the points of those that count.
    pub points: f64,
    /// The sum of what those that count are worth; an excused exercise does not.
    pub max_points: f64,
}

/// A student's mark for an exercise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// The exercise's slug.
    pub exercise: String,
    /// What is to be said of it before any number.
    pub standing: Standing,
    /// Which attempt counts, from 1; 0 where there is none.
    pub attempt: u32,
    /// How many there were.
    pub attempts: u32,
    /// When the one that counts was received.
    pub received: Option<Timestamp>,
    /// By how many minutes it was late, beyond the grace.
    pub late_minutes: u64,
    /// What its checks earned, in the class's points.
    pub earned: f64,
    /// What lateness took from that.
    pub late_penalty: f64,
    /// What the instructor gave or took by hand, and why.
    pub manual: Option<Manual>,
    /// What remains: what is shown and exported.
    pub points: f64,
    /// What it is worth in this class.
    pub max_points: f64,
    /// What the attempt that counts came to.
    pub judgement: Option<Judgement>,
}

/// What is to be said of a mark before any number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It was judged.
    Graded,
    /// Nothing was handed in.
    Missing,
    /// It does not count for this student.
    Excused,
    /// It was not judged yet, for the grader's own fault or since the run was stopped: there is
    /// no mark.
    Pending,
}

/// Points by hand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Manual {
    /// Added to what the checks earned; may be negative.
    pub add: f64,
    /// In place of everything else, where it is given.
    pub set: Option<f64>,
    /// For the student to read.
    pub comment: String,
}
