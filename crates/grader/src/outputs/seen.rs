//! What one student may see.
//!
//! Everything that a student gets is made from this and from nothing else, so that an encoder
//! cannot tell what it does not have. Of a hidden check there is the title and whether it
//! passed; even a hidden check that ran out of time has failed and no more. What was flagged
//! for a human, the seed of the inputs, and other students are not here at all.

use jiff::Timestamp;

use crate::model::{
    Asked, Checked, Graded, Judgement, Manual, Mark, Outcome, Results, Standing, Status, StudentId,
};

/// A student's view of their marks.
pub(super) struct Seen<'a> {
    pub(super) id: &'a StudentId,
    pub(super) name: &'a str,
    pub(super) unsandboxed: bool,
    pub(super) exercises: Vec<SeenExercise<'a>>,
    /// The sum; nothing while a mark is pending.
    pub(super) total: Option<f64>,
    pub(super) max_points: f64,
}

/// What is to be seen of one exercise.
pub(super) struct SeenExercise<'a> {
    pub(super) slug: &'a str,
    pub(super) title: &'a str,
    pub(super) standing: Standing,
    pub(super) attempt: u32,
    pub(super) attempts: u32,
    pub(super) received: Option<Timestamp>,
    pub(super) late_minutes: u64,
    pub(super) late_penalty: f64,
    pub(super) manual: Option<&'a Manual>,
    pub(super) points: f64,
    pub(super) max_points: f64,
    pub(super) stopped: Option<Stopped<'a>>,
    pub(super) checks: Vec<SeenCheck<'a>>,
}

/// Why no check was run.
pub(super) struct Stopped<'a> {
    pub(super) outcome: Outcome,
    /// What the compiler said, or why the answer could not be taken.
    pub(super) said: &'a str,
}

impl Stopped<'_> {
    /// In a sentence.
    pub(super) fn sentence(&self) -> &'static str {
        match self.outcome {
            Outcome::BuildTimedOut => "It was not done being compiled when its time was over.",
            Outcome::Refused => "What was handed in could not be taken.",
            _ => "It does not build.",
        }
    }
}

/// What is to be seen of one check.
pub(super) struct SeenCheck<'a> {
    pub(super) title: &'a str,
    pub(super) hidden: bool,
    /// Its share of the exercise's points in this class.
    pub(super) max_points: f64,
    pub(super) status: SeenStatus,
    /// Whether it was tried twice.
    pub(super) retried: bool,
    /// What went wrong; nothing of a hidden one.
    pub(super) failure: Option<Failure<'a>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum SeenStatus {
    Passed,
    Failed,
    TimedOut,
    NotRun,
}

impl SeenStatus {
    /// In a word, which a page shows beside any colour.
    pub(super) fn word(self) -> &'static str {
        match self {
            SeenStatus::Passed => "passed",
            SeenStatus::Failed => "failed",
            SeenStatus::TimedOut => "timed out",
            SeenStatus::NotRun => "not run",
        }
    }
}

/// What went wrong in a check that is not hidden.
pub(super) struct Failure<'a> {
    pub(super) kind: &'a str,
    pub(super) message: &'a str,
    pub(super) expected: Option<&'a str>,
    pub(super) got: Option<&'a str>,
    pub(super) notes: &'a [(String, String)],
}

impl<'a> Seen<'a> {
    pub(super) fn of(results: &'a Results, graded: &'a Graded) -> Seen<'a> {
        let exercise = |mark: &'a Mark| {
            let asked = results
                .exercises
                .iter()
                .find(|asked| asked.exercise == mark.exercise)?;
            Some(SeenExercise::of(asked, mark))
        };
        Seen {
            id: &graded.id,
            name: &graded.student.name,
            unsandboxed: results.unsandboxed,
            exercises: graded.exercises.iter().filter_map(exercise).collect(),
            total: total(graded),
            max_points: graded.max_points,
        }
    }
}

/// What a student has in all; nothing while a mark is pending.
pub(super) fn total(graded: &Graded) -> Option<f64> {
    let pending = |mark: &Mark| mark.standing == Standing::Pending;
    (!graded.exercises.iter().any(pending)).then_some(graded.points)
}

impl<'a> SeenExercise<'a> {
    fn of(asked: &'a Asked, mark: &'a Mark) -> SeenExercise<'a> {
        // The grader's own fault is nothing that its student can read.
        let judgement = match mark.standing {
            Standing::Pending => None,
            _ => mark.judgement.as_ref(),
        };
        let all: u32 = asked.checks.iter().map(|check| check.points).sum();
        let share = |points: u32| mark.max_points * f64::from(points) / f64::from(all.max(1));
        let check = |check: &'a crate::model::AskedCheck| {
            let found = judgement.and_then(|j| j.checks.iter().find(|c| c.name == check.name));
            seen_check(
                &check.claim,
                check.hidden || found.is_some_and(|found| found.hidden),
                share(check.points),
                found,
            )
        };
        SeenExercise {
            slug: &asked.exercise,
            title: &asked.title,
            standing: mark.standing,
            attempt: mark.attempt,
            attempts: mark.attempts,
            received: mark.received,
            late_minutes: mark.late_minutes,
            late_penalty: mark.late_penalty,
            manual: mark.manual.as_ref(),
            points: mark.points,
            max_points: mark.max_points,
            stopped: judgement.and_then(stopped),
            checks: asked.checks.iter().map(check).collect(),
        }
    }

    /// What lateness came to, in a sentence; nothing for what was in time.
    pub(super) fn lateness(&self) -> Option<String> {
        if self.late_minutes == 0 || self.standing != Standing::Graded {
            return None;
        }
        let minutes = self.late_minutes;
        let late = match (minutes / (24 * 60), minutes / 60) {
            (0, 0) => format!("{minutes} min"),
            (0, hours) => format!("{hours} h {} min", minutes % 60),
            (days, hours) => format!("{days} d {} h", hours % 24),
        };
        Some(match self.late_penalty > 0.0 {
            true => format!("{late} late, which takes {:.2} points", self.late_penalty),
            false => format!("{late} late"),
        })
    }
}

fn stopped(judgement: &Judgement) -> Option<Stopped<'_>> {
    match judgement.outcome {
        Outcome::Ran | Outcome::Error => None,
        outcome => Some(Stopped {
            outcome,
            said: &judgement.compiler,
        }),
    }
}

fn seen_check<'a>(
    title: &'a str,
    hidden: bool,
    max_points: f64,
    found: Option<&'a Checked>,
) -> SeenCheck<'a> {
    let status = match found.map(|found| found.status) {
        Some(Status::Passed) => SeenStatus::Passed,
        Some(Status::Failed) => SeenStatus::Failed,
        Some(Status::TimedOut) if hidden => SeenStatus::Failed,
        Some(Status::TimedOut) => SeenStatus::TimedOut,
        Some(Status::Error) | None => SeenStatus::NotRun,
    };
    let told = found.filter(|_| !hidden);
    let failed = matches!(status, SeenStatus::Failed | SeenStatus::TimedOut);
    SeenCheck {
        title,
        hidden,
        max_points,
        status,
        retried: told.is_some_and(|found| found.retried),
        failure: told.filter(|_| failed).map(|found| Failure {
            kind: &found.kind,
            message: &found.message,
            expected: found.expected.as_deref(),
            got: found.got.as_deref(),
            notes: &found.notes,
        }),
    }
}
