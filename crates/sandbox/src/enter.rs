//! The door: who starts a jail starts this, and it ends as the jailed program ended.
//!
//! It waits outside for the keeper, so that nothing of the jail is left when it is gone. What
//! the walls are made of is `namespaces`, `bubblewrap` and `wall`.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::Read;
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use rustix::process::{
    Pid, Resource, Rlimit, Signal, WaitOptions, kill_process, set_parent_process_death_signal,
    setrlimit, waitpid,
};

use crate::cgroup::Group;
use crate::keeper::{self, Fate};
use crate::{NO_JAIL, Policy, Tier, bubblewrap, namespaces};

/// Tells the second entrance, within bubblewrap's walls, where to report.
pub(crate) const WITHIN: &str = "BINDERY_WITHIN";

/// Why there is no jail. The program was not started.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Error(String);

impl Error {
    pub(crate) fn new(what: impl Into<String>) -> Error {
        Error(what.into())
    }
}

/// Names what failed.
pub(crate) trait Naming<T> {
    fn naming(self, what: &str) -> Result<T, Error>;
}

impl<T, E: std::fmt::Display> Naming<T> for Result<T, E> {
    fn naming(self, what: &str) -> Result<T, Error> {
        self.map_err(|e| Error(format!("{what}: {e}")))
    }
}

/// Becomes a jail in which the program runs, by the policy in this file. It is given the
/// environment and the folder that this process has. Comes back only where there is no jail to
/// be had; otherwise this process ends as the program does.
///
/// To be called by a program that has one thread and does nothing else.
pub fn enter(policy: &Path, program: &OsStr, args: &[OsString]) -> Error {
    match try_enter(policy, program, args) {
        Ok(fate) => repeat(fate),
        Err(error) => error,
    }
}

fn try_enter(path: &Path, program: &OsStr, args: &[OsString]) -> Result<Fate, Error> {
    let text = std::fs::read_to_string(path).naming("cannot read the policy")?;
    let policy: Policy = serde_json::from_str(&text).naming("the policy cannot be understood")?;
    if let Some(report) = std::env::var_os(WITHIN) {
        return Err(keeper::within(&policy, &report, program, args));
    }
    if policy.tier == Tier::Unsandboxed {
        let error = Command::new(program).args(args).exec();
        return Err(error).naming(&format!("`{}` does not start", program.display()));
    }
    signals::block();
    // Whoever asked for a jail waits for it: when they are gone, nobody wants it. It is told, and
    // not killed, so that it can clear away what is left.
    set_parent_process_death_signal(Some(Signal::TERM)).naming("cannot be tied to the starter")?;
    keep_open(&policy.descriptors)?;
    let group = Group::make(&policy);
    if policy.tier == Tier::Namespaces {
        namespaces::leave_ours()?;
    }
    let (reading, report) =
        rustix::pipe::pipe_with(rustix::pipe::PipeFlags::CLOEXEC).naming("no pipe")?;
    // SAFETY: this process has one thread, so the child may do whatever it could.
    let keeper = match unsafe { libc::fork() } {
        -1 => return Err(std::io::Error::last_os_error()).naming("cannot fork"),
        0 => {
            drop(reading);
            // The group's files are not to be seen from within the walls.
            let joined = group.join();
            let error = match joined {
                Err(error) => error,
                Ok(()) => keep(&policy, path, report.try_clone(), program, args),
            };
            keeper::report(&report, &Err(error));
            // SAFETY: nothing that this process holds needs a farewell.
            unsafe { libc::_exit(1) }
        }
        pid => Pid::from_raw(pid).expect("fork gives a pid"),
    };
    drop(report);
    wait(keeper, reading, &policy)
}

/// The keeper: comes back only where it cannot do its work.
fn keep(
    policy: &Policy,
    path: &Path,
    report: std::io::Result<OwnedFd>,
    program: &OsStr,
    args: &[OsString],
) -> Error {
    let report = match report {
        Ok(report) => report,
        Err(e) => return Error(format!("no pipe: {e}")),
    };
    match policy.tier {
        Tier::Namespaces => match namespaces::build(policy) {
            Ok(()) => keeper::keep(policy, report, program, args),
            Err(error) => error,
        },
        Tier::Bubblewrap => bubblewrap::enter(policy, path, report),
        Tier::Landlock | Tier::Unsandboxed => keeper::keep(policy, report, program, args),
    }
}

