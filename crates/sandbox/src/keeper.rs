//! The keeper: starts the program, watches what it uses, and lets nobody outlive it.
//!
//! It is the first process of the jail's namespace, where there is one, and nothing within can
//! signal or read it. Where there is none it adopts whatever loses its parent.

use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::fs::Permissions;
use std::io::Write;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{
    Pid, Signal, WaitOptions, WaitStatus, getpid, kill_process, set_child_subreaper,
    set_parent_process_death_signal, setsid, wait,
};

use crate::confine::{self, Confinement};
use crate::enter::{Error, Naming, WITHIN, signals};
use crate::tree::{self, Usage};
use crate::{Children, Policy, Tier};

/// How often it looks. A program that takes too much has no longer than this to do harm.
const LOOK: Duration = Duration::from_millis(50);

/// How the program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// With this code.
    Exit(i32),
    /// By this signal.
    Signal(i32),
}

/// The second entrance, within bubblewrap's walls.
pub fn within(policy: &Policy, report_to: &OsStr, program: &OsStr, args: &[OsString]) -> Error {
    let Some(number) = report_to.to_str().and_then(|n| n.parse().ok()) else {
        return Error::new(format!("`{WITHIN}` is no descriptor"));
    };
    // SAFETY: the door opened it for this process, under this number, and nobody else uses it.
    let pipe = unsafe { OwnedFd::from_raw_fd(number) };
    // SAFETY: there is one thread.
    unsafe { std::env::remove_var(WITHIN) };
    signals::block();
    let error = match pipe.try_clone() {
        Ok(mine) => keep(policy, mine, program, args),
        Err(e) => Error::new(e.to_string()),
    };
    report(&pipe, &Err(Error::new(error.to_string())));
    error
}

/// Starts the program and stays until it has ended, with all that it started. Comes back only
/// where it cannot.
pub fn keep(policy: &Policy, pipe: OwnedFd, program: &OsStr, args: &[OsString]) -> Error {
    match try_keep(policy, &pipe, program, args) {
        Ok(fate) => {
            report(&pipe, &Ok(fate));
            // SAFETY: nothing that this process holds needs a farewell.
            unsafe { libc::_exit(0) }
        }
        Err(error) => error,
    }
}

fn try_keep(
    policy: &Policy,
    pipe: &OwnedFd,
    program: &OsStr,
    args: &[OsString],
) -> Result<Fate, Error> {
    // With the door, the jail goes. A keeper without a namespace ends the others first.
    let farewell = match policy.tier {
        Tier::Namespaces => Signal::KILL,
        _ => Signal::TERM,
    };
    set_parent_process_death_signal(Some(farewell)).naming("cannot be tied to the door")?;
    if policy.tier != Tier::Bubblewrap {
        setsid().naming("no session of its own")?;
    }
    set_child_subreaper(Some(getpid())).naming("cannot adopt")?;
    let scratch = Scratch::make(policy)?;
    let confinement = Confinement::prepare(policy, scratch.folder.as_deref())?;
    let door = getpid();
    // SAFETY: there is one thread.
    let child = match unsafe { libc::fork() } {
        -1 => return Err(std::io::Error::last_os_error()).naming("cannot fork"),
        0 => {
            let error = confine::become_the_program(confinement, policy, door, program, args);
            report(pipe, &Err(error));
            // SAFETY: nothing that this process holds needs a farewell.
            unsafe { libc::_exit(1) }
        }
        pid => Pid::from_raw(pid).expect("fork gives a pid"),
    };
    let fate = stay_with(child, policy, pipe, &scratch);
    if policy.tier == Tier::Landlock {
        end_all();
    }
    Ok(fate)
}

/// Buries whoever dies, until it is the program.
fn stay_with(program: Pid, policy: &Policy, pipe: &OwnedFd, scratch: &Scratch) -> Fate {
    loop {
        while let Ok(Some((pid, status))) = wait(WaitOptions::NOHANG) {
            if pid == program {
                return fate(status);
            }
        }
        let heard = signals::next(Some(LOOK));
        let told_to_end = heard.is_some_and(|signal| signal != libc::SIGCHLD);
        let enough = takes_too_much(policy) || scratch.is_full(policy);
        if told_to_end || nobody_listens(pipe) || enough {
            end_all();
            return Fate::Signal(libc::SIGKILL);
        }
    }
}

fn fate(status: WaitStatus) -> Fate {
    match status.terminating_signal() {
        Some(signal) => Fate::Signal(signal),
        None => Fate::Exit(status.exit_status().unwrap_or_default()),
    }
}

/// Whether the door has been killed.
fn nobody_listens(pipe: &OwnedFd) -> bool {
    let mut watched = [PollFd::new(pipe, PollFlags::empty())];
    let now = Timespec::default();
    poll(&mut watched, Some(&now)).is_ok_and(|n| n > 0)
        && watched[0].revents().contains(PollFlags::ERR)
}

