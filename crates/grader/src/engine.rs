//! Judges every distinct answer once, on as many workers as are wanted, and writes down each
//! judgement when it is there.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use crate::answer::Answer;
use crate::error::GraderError;
use crate::files::hex;
use crate::judge::Court;
use crate::model::{Judgement, Outcome, Status};
use crate::records::Records;
use crate::workshop::Prepared;

/// Changed whenever a record of an older program must not be believed.
const VERSION: u32 = 1;

/// What is to be judged: each distinct answer by its key, in an order that is the same for
/// everybody.
#[derive(Clone, Debug, Default)]
pub struct Work {
    /// By key.
    pub answers: BTreeMap<String, Answer>,
}

/// What happens while it is judged.
#[derive(Clone, Copy, Debug)]
pub enum Event<'a> {
    /// An answer was judged, in so much time.
    Judged(&'a Judgement, Duration),
    /// A check ran out of time, and is tried again when nothing else runs.
    TriedAgain(&'a Judgement),
}

/// How a run went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Judged in this run.
    pub judged: usize,
    /// Judged before.
    pub known: usize,
}

/// The key of an answer's judgement: all that it rests on.
pub fn key(court: &Court<'_>, prepared: &Prepared, answer: &Answer) -> String {
    let mut hash = Sha256::new();
    let made_by = &court.made_by;
    for part in [
        VERSION.to_string(),
        answer.digest(),
        prepared.digest.clone(),
        court.seed.to_string(),
        format!("{:?} {:?}", court.jail.tier, court.jail.limits),
        made_by.rustc.clone(),
        made_by.python.clone(),
        made_by.bindery.clone(),
    ] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hex(hash)
}

/// What is judged, with what, and who hears of it.
pub struct Engine<'a> {
    /// What answers are judged with.
    pub court: &'a Court<'a>,
    /// The exercises, by slug.
    pub exercises: &'a BTreeMap<String, Prepared>,
    /// Where judgements are kept.
    pub records: &'a Records,
    /// How many at once.
    pub workers: usize,
}

impl Engine<'_> {
    /// The work that these answers are.
    pub fn work(&self, answers: impl IntoIterator<Item = Answer>) -> Work {
        let mut work = Work::default();
        for answer in answers {
            if let Some(prepared) = self.exercises.get(&answer.exercise) {
                work.answers
                    .insert(key(self.court, prepared, &answer), answer);
            }
        }
        work
    }

    /// Judges what was not judged before. The first thing that goes wrong with the grader
    /// itself stops it; everything that was judged by then is kept.
    pub fn run(
        &self,
        work: &Work,
        hear: &(dyn Fn(Event<'_>) + Sync),
    ) -> Result<Tally, GraderError> {
        let all: Vec<(&String, &Answer)> = work.answers.iter().collect();
        let new = all
            .iter()
            .filter(|(key, _)| self.records.find(key).is_none());
        let new: Vec<(&String, &Answer)> = new.copied().collect();
        let next = AtomicUsize::new(0);
        let wrong: Mutex<Option<GraderError>> = Mutex::default();
        // Whoever tries a check alone waits until nothing else runs, and lets nothing begin.
        let alone = RwLock::new(());
        std::thread::scope(|scope| {
            for _ in 0..self.workers.max(1).min(new.len()) {
                scope.spawn(|| {
                    while let Some((key, answer)) = new.get(next.fetch_add(1, Ordering::Relaxed)) {
                        if let Err(error) = self.judge(key, answer, &alone, hear) {
                            let mut wrong = wrong.lock().unwrap_or_else(PoisonError::into_inner);
                            wrong.get_or_insert(error);
                            next.store(new.len(), Ordering::Relaxed);
                        }
                    }
                });
            }
        });
        match wrong.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Some(error) => Err(error),
            None => Ok(Tally {
                judged: new.len(),
                known: all.len() - new.len(),
            }),
        }
    }

    fn judge(
        &self,
        key: &str,
        answer: &Answer,
        alone: &RwLock<()>,
        hear: &(dyn Fn(Event<'_>) + Sync),
    ) -> Result<(), GraderError> {
        let prepared = &self.exercises[&answer.exercise];
        let begun = Instant::now();
        let among_others = alone.read().unwrap_or_else(PoisonError::into_inner);
        let mut judgement = self.court.judge(prepared, answer, key, None)?;
        drop(among_others);
        if ran_out_of_time(&judgement) {
            hear(Event::TriedAgain(&judgement));
            let _alone = alone.write().unwrap_or_else(PoisonError::into_inner);
            judgement = self.again(prepared, answer, judgement)?;
        }
        self.records.keep(&judgement)?;
        hear(Event::Judged(&judgement, begun.elapsed()));
        Ok(())
    }

    /// Everything that ran out of time, once more: a noisy neighbour may have been the cause.
    fn again(
        &self,
        prepared: &Prepared,
        answer: &Answer,
        mut judgement: Judgement,
    ) -> Result<Judgement, GraderError> {
        let court = self.court;
        if judgement.outcome == Outcome::BuildTimedOut {
            return court.judge(prepared, answer, &judgement.key, None);
        }
        for place in 0..judgement.checks.len() {
            if judgement.checks[place].status != Status::TimedOut {
                continue;
            }
            let name = judgement.checks[place].name.clone();
            let again = court.judge(prepared, answer, &judgement.key, Some(&name))?;
            let outcome = again.checks.into_iter().find(|check| check.name == name);
            if let Some(mut check) = outcome {
                check.retried = true;
                judgement.checks[place] = check;
            }
        }
        Ok(judgement)
    }
}

fn ran_out_of_time(judgement: &Judgement) -> bool {
    let timed_out = |check: &crate::model::Checked| check.status == Status::TimedOut;
    judgement.outcome == Outcome::BuildTimedOut || judgement.checks.iter().any(timed_out)
}
