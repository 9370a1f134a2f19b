//! A Python kept warm: started before there is anything to judge, it forks a subject for each
//! check, which saves what a fresh interpreter costs. `bindery` asks for it, since somebody is
//! waiting there; `cargo test` starts a fresh one each time.
//!
//! A fork differs in nothing that a check can see, and a test holds every answer's verdicts to
//! that. Where forking is not to be trusted there is no warm Python, and subjects are started.

use std::ffi::OsString;
use std::io::{self, IoSlice};
use std::mem::MaybeUninit;
use std::os::fd::{BorrowedFd, OwnedFd};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, ExitStatus, Stdio};
use std::sync::Mutex;
use std::time::Duration;

use command_fds::{CommandFdExt, FdMapping};
use interpreter::Interpreter;
use rustix::net::sockopt::{Timeout, set_socket_timeout};
use rustix::net::{
    AddressFamily, RecvFlags, SendAncillaryBuffer, SendAncillaryMessage, SendFlags, SocketFlags,
    SocketType, recv, send, sendmsg, socketpair,
};
use rustix::process::{Pid, Signal, kill_process};

use crate::process::{PLACES, clean_environment, die_with_the_judge};
use crate::subject::isolated;
use crate::through;
use crate::tools::{Tools, write_whole};

/// What it runs.
const WAITING: &str = include_str!("warm.py");
/// What it needs beside that where it was started in a jail.
const CONFINING: &str = include_str!("confine.py");
/// The descriptor over which it is asked.
const CONTROL: i32 = 7;

/// How long an answer may take where it may never come.
const TOO_LONG: Duration = Duration::from_secs(60);

// Linux has these, and nothing is kept warm elsewhere.
#[cfg(target_os = "linux")]
const CLOSED_ON_EXEC: SocketFlags = SocketFlags::CLOEXEC;
#[cfg(not(target_os = "linux"))]
const CLOSED_ON_EXEC: SocketFlags = SocketFlags::empty();
#[cfg(target_os = "linux")]
const NO_SIGNAL: SendFlags = SendFlags::NOSIGNAL;
#[cfg(not(target_os = "linux"))]
const NO_SIGNAL: SendFlags = SendFlags::empty();

/// The process that waits.
pub struct Warm {
    child: Child,
    control: Mutex<OwnedFd>,
    /// Whether it was started through something, and its numbers mean nothing out here.
    through: bool,
}

impl Warm {
    /// Starts one that has these packages imported. It is ready when it is first asked.
    pub fn start(
        interpreter: &Interpreter,
        tools: &Tools,
        folder: &Path,
        site: Option<&Path>,
        packages: &[String],
    ) -> io::Result<Warm> {
        if !cfg!(target_os = "linux") {
            return Err(io::ErrorKind::Unsupported.into());
        }
        let probe = tools.probe.as_ref().ok_or(io::ErrorKind::NotFound)?;
        let script = tools.driver.with_file_name("warm.py");
        write_whole(&script, WAITING)?;
        write_whole(&tools.driver.with_file_name("confine.py"), CONFINING)?;
        let (control, theirs) = socketpair(
            AddressFamily::UNIX,
            SocketType::SEQPACKET,
            CLOSED_ON_EXEC,
            None,
        )?;
        let mut arguments = isolated(interpreter);
        arguments.extend([
            script.into(),
            tools.driver.clone().into(),
            probe.clone().into_os_string(),
            site.map_or_else(OsString::new, Into::into),
        ]);
        let (mut command, through) = through::command(through::WARM, interpreter.executable())?;
        if !through && through::is_asked_for() {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        if through {
            through::ask_who_writes(&control)?;
            // Who was killed in there before it could answer never will.
            set_socket_timeout(&control, Timeout::Recv, Some(TOO_LONG))?;
        }
        clean_environment(&mut command);
        command
            .args(arguments)
            .args(packages)
            .env("BINDERY_PROBE", probe)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut mappings = vec![FdMapping {
            parent_fd: theirs,
            child_fd: CONTROL,
        }];
        // Held free for the subjects' own.
        for child_fd in PLACES {
            let parent_fd = std::fs::File::open("/dev/null")?.into();
            mappings.push(FdMapping {
                parent_fd,
                child_fd,
            });
        }
        command.fd_mappings(mappings).map_err(io::Error::other)?;
        die_with_the_judge(&mut command);
        let child = command.spawn()?;
        drop(command);
        let warm = Warm {
            child,
            control: Mutex::new(control),
            through,
        };
        Ok(warm)
    }

    /// Waits until it is ready to be asked.
    pub fn ready(&self) -> io::Result<()> {
        let control = self.control();
        match hear(&control)?.as_str() {
            "ready" => Ok(()),
            _ => Err(io::ErrorKind::InvalidData.into()),
        }
    }

    /// Forks a subject that has these descriptors at their places, and what it prints at the
    /// last of them. Says what it calls the subject, and which process that is.
    pub fn fork(&self, ends: [BorrowedFd<'_>; 5]) -> io::Result<(u32, u32)> {
        let control = self.control();
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(5))];
        let mut ancillary = SendAncillaryBuffer::new(&mut space);
        ancillary.push(SendAncillaryMessage::ScmRights(&ends));
        sendmsg(
            &*control,
            &[IoSlice::new(b"fork")],
            &mut ancillary,
            NO_SIGNAL,
        )?;
        if !self.through {
            let pid = hear(&control)?.parse().map_err(io::Error::other)?;
            return Ok((pid, pid));
        }
        let mut buffer = [0; 64];
        let (length, pid) = through::read(&*control, &mut buffer)?;
        let said = String::from_utf8_lossy(&buffer[..length]);
        let number = said
            .parse()
            .map_err(|_| io::Error::other(said.to_string()))?;
        Ok((number, pid.ok_or(io::ErrorKind::InvalidData)?))
    }

    /// How a subject ended, if it has.
    pub fn ended(&self, pid: u32) -> io::Result<Option<ExitStatus>> {
        let control = self.control();
        say(&control, &format!("ended {pid}"))?;
        let said = hear(&control)?;
        Ok(said.parse().ok().map(ExitStatus::from_raw))
    }

    /// Lets go of a subject that has ended or was killed.
    pub fn reap(&self, pid: u32) -> io::Result<()> {
        say(&self.control(), &format!("reap {pid}"))
    }

    /// Whether it was started through something.
    pub fn is_through(&self) -> bool {
        self.through
    }

    /// Ends it, and does not wait for that.
    pub fn end(&self) {
        // What stands in front of it sees to it that nothing is left.
        let how = match self.through {
            true => Signal::TERM,
            false => Signal::KILL,
        };
        let _ = kill_process(Pid::from_child(&self.child), how);
    }

    fn control(&self) -> std::sync::MutexGuard<'_, OwnedFd> {
        self.control
            .lock()
            .expect("nobody panics while holding this")
    }
}

impl Drop for Warm {
    fn drop(&mut self) {
        self.end();
        let _ = self.child.wait();
    }
}

fn say(control: &OwnedFd, words: &str) -> io::Result<()> {
    send(control, words.as_bytes(), NO_SIGNAL)?;
    Ok(())
}

fn hear(control: &OwnedFd) -> io::Result<String> {
    let mut buffer = [0; 64];
    let (_, length) = rustix::io::retry_on_intr(|| recv(control, &mut buffer, RecvFlags::empty()))?;
    match length {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        length => String::from_utf8(buffer[..length].to_vec()).map_err(io::Error::other),
    }
}
