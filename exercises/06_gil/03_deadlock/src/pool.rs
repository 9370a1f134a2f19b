//! A pool of three threads. Supplied; nothing to edit here.
//!
//! It is plain Rust and knows nothing of Python. Its threads are not Python's:
//! a job that wants to call Python has to attach first. While a check runs,
//! `gate::pass` tells the judge that a thread has come to wait for a job.

use std::any::Any;
use std::cell::Cell;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, Once, PoisonError};
use std::thread::Builder;

/// How many jobs are done at the same time; the others queue up.
pub const WORKERS: usize = 3;

// ANCHOR: hand_in_and_wait
/// Queues a job, which one of the workers will do. Returns at once.
pub fn submit<T: Send + 'static>(job: impl FnOnce() -> T + Send + 'static) -> Ticket<T> {
    let slot = Arc::new(Slot::new());
    let ticket = Ticket(slot.clone());
    queue(Box::new(move || {
        let outcome = catch_unwind(AssertUnwindSafe(job));
        DONE.fetch_add(1, Ordering::SeqCst);
        slot.fill(outcome);
    }));
    ticket
}

/// What you get for a job: the right to wait for it. A ticket that is thrown
/// away does not stop the job.
pub struct Ticket<T>(Arc<Slot<T>>);

impl<T> Ticket<T> {
    /// Blocks the thread until the job is done, and gives what it returned. If
    /// the job panicked, this panics too.
    pub fn wait(self) -> T {
        probe::gate::pass();
        self.0.take().unwrap_or_else(|panic| resume_unwind(panic))
    }
}

/// Whether the thread that asks is one of the workers.
pub fn on_worker() -> bool {
    ON_WORKER.get()
}
// ANCHOR_END: hand_in_and_wait

thread_local! {
    static ON_WORKER: Cell<bool> = const { Cell::new(false) };
}

static DONE: AtomicU64 = AtomicU64::new(0);

/// For the judge: how many jobs the workers have done by now.
// SAFETY: no other function of this library has the name.
#[unsafe(no_mangle)]
pub extern "C" fn pool_jobs_done() -> u64 {
    DONE.load(Ordering::SeqCst)
}

type Job = Box<dyn FnOnce() + Send>;

static JOBS: Mutex<VecDeque<Job>> = Mutex::new(VecDeque::new());
static NEW_JOB: Condvar = Condvar::new();
static STARTED: Once = Once::new();

fn queue(job: Job) {
    STARTED.call_once(|| {
        for number in 1..=WORKERS {
            let worker = Builder::new().name(format!("worker {number}"));
            worker.spawn(work).expect("the system has a thread for us");
        }
    });
    lock(&JOBS).push_back(job);
    NEW_JOB.notify_one();
}

/// What a worker does, for as long as the process lives.
fn work() {
    ON_WORKER.set(true);
    loop {
        next_job()();
    }
}

fn next_job() -> Job {
    let empty = |jobs: &mut VecDeque<Job>| jobs.is_empty();
    let jobs = NEW_JOB.wait_while(lock(&JOBS), empty);
    let mut jobs = jobs.unwrap_or_else(PoisonError::into_inner);
    jobs.pop_front().expect("there is a job, or we would wait")
}

/// Where a job leaves what it returned, or how it panicked.
struct Slot<T> {
    outcome: Mutex<Option<Result<T, Box<dyn Any + Send>>>>,
    filled: Condvar,
}

impl<T> Slot<T> {
    fn new() -> Slot<T> {
        Slot {
            outcome: Mutex::new(None),
            filled: Condvar::new(),
        }
    }

    fn fill(&self, outcome: Result<T, Box<dyn Any + Send>>) {
        *lock(&self.outcome) = Some(outcome);
        self.filled.notify_all();
    }

    fn take(&self) -> Result<T, Box<dyn Any + Send>> {
        let outcome = self
            .filled
            .wait_while(lock(&self.outcome), |outcome| outcome.is_none());
        let mut outcome = outcome.unwrap_or_else(PoisonError::into_inner);
        outcome.take().expect("it was filled, or we would wait")
    }
}

/// No job runs while one of these is locked, so none can be poisoned.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
