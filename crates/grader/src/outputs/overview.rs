//! What the class's report and the summary are about: who needs a look, and what to teach next.
//!
//! This is for the instructor. It knows hidden checks and flags, and nothing that a student gets
//! is made from it, but for [`remarks`], which are about lateness and builds.

use std::collections::BTreeMap;

use super::seen::total;
use crate::model::{
    AskedCheck, Checked, Graded, Judgement, Mark, Outcome, Problem, Results, Standing, Status,
    StudentId,
};

/// All of it.
pub(super) struct Overview<'a> {
    /// The total of each student as a share of what it could be, from 0 to 1, sorted.
    pub(super) shares: Vec<f64>,
    pub(super) standings: BTreeMap<Standing, usize>,
    pub(super) not_built: Vec<Place<'a>>,
    pub(super) timed_out: Vec<Place<'a>>,
    pub(super) pending: Vec<Place<'a>>,
    pub(super) exercises: Vec<ExerciseCount<'a>>,
    /// Those first that failed for most.
    pub(super) checks: Vec<CheckCount<'a>>,
    pub(super) concepts: Vec<ConceptCount<'a>>,
    /// What needs a human: where or who, and what.
    pub(super) human: Vec<Problem>,
}

/// Somebody's answer to something.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Place<'a> {
    pub(super) student: &'a StudentId,
    pub(super) exercise: &'a str,
}

/// How an exercise went.
pub(super) struct ExerciseCount<'a> {
    pub(super) exercise: &'a str,
    pub(super) title: &'a str,
    pub(super) max_points: f64,
    /// Who has a mark for an answer.
    pub(super) graded: usize,
    pub(super) missing: usize,
    pub(super) not_built: usize,
    pub(super) full: usize,
    /// The points of those who have a mark for an answer.
    pub(super) points: f64,
}

/// How a check went among the answers that it was run on.
pub(super) struct CheckCount<'a> {
    pub(super) exercise: &'a str,
    pub(super) check: &'a AskedCheck,
    pub(super) passed: usize,
    pub(super) failed: usize,
    /// Whether some of its verdicts rest on what was counted inside a student's process.
    pub(super) counted_inside: bool,
    /// The ways in which it failed, the most frequent first.
    pub(super) ways: Vec<Way<'a>>,
}

/// A way of failing a check.
pub(super) struct Way<'a> {
    pub(super) students: Vec<&'a StudentId>,
    /// The first of them.
    pub(super) example: &'a Checked,
}

/// How the checks about a concept went.
pub(super) struct ConceptCount<'a> {
    pub(super) concept: &'a str,
    pub(super) passed: usize,
    pub(super) all: usize,
}

impl<'a> Overview<'a> {
    pub(super) fn of(results: &'a Results) -> Overview<'a> {
        let mut overview = Overview {
            shares: shares(results),
            standings: BTreeMap::new(),
            not_built: Vec::new(),
            timed_out: Vec::new(),
            pending: Vec::new(),
            exercises: Vec::new(),
            checks: Vec::new(),
            concepts: Vec::new(),
            human: results.problems.clone(),
        };
        for graded in &results.students {
            for mark in &graded.exercises {
                overview.look_at(graded, mark);
            }
        }
        overview.exercises = exercises(results);
        overview.checks = checks(results);
        overview.concepts = concepts(results, &overview.checks);
        overview.checks.sort_by_key(|c| std::cmp::Reverse(c.failed));
        overview
    }

    fn look_at(&mut self, graded: &'a Graded, mark: &'a Mark) {
        *self.standings.entry(mark.standing).or_default() += 1;
        let place = Place {
            student: &graded.id,
            exercise: &mark.exercise,
        };
        if mark.standing == Standing::Pending {
            self.pending.push(place);
        }
        let Some(judgement) = &mark.judgement else {
            return;
        };
        let ran_out = |check: &Checked| check.status == Status::TimedOut;
        match judgement.outcome {
            Outcome::DoesNotBuild => self.not_built.push(place),
            Outcome::BuildTimedOut => self.timed_out.push(place),
            Outcome::Ran if judgement.checks.iter().any(ran_out) => self.timed_out.push(place),
            _ => {}
        }
        let mut look = |what: String| {
            self.human.push(Problem {
                place: format!("{} {}", place.student.0, place.exercise),
                what,
            });
        };
        if judgement.outcome == Outcome::Refused {
            let why = judgement.compiler.lines().next().unwrap_or_default();
            look(format!("could not be taken: {why}"));
        }
        for flag in &judgement.flags {
            look(flag.clone());
        }
    }

    /// The share that as many have at most as have at least.
    pub(super) fn median(&self) -> Option<f64> {
        self.quantile(0.5)
    }

    /// The share below which this part of the class lies.
    pub(super) fn quantile(&self, part: f64) -> Option<f64> {
        let last = self.shares.len().checked_sub(1)?;
        let at = part * last as f64;
        let (low, high) = (
            self.shares[at.floor() as usize],
            self.shares[at.ceil() as usize],
        );
        Some(low + (high - low) * at.fract())
    }

    pub(super) fn standing(&self, standing: Standing) -> usize {
        self.standings.get(&standing).copied().unwrap_or(0)
    }
}

/// What there is to say of a mark in short: lateness, the build, what was given by hand.
pub(super) fn remarks(mark: &Mark) -> Vec<String> {
    let mut remarks = Vec::new();
    match mark.standing {
        Standing::Missing => remarks.push("missing".into()),
        Standing::Pending => remarks.push("not graded yet".into()),
        Standing::Excused | Standing::Graded => {}
    }
    if mark.late_minutes > 0 {
        let minutes = mark.late_minutes;
        let taken = mark.late_penalty;
        remarks.push(format!("{minutes} min late (-{taken:.2})"));
    }
    match mark.judgement.as_ref().map(|judgement| judgement.outcome) {
        Some(Outcome::DoesNotBuild) => remarks.push("does not build".into()),
        Some(Outcome::BuildTimedOut) => remarks.push("not built in time".into()),
        Some(Outcome::Refused) => remarks.push("could not be taken".into()),
        _ => {}
    }
    if let Some(manual) = &mark.manual {
        if let Some(set) = manual.set {
            remarks.push(format!("set to {set:.2} by hand"));
        } else if manual.add != 0.0 {
            remarks.push(format!("{:+.2} by hand", manual.add));
        }
    }
    remarks
}

fn shares(results: &Results) -> Vec<f64> {
    let share = |graded: &Graded| {
        let all = graded.max_points;
        (all > 0.0).then_some(total(graded)? / all)
    };
    let mut shares: Vec<f64> = results.students.iter().filter_map(share).collect();
    shares.sort_by(f64::total_cmp);
    shares
}

fn marks_for<'a>(
    results: &'a Results,
    exercise: &'a str,
) -> impl Iterator<Item = (&'a StudentId, &'a Mark)> {
    results.students.iter().flat_map(move |graded| {
        let marks = graded.exercises.iter();
        marks
            .filter(move |mark| mark.exercise == exercise)
            .map(move |mark| (&graded.id, mark))
    })
}

