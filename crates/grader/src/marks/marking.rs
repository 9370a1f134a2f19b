//! Puts the rules upon the judgements.
//!
//! What a check earns is its share of the exercise's points in this class. All is added up as it
//! is, and rounded to hundredths once, when the exercise's points are done; halves go up. The
//! sum is the sum of what is shown.
//!
//! A mark stands on a judgement of each check or not at all: an answer on which the grader
//! itself has failed is pending, and so is one that nobody has judged yet.

use std::collections::{BTreeMap, BTreeSet};

use super::by_hand::{self, Manuals};
use super::late::{Late, Lateness};
use super::rules::{Attempts, Rules};
use super::{hundredths, in_points};
use crate::model::{
    Asked, Graded, Intake, Judgement, MadeBy, Manual, Mark, Outcome, Problem, Results, Standing,
    Status, Student, StudentId, Submission,
};

/// The format of `results.json` that this writes.
const VERSION: u32 = 1;

/// The marks of everybody for `exercises`, which are what [`Rules::asked`] gives.
pub fn mark<'j>(
    intake: &Intake,
    judged: &dyn Fn(&Submission) -> Option<&'j Judgement>,
    rules: &Rules,
    manuals: &Manuals,
    exercises: &[Asked],
) -> Results {
    let mut attempts: BTreeMap<_, Vec<&Submission>> = BTreeMap::new();
    for submission in &intake.submissions {
        let key = (&submission.student, submission.exercise.as_str());
        attempts.entry(key).or_default().push(submission);
    }
    let marking = Marking {
        judged,
        rules,
        manuals,
        attempts,
    };
    let students: Vec<Graded> = intake
        .students
        .iter()
        .map(|(id, student)| marking.student(id, student, exercises))
        .collect();
    let mut problems = intake.problems.clone();
    problems.extend(nobodys(intake, rules, manuals, exercises));
    problems.extend(without_a_time(intake, rules, exercises));
    Results {
        version: VERSION,
        exercises: exercises.to_vec(),
        unsandboxed: students.iter().any(was_unsandboxed),
        students,
        problems,
    }
}

struct Marking<'a, 'j> {
    judged: &'a dyn Fn(&Submission) -> Option<&'j Judgement>,
    rules: &'a Rules,
    manuals: &'a Manuals,
    attempts: BTreeMap<(&'a StudentId, &'a str), Vec<&'a Submission>>,
}

/// One attempt, and what it would come to.
#[derive(Clone, Copy)]
struct Attempt<'a, 'j> {
    /// From 1.
    number: u32,
    submission: &'a Submission,
    judgement: Option<&'j Judgement>,
    /// What its checks earn; nothing is known where it was not judged.
    earned: Option<f64>,
    late: Lateness,
}

impl Attempt<'_, '_> {
    fn penalty(&self) -> f64 {
        self.earned.unwrap_or(0.0) * self.late.percent / 100.0
    }

    fn worth(&self) -> Option<f64> {
        self.earned.map(|earned| earned - self.penalty())
    }

    /// What it came to. What could not be taken is judged by nobody and has come to that.
    fn judgement(&self) -> Option<Judgement> {
        let refused = || {
            Some(Judgement {
                exercise: self.submission.exercise.clone(),
                key: String::new(),
                outcome: Outcome::Refused,
                compiler: self.submission.refused.clone()?,
                checks: Vec::new(),
                flags: Vec::new(),
                made_by: MadeBy::default(),
            })
        };
        self.judgement.cloned().or_else(refused)
    }
}

impl<'a, 'j> Marking<'a, 'j> {
    fn student(&self, id: &StudentId, student: &Student, exercises: &[Asked]) -> Graded {
        let marks: Vec<Mark> = exercises.iter().map(|asked| self.mark(id, asked)).collect();
        let counts = |mark: &&Mark| mark.standing != Standing::Excused;
        let sum = |points: fn(&Mark) -> f64| {
            let counted = marks.iter().filter(counts).map(points);
            in_points(counted.map(hundredths).sum())
        };
        Graded {
            id: id.clone(),
            student: student.clone(),
            points: sum(|mark| mark.points),
            max_points: sum(|mark| mark.max_points),
            exercises: marks,
        }
    }

    fn mark(&self, id: &StudentId, asked: &Asked) -> Mark {
        let attempts = self.attempts(id, asked);
        let chosen = self.choose(&attempts, asked.max_points);
        let manual = self.manuals.get(id, &asked.exercise);
        let earned = chosen.and_then(|attempt| attempt.earned);
        let set = manual.and_then(|manual| manual.set);
        let standing = if self.rules.is_excused(id, &asked.exercise) {
            Standing::Excused
        } else if chosen.is_none() {
            Standing::Missing
        } else if earned.is_none() && set.is_none() {
            Standing::Pending
        } else {
            Standing::Graded
        };
        let penalty = chosen.map_or(0.0, |attempt| attempt.penalty());
        let points = match standing {
            Standing::Excused | Standing::Pending => 0.0,
            Standing::Graded | Standing::Missing => {
                with_manual(earned.unwrap_or(0.0) - penalty, manual)
            }
        };
        Mark {
            exercise: asked.exercise.clone(),
            standing,
            attempt: chosen.map_or(0, |attempt| attempt.number),
            attempts: attempts.len() as u32,
            received: chosen.and_then(|attempt| attempt.submission.received),
            late_minutes: chosen.map_or(0, |attempt| attempt.late.minutes),
            earned: earned.unwrap_or(0.0),
            late_penalty: penalty,
            manual: manual.cloned(),
            points: in_points(hundredths(points)),
            max_points: asked.max_points,
            judgement: chosen.and_then(|attempt| attempt.judgement()),
        }
    }

