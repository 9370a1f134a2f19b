//! How long something may take, and how much it may leave on the disk meanwhile.

use std::path::Path;
use std::sync::Mutex;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use builder::Running;

use crate::error::GraderError;

/// How often it is looked at.
const LOOK: Duration = Duration::from_millis(100);

/// Why something was ended before it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// Its time was over.
    Late,
    /// It wrote more than it may.
    Large,
}

/// What something may use.
#[derive(Clone, Copy)]
pub struct Patience<'a> {
    /// So much time.
    pub time: Duration,
    /// So many bytes in this folder.
    pub room: Option<(&'a Path, u64)>,
}

impl Patience<'_> {
    /// Does something that runs processes, and ends them when this is at its end, or when the
    /// whole grading is ended.
    pub fn with<T>(
        self,
        running: &Running,
        all: &Running,
        work: impl FnOnce() -> T,
    ) -> Result<(T, Option<Cut>), GraderError> {
        let (done, is_done) = channel::<()>();
        let cut = Mutex::new(None);
        let result = std::thread::scope(|scope| {
            scope.spawn(|| {
                let is_done = is_done;
                let mut left = self.time;
                while let Err(RecvTimeoutError::Timeout) = is_done.recv_timeout(LOOK.min(left)) {
                    left = left.saturating_sub(LOOK);
                    let why = match self.room {
                        _ if left.is_zero() => Cut::Late,
                        Some((folder, room)) if is_larger(folder, room) => Cut::Large,
                        _ if all.has_ended() => Cut::Late,
                        _ => continue,
                    };
                    *cut.lock().expect("nobody panics while holding it") = Some(why);
                    running.end();
                    return;
                }
            });
            let result = work();
            drop(done);
            result
        });
        match all.has_ended() {
            true => Err(GraderError::Stopped),
            false => Ok((result, cut.into_inner().expect("nobody panicked"))),
        }
    }
}

/// Whether the files below a folder are larger than that. Links are not followed.
fn is_larger(folder: &Path, room: u64) -> bool {
    fn size(folder: &Path, room: u64) -> u64 {
        let mut sum = 0;
        for entry in folder.read_dir().into_iter().flatten().flatten() {
            // Empty files are not free either.
            sum += match entry.metadata() {
                Ok(data) if data.is_dir() => 4096 + size(&entry.path(), room - sum.min(room)),
                Ok(data) => data.len().max(4096),
                Err(_) => 0,
            };
            if sum > room {
                return sum;
            }
        }
        sum
    }
    size(folder, room) > room
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_measured_with_all_that_is_in_it() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("a")).unwrap();
        std::fs::write(folder.path().join("a/b"), [0; 100_000]).unwrap();
        assert!(is_larger(folder.path(), 100_000));
        assert!(!is_larger(folder.path(), 200_000));
    }

    #[test]
    fn who_takes_too_much_is_ended_and_who_does_not_is_not() {
        let (running, all) = (Running::apart(), Running::apart());
        let folder = tempfile::tempdir().unwrap();
        let patience = |seconds| Patience {
            time: Duration::from_secs(seconds),
            room: Some((folder.path(), 1 << 20)),
        };
        let quick = patience(60).with(&running, &all, || 7).unwrap();
        assert_eq!(quick, (7, None));
        let until_ended = || {
            while !running.has_ended() {
                std::thread::yield_now();
            }
        };
        std::fs::write(folder.path().join("much"), vec![0; 2 << 20]).unwrap();
        let (_, cut) = patience(60).with(&running, &all, until_ended).unwrap();
        assert_eq!(cut, Some(Cut::Large));
    }
}
