//! What subjects are started through, where somebody says so: a jail, of which the judge knows
//! nothing but its command. It stays in front of the subject, ends as that ends, and ends it when
//! it is asked to terminate.
//!
//! A subject's process number is then another one than that of the process that was started. The
//! kernel tells it, with what the subject says.

use std::ffi::OsString;
use std::io::{self, IoSliceMut};
use std::mem::MaybeUninit;
use std::os::fd::AsFd;
use std::path::Path;
use std::process::Command;

/// Stands before each program of a learner's, as a JSON array of words.
pub const PROGRAM: &str = "BINDERY_THROUGH";
/// The same for a warm Python, which is the judge's own and confines what it forks.
pub const WARM: &str = "BINDERY_THROUGH_WARM";
/// The same for the compiler of a learner's C.
pub const COMPILER: &str = "BINDERY_THROUGH_COMPILER";

/// With this code it ends where it has started nothing. No program that it started seems to.
pub const CLOSED: i32 = 125;

/// The words that this variable holds; none where it is not set.
pub fn words(variable: &str) -> io::Result<Vec<OsString>> {
    let Some(text) = std::env::var_os(variable) else {
        return Ok(Vec::new());
    };
    let words: Option<Vec<String>> = text.to_str().and_then(|t| serde_json::from_str(t).ok());
    // Without them it would be started as if nobody had asked for a jail.
    let words = words.filter(|words| !words.is_empty());
    let words =
        words.ok_or_else(|| io::Error::other(format!("`{variable}` is no list of words")))?;
    Ok(words.into_iter().map(Into::into).collect())
}

/// Whether subjects are to be started through something: then none is started otherwise.
pub fn is_asked_for() -> bool {
    [PROGRAM, WARM]
        .iter()
        .any(|name| std::env::var_os(name).is_some())
}

/// Starts `program` through what this variable says, and whether it says anything.
pub fn command(variable: &str, program: &Path) -> io::Result<(Command, bool)> {
    let words = words(variable)?;
    let Some((first, rest)) = words.split_first() else {
        return Ok((Command::new(program), false));
    };
    let mut command = Command::new(first);
    command.args(rest).arg(program);
    Ok((command, true))
}

/// From now on the kernel says who writes.
#[cfg(target_os = "linux")]
pub fn ask_who_writes(socket: &impl AsFd) -> io::Result<()> {
    Ok(rustix::net::sockopt::set_socket_passcred(socket, true)?)
}

/// What arrives, and the number of the process that wrote it, as it is called out here.
#[cfg(target_os = "linux")]
pub fn read(socket: &impl AsFd, buffer: &mut [u8]) -> io::Result<(usize, Option<u32>)> {
    use rustix::net::{RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, recvmsg};
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmCredentials(1))];
    let mut ancillary = RecvAncillaryBuffer::new(&mut space);
    let flags = RecvFlags::CMSG_CLOEXEC;
    let mut into = [IoSliceMut::new(buffer)];
    let received = rustix::io::retry_on_intr(|| recvmsg(socket, &mut into, &mut ancillary, flags))?;
    let mut credentials = ancillary.drain().filter_map(|message| match message {
        RecvAncillaryMessage::ScmCredentials(who) => Some(who.pid.as_raw_nonzero().get() as u32),
        _ => None,
    });
    Ok((received.bytes, credentials.next()))
}

#[cfg(not(target_os = "linux"))]
pub fn ask_who_writes(_socket: &impl AsFd) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(not(target_os = "linux"))]
pub fn read(_socket: &impl AsFd, _buffer: &mut [u8]) -> io::Result<(usize, Option<u32>)> {
    Err(io::ErrorKind::Unsupported.into())
}