fn exercises(results: &Results) -> Vec<ExerciseCount<'_>> {
    let count = |asked| {
        let asked: &crate::model::Asked = asked;
        let mut count = ExerciseCount {
            exercise: &asked.exercise,
            title: &asked.title,
            max_points: asked.max_points,
            graded: 0,
            missing: 0,
            not_built: 0,
            full: 0,
            points: 0.0,
        };
        for (_, mark) in marks_for(results, &asked.exercise) {
            let outcome = mark.judgement.as_ref().map(|j| j.outcome);
            match mark.standing {
                Standing::Missing => count.missing += 1,
                Standing::Graded => {
                    count.graded += 1;
                    count.points += mark.points;
                    count.full += usize::from(mark.points >= mark.max_points);
                    count.not_built += usize::from(outcome == Some(Outcome::DoesNotBuild));
                }
                Standing::Excused | Standing::Pending => {}
            }
        }
        count
    };
    results.exercises.iter().map(count).collect()
}

fn checks(results: &Results) -> Vec<CheckCount<'_>> {
    let mut counts = Vec::new();
    for asked in &results.exercises {
        for check in &asked.checks {
            let mut count = CheckCount {
                exercise: &asked.exercise,
                check,
                passed: 0,
                failed: 0,
                counted_inside: false,
                ways: Vec::new(),
            };
            for (student, mark) in marks_for(results, &asked.exercise) {
                let judgement = mark.judgement.as_ref();
                if let Some(found) = judgement.and_then(|j| found(j, &check.name)) {
                    count.add(student, found);
                }
            }
            count
                .ways
                .sort_by_key(|way| std::cmp::Reverse(way.students.len()));
            counts.push(count);
        }
    }
    counts
}

fn found<'a>(judgement: &'a Judgement, name: &str) -> Option<&'a Checked> {
    judgement.checks.iter().find(|check| check.name == name)
}

impl<'a> CheckCount<'a> {
    fn add(&mut self, student: &'a StudentId, found: &'a Checked) {
        match found.status {
            Status::Error => return,
            Status::Passed => self.passed += 1,
            Status::Failed | Status::TimedOut => {
                self.failed += 1;
                let alike = |way: &&mut Way<'_>| {
                    way.example.kind == found.kind && way.example.message == found.message
                };
                match self.ways.iter_mut().find(alike) {
                    Some(way) => way.students.push(student),
                    None => self.ways.push(Way {
                        students: vec![student],
                        example: found,
                    }),
                }
            }
        }
        self.counted_inside |= found.counted_inside;
    }
}

/// A check that names no concept is about what its exercise is about.
fn concepts<'a>(results: &'a Results, checks: &[CheckCount<'a>]) -> Vec<ConceptCount<'a>> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for count in checks {
        let asked = results
            .exercises
            .iter()
            .find(|asked| asked.exercise == count.exercise);
        let concepts = match count.check.concepts.as_slice() {
            [] => asked.map_or(&[][..], |asked| &asked.concepts),
            own => own,
        };
        for concept in concepts {
            let (passed, all) = counts.entry(concept).or_default();
            *passed += count.passed;
            *all += count.passed + count.failed;
        }
    }
    let count = |(concept, (passed, all))| ConceptCount {
        concept,
        passed,
        all,
    };
    let mut counts: Vec<ConceptCount<'a>> = counts.into_iter().map(count).collect();
    counts.retain(|count| count.all > 0);
    counts.sort_by(|a, b| a.share().total_cmp(&b.share()));
    counts
}

impl ConceptCount<'_> {
    pub(super) fn share(&self) -> f64 {
        self.passed as f64 / self.all as f64
    }
}