/// Waits for the keeper, and ends it when this process is asked to end.
fn wait(keeper: Pid, reading: OwnedFd, policy: &Policy) -> Result<Fate, Error> {
    let mut asked = None;
    let mut reading = Some(reading);
    let end = loop {
        match waitpid(Some(keeper), WaitOptions::NOHANG) {
            Ok(Some((_, end))) => break end.exit_status(),
            Ok(None) => {}
            Err(_) => break None,
        }
        let signal = signals::next(None);
        if signal != Some(libc::SIGCHLD) && signal.is_some() {
            asked = signal;
            match policy.tier {
                // The first process of a namespace takes everybody with it.
                Tier::Namespaces => drop(kill_process(keeper, Signal::KILL)),
                // Bubblewrap hands no signal on. The keeper sees that nobody listens.
                Tier::Bubblewrap => reading = None,
                Tier::Landlock | Tier::Unsandboxed => drop(kill_process(keeper, Signal::TERM)),
            }
        }
    };
    let mut said = Vec::new();
    if let Some(reading) = reading {
        let _ = File::from(reading).read_to_end(&mut said);
    }
    match (asked, keeper::understood(&said), end) {
        (Some(signal), ..) => Ok(Fate::Signal(signal)),
        (None, Some(outcome), _) => outcome.map_err(Error),
        // Bubblewrap has said why, and started nobody.
        (None, None, Some(1..)) => Err(Error::new("the walls were not built")),
        // Killed by somebody outside, or by the system for want of memory.
        (None, None, _) => Ok(Fate::Signal(libc::SIGKILL)),
    }
}

/// Whatever is not named here closes when the program starts, or before.
fn keep_open(descriptors: &[i32]) -> Result<(), Error> {
    let mut from = 3;
    let mut wanted = descriptors.to_vec();
    wanted.sort_unstable();
    for kept in wanted.into_iter().filter(|d| *d > 2) {
        close_between(from, kept - 1)?;
        from = kept + 1;
    }
    close_between(from, i32::MAX)
}

fn close_between(first: i32, last: i32) -> Result<(), Error> {
    if first > last {
        return Ok(());
    }
    // SAFETY: nothing in this process holds a descriptor yet: it has read one file, and closed it.
    let closed = unsafe { libc::syscall(libc::SYS_close_range, first, last, 0) };
    match closed {
        0 => Ok(()),
        _ => Err(std::io::Error::last_os_error()).naming("cannot close descriptors"),
    }
}

/// Ends as the program ended.
fn repeat(fate: Fate) -> ! {
    let number = match fate {
        Fate::Exit(code) if code == i32::from(NO_JAIL) => std::process::exit(1),
        Fate::Exit(code) => std::process::exit(code),
        Fate::Signal(number) => number,
    };
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    // The core was the program's to dump.
    let _ = setrlimit(Resource::Core, none);
    signals::die_of(number)
}

/// The signals that the door and the keeper listen to.
pub(crate) mod signals {
    use std::time::Duration;

    const HEARD: [i32; 4] = [libc::SIGCHLD, libc::SIGTERM, libc::SIGINT, libc::SIGHUP];

    fn set() -> libc::sigset_t {
        // SAFETY: a set of signals is plain data, and `sigemptyset` makes it one.
        unsafe {
            let mut set = std::mem::zeroed();
            libc::sigemptyset(&mut set);
            for signal in HEARD {
                libc::sigaddset(&mut set, signal);
            }
            set
        }
    }

    /// From now on they wait until they are asked for. An ignored one would never come.
    pub fn block() {
        // SAFETY: the set is a valid one, and no handler is installed.
        unsafe {
            for signal in HEARD {
                libc::signal(signal, libc::SIG_DFL);
            }
            libc::sigprocmask(libc::SIG_BLOCK, &set(), std::ptr::null_mut());
        }
    }

    /// For a program that is about to start, and knows nothing of this.
    pub fn unblock() {
        // SAFETY: the set is a valid one.
        unsafe {
            libc::sigprocmask(libc::SIG_UNBLOCK, &set(), std::ptr::null_mut());
        }
    }

    /// The next of them; none if there is none for so long.
    pub fn next(patience: Option<Duration>) -> Option<i32> {
        let limit = patience.map(|p| libc::timespec {
            tv_sec: p.as_secs() as libc::time_t,
            tv_nsec: p.subsec_nanos().into(),
        });
        let limit = limit.as_ref().map_or(std::ptr::null(), std::ptr::from_ref);
        // SAFETY: the set and the time are valid, and nothing is to be written.
        let signal = unsafe { libc::sigtimedwait(&set(), std::ptr::null_mut(), limit) };
        (signal > 0).then_some(signal)
    }

    /// Ends this process by a signal; by an exit code where it cannot be killed.
    pub fn die_of(number: i32) -> ! {
        // SAFETY: the signal's own action ends the process, whatever state it is in.
        unsafe {
            libc::signal(number, libc::SIG_DFL);
            let mut set = std::mem::zeroed();
            libc::sigemptyset(&mut set);
            libc::sigaddset(&mut set, number);
            libc::sigprocmask(libc::SIG_UNBLOCK, &set, std::ptr::null_mut());
            libc::raise(number);
        }
        std::process::exit(128 + number)
    }
}

/// Where a descriptor is found by its number.
pub(crate) fn in_proc(descriptor: &impl AsRawFd) -> String {
    format!("/proc/self/fd/{}", descriptor.as_raw_fd())
}
