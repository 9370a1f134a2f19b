//! Subjects in stock: while somebody else still builds what is to be judged, a warm Python
//! forks some for the checks to come. They have loaded nothing of the learner's, as none has
//! that is forked when a check asks for it.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use crate::subject::Subject;
use crate::tools::Tools;
use crate::verdict::Verdict;
use crate::warm::Warm;

/// However many checks there are: those that come late find that there is time to fork.
pub const MOST_IN_STOCK: usize = 8;

/// A warm Python, and what it has forked in advance.
pub struct Stock {
    warm: Arc<Warm>,
    tools: Tools,
    folder: PathBuf,
    is_ready: OnceLock<bool>,
    /// Whether there is something to judge, and the processors have better things to do.
    is_open: AtomicBool,
    subjects: Mutex<Vec<Subject>>,
}

impl Stock {
    /// So many subjects are forked from now on, until the stock is opened.
    pub fn of(warm: Warm, tools: &Tools, folder: &Path, subjects: usize) -> Arc<Stock> {
        let stock = Arc::new(Stock {
            warm: Arc::new(warm),
            tools: tools.clone(),
            folder: folder.to_owned(),
            is_ready: OnceLock::new(),
            is_open: AtomicBool::new(false),
            subjects: Mutex::default(),
        });
        let filled = stock.clone();
        std::thread::spawn(move || filled.fill(subjects));
        stock
    }

    fn fill(&self, subjects: usize) {
        for _ in 0..subjects {
            if !self.is_ready() || self.is_open.load(Ordering::Relaxed) {
                return;
            }
            match self.fork() {
                Some(Ok(subject)) => self.subjects().push(subject),
                // A check will ask again, and is told why.
                _ => return,
            }
        }
    }

    /// Waits until there are subjects to be had. None are made in advance any more.
    pub fn open(&self) -> bool {
        self.is_open.store(true, Ordering::Relaxed);
        self.is_ready()
    }

    /// One for a check: out of the stock, or forked now. Nothing where that cannot be had.
    pub fn subject(&self) -> Option<Verdict<Subject>> {
        let stored = self.subjects().pop();
        stored.map(Ok).or_else(|| self.fork())
    }

    /// Ends the Python and what is left in the stock, which dies with it, and waits for nothing.
    pub fn end(&self) {
        self.is_open.store(true, Ordering::Relaxed);
        self.warm.end();
        // To end and reap each of them takes longer than a check.
        std::mem::take(&mut *self.subjects())
            .into_iter()
            .for_each(std::mem::forget);
    }

    fn is_ready(&self) -> bool {
        *self.is_ready.get_or_init(|| self.warm.ready().is_ok())
    }

    fn fork(&self) -> Option<Verdict<Subject>> {
        Subject::fork(&self.warm, &self.tools, &self.folder)
    }

    fn subjects(&self) -> std::sync::MutexGuard<'_, Vec<Subject>> {
        self.subjects
            .lock()
            .expect("nobody panics while holding this")
    }
}