    fn attempts(&self, id: &StudentId, asked: &Asked) -> Vec<Attempt<'a, 'j>> {
        let Some(submissions) = self.attempts.get(&(id, asked.exercise.as_str())) else {
            return Vec::new();
        };
        let due = self.rules.due(id, &asked.exercise);
        let attempt = |(number, submission): (u32, &&'a Submission)| {
            let judgement = (self.judged)(submission);
            let late = match (due, submission.received) {
                (Some(due), Some(received)) => Late::lateness(self.rules.late, due, received),
                _ => Lateness::default(),
            };
            let refused = submission.refused.is_some();
            Attempt {
                number,
                submission,
                judgement,
                earned: match judgement {
                    Some(judgement) => earned(judgement, asked),
                    None => refused.then_some(0.0),
                },
                late,
            }
        };
        (1..).zip(submissions).map(attempt).collect()
    }

    /// The attempt that counts. While one of them is not judged nobody knows which is the best,
    /// unless one has all there is to have.
    fn choose(&self, attempts: &[Attempt<'a, 'j>], max: f64) -> Option<Attempt<'a, 'j>> {
        if self.rules.attempts == Attempts::Last {
            return attempts.last().copied();
        }
        let mut best: Option<Attempt<'a, 'j>> = None;
        for attempt in attempts.iter().filter(|attempt| attempt.earned.is_some()) {
            if best.is_none_or(|best| attempt.worth() > best.worth()) {
                best = Some(*attempt);
            }
        }
        let unjudged = attempts.iter().find(|attempt| attempt.earned.is_none());
        match best {
            Some(best) if best.worth() >= Some(max) => Some(best),
            best => unjudged.copied().or(best),
        }
    }
}

/// What an answer's checks earn in the class's points; nothing where the grader has failed on
/// one of them.
fn earned(judgement: &Judgement, asked: &Asked) -> Option<f64> {
    match judgement.outcome {
        Outcome::Error => return None,
        Outcome::DoesNotBuild | Outcome::BuildTimedOut | Outcome::Refused => return Some(0.0),
        Outcome::Ran => {}
    }
    let mut passed = 0;
    for check in &asked.checks {
        let found = judgement.checks.iter().find(|c| c.name == check.name)?;
        match found.status {
            Status::Passed => passed += check.points,
            Status::Failed | Status::TimedOut => {}
            Status::Error => return None,
        }
    }
    let all: u32 = asked.checks.iter().map(|check| check.points).sum();
    Some(asked.max_points * f64::from(passed) / f64::from(all.max(1)))
}

/// What the instructor makes of it. Nobody has less than nothing.
fn with_manual(points: f64, manual: Option<&Manual>) -> f64 {
    let points = match manual {
        Some(manual) => manual.set.unwrap_or(points + manual.add),
        None => points,
    };
    points.max(0.0)
}

/// Rules and points by hand for somebody who is not there, or for an exercise that is not.
fn nobodys(intake: &Intake, rules: &Rules, manuals: &Manuals, exercises: &[Asked]) -> Vec<Problem> {
    let excused = rules.excused.iter().map(|rule| (rule.line, &rule.student));
    let extra = rules
        .extra_time
        .iter()
        .map(|rule| (rule.line, &rule.student));
    let mut problems = Vec::new();
    for (line, student) in excused.chain(extra) {
        if !intake.students.contains_key(student) {
            problems.push(Problem {
                place: format!("the rules, line {line}"),
                what: format!("`{}` is nobody in this class", student.0),
            });
        }
    }
    for (student, exercise, line) in manuals.lines() {
        let what = if !intake.students.contains_key(student) {
            format!("`{}` is nobody in this class", student.0)
        } else if !exercises.iter().any(|asked| asked.exercise == exercise) {
            format!("`{exercise}` is no exercise of this class")
        } else {
            continue;
        };
        problems.push(Problem {
            place: format!("{}:{line}", by_hand::NAME),
            what,
        });
    }
    problems
}

/// Exercises that are due, and answers to them of which nobody knows when they came.
fn without_a_time(intake: &Intake, rules: &Rules, exercises: &[Asked]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for asked in exercises {
        let who: BTreeSet<&StudentId> = intake
            .submissions
            .iter()
            .filter(|submission| submission.exercise == asked.exercise)
            .filter(|submission| submission.received.is_none())
            .map(|submission| &submission.student)
            .filter(|student| rules.due(student, &asked.exercise).is_some())
            .collect();
        if let Some(first) = who.first() {
            let others = match who.len() - 1 {
                0 => String::new(),
                n => format!(" and {n} more"),
            };
            problems.push(Problem {
                place: asked.exercise.clone(),
                what: format!(
                    "it is due, and the collection does not say when the answers of `{}`{others} \
                     came: they count as in time",
                    first.0
                ),
            });
        }
    }
    problems
}

fn was_unsandboxed(graded: &Graded) -> bool {
    graded
        .exercises
        .iter()
        .filter_map(|mark| mark.judgement.as_ref())
        .any(|judgement| judgement.made_by.tier == "unsandboxed")
}