/// Whether those in the jail use more than they may, together. Those that a trusted program
/// forks have keepers of their own, which end one of them and not all.
fn takes_too_much(policy: &Policy) -> bool {
    if policy.children == Children::Forked {
        return false;
    }
    let Usage { threads, memory } = tree::usage(getpid());
    let most = policy.limits.memory;
    threads >= policy.limits.processes || (memory > most && tree::fair_memory(getpid()) > most)
}

/// Kills until there is nobody left. What is orphaned meanwhile is adopted, and found.
fn end_all() {
    loop {
        for pid in stopped() {
            let _ = kill_process(pid, Signal::KILL);
        }
        match wait(WaitOptions::NOHANG) {
            Err(rustix::io::Errno::CHILD) => return,
            Ok(Some(_)) => while let Ok(Some(_)) = wait(WaitOptions::NOHANG) {},
            _ => std::thread::sleep(Duration::from_micros(500)),
        }
    }
}

/// Everybody below, stopped: who runs could start others as fast as they are killed.
fn stopped() -> HashSet<Pid> {
    let mut all = HashSet::new();
    loop {
        let found = tree::descendants(getpid());
        let new: Vec<Pid> = found.into_iter().filter(|pid| all.insert(*pid)).collect();
        if new.is_empty() {
            return all;
        }
        for pid in new {
            let _ = kill_process(pid, Signal::STOP);
        }
    }
}

/// Where a jail without mounts keeps what is its own: a folder that goes with it. Those that a
/// trusted program forks have folders in it, which their keepers watch.
struct Scratch {
    folder: Option<PathBuf>,
}

impl Scratch {
    fn make(policy: &Policy) -> Result<Scratch, Error> {
        if policy.tier != Tier::Landlock {
            return Ok(Scratch { folder: None });
        }
        let mut last = None;
        for number in 0..100 {
            let name = format!("bindery-jail-{}-{number}", getpid().as_raw_nonzero());
            // Not where `TMPDIR` says: that may be a folder that all in the jail may write into.
            let folder = Path::new("/tmp").join(name);
            match std::fs::DirBuilder::new().mode(0o700).create(&folder) {
                Ok(()) => {
                    return Ok(Scratch {
                        folder: Some(folder),
                    });
                }
                Err(e) => last = Some(e),
            }
        }
        last.map_or(Ok(Scratch { folder: None }), Err)
            .naming("no scratch folder")
    }

    fn is_full(&self, policy: &Policy) -> bool {
        let full = |folder: &PathBuf| tree::size_of(folder, policy.scratch) > policy.scratch;
        policy.children == Children::Untrusted && self.folder.as_ref().is_some_and(full)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            unlock(folder);
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

/// Whoever filled a folder may have locked those in it, so that they cannot be removed.
fn unlock(folder: &Path) {
    let _ = std::fs::set_permissions(folder, Permissions::from_mode(0o700));
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    // What a link leads to is none of ours.
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    folders.for_each(|entry| unlock(&entry.path()));
}

/// Says how it went, in one write. What comes first counts.
pub fn report(pipe: &OwnedFd, outcome: &Result<Fate, Error>) {
    let words = match outcome {
        Ok(Fate::Exit(code)) => format!("exit {code}\n"),
        Ok(Fate::Signal(number)) => format!("signal {number}\n"),
        Err(error) => format!("failed {}\n", error.to_string().replace('\n', " ")),
    };
    if let Ok(mut pipe) = pipe.try_clone().map(std::fs::File::from) {
        let _ = pipe.write_all(words.as_bytes());
    }
}

/// What a report says.
pub fn understood(said: &[u8]) -> Option<Result<Fate, String>> {
    let said = String::from_utf8_lossy(said);
    let (what, rest) = said.lines().next()?.split_once(' ')?;
    match what {
        "exit" => Some(Ok(Fate::Exit(rest.parse().ok()?))),
        "signal" => Some(Ok(Fate::Signal(rest.parse().ok()?))),
        _ => Some(Err(rest.to_owned())),
    }
}

/// A descriptor that outlives the start of another program, by its number.
pub fn inherited(descriptor: &OwnedFd) -> Result<i32, Error> {
    rustix::io::fcntl_setfd(descriptor, rustix::io::FdFlags::empty())
        .naming("cannot be handed on")?;
    Ok(descriptor.as_raw_fd())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_report_counts() {
        let first = |said: &[u8]| understood(said);
        assert_eq!(first(b"exit 3\nsignal 9\n"), Some(Ok(Fate::Exit(3))));
        assert_eq!(first(b"signal 11\n"), Some(Ok(Fate::Signal(11))));
        assert_eq!(
            first(b"failed cannot mount\nexit 1\n"),
            Some(Err("cannot mount".to_owned()))
        );
        assert_eq!(first(b""), None);
    }
}
