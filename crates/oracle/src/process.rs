//! A subject as a process: started with private descriptors, its output capped,
//! and gone with everything it started once the judge is done with it.
//!
//! Knows nothing of what is said over the descriptors.

use std::ffi::OsString;
use std::io::Read;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use command_fds::{CommandFdExt, FdMapping};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};

use crate::through;
use crate::verdict::Failure;
use crate::warm::Warm;

/// What a subject may print before it counts as a flood.
pub const MAX_OUTPUT: u64 = 16 << 20;
/// How much of what it printed is kept for the report.
const KEPT_OUTPUT: usize = 64 << 10;

/// The descriptors a subject finds open beside the three standard ones.
const CHANNEL: i32 = 3;
const ECHO: i32 = 4;
const STACKS: i32 = 5;
const GATE: i32 = 6;
/// All of them, in the order in which a warm Python is handed them.
pub(crate) const PLACES: [i32; 4] = [CHANNEL, ECHO, STACKS, GATE];

/// A running subject.
pub struct Process {
    life: Life,
    /// Its own number, once that is known: one that is started through something is known when
    /// it has said something.
    pid: Option<u32>,
    status: Option<ExitStatus>,
    /// Calls and replies.
    pub channel: UnixStream,
    /// Questions to the other Python thread.
    pub echo: UnixStream,
    /// Where a supplied kernel announces itself.
    pub gate: UnixStream,
    output: Tap,
    stacks: Tap,
}

/// Whose child it is.
enum Life {
    /// Ours: it was started.
    Started {
        child: Child,
        /// Whether the child is what it was started through, and it is somebody else.
        through: bool,
    },
    /// A warm Python's, which forked it.
    Forked {
        /// What the Python calls it.
        number: u32,
        by: Arc<Warm>,
        reaped: bool,
    },
}

/// The descriptors of one subject: our ends of them and its own.
struct Ends {
    ours: [UnixStream; 3],
    output: std::io::PipeReader,
    stacks: std::io::PipeReader,
    /// In the order of [`PLACES`].
    theirs: [OwnedFd; 4],
    printing: OwnedFd,
}

impl Ends {
    fn new() -> std::io::Result<Ends> {
        let (channel, their_channel) = UnixStream::pair()?;
        let (echo, their_echo) = UnixStream::pair()?;
        let (gate, their_gate) = UnixStream::pair()?;
        let (output, printing) = std::io::pipe()?;
        let (stacks, their_stacks) = std::io::pipe()?;
        Ok(Ends {
            ours: [channel, echo, gate],
            output,
            stacks,
            theirs: [
                their_channel.into(),
                their_echo.into(),
                their_stacks.into(),
                their_gate.into(),
            ],
            printing: printing.into(),
        })
    }
}

impl Process {
    /// Starts `program` with a cleared environment but for what it needs.
    pub fn start(
        program: &Path,
        args: &[OsString],
        environment: &[(&str, OsString)],
        folder: &Path,
    ) -> Result<Process, Failure> {
        let fail = |what: &str, e: &dyn std::fmt::Display| {
            Failure::fault(format!("cannot start `{}`: {what}: {e}", program.display()))
        };
        let ends = Ends::new().map_err(|e| fail("no descriptors", &e))?;
        let (mut command, through) =
            through::command(through::PROGRAM, program).map_err(|e| fail("no jail", &e))?;
        clean_environment(&mut command);
        let printing = ends.printing.try_clone().map_err(|e| fail("no pipe", &e))?;
        command
            .args(args)
            .current_dir(folder)
            .envs(environment.iter().map(|(k, v)| (k, v)))
            .stdin(Stdio::null())
            .stdout(printing)
            .stderr(ends.printing);
        let mappings = ends.theirs.into_iter().zip(PLACES);
        let mappings = mappings.map(|(parent_fd, child_fd)| FdMapping {
            parent_fd,
            child_fd,
        });
        command
            .fd_mappings(mappings.collect())
            .map_err(|e| fail("descriptors collide", &e))?;
        // A group of its own, so that what it starts can be ended with it.
        command.process_group(0);
        die_with_the_judge(&mut command);
        let child = command.spawn().map_err(|e| fail("it does not start", &e))?;
        // The command still holds the child's ends; while it lives, no pipe ends.
        drop(command);
        let pid = (!through).then(|| child.id());
        if through {
            through::ask_who_writes(&ends.ours[0]).map_err(|e| fail("no channel", &e))?;
        }
        let life = Life::Started { child, through };
        Ok(Process::new(life, pid, ends.ours, ends.output, ends.stacks))
    }

    /// The same, by a fork of a Python that is waiting.
    pub fn fork(by: &Arc<Warm>) -> std::io::Result<Process> {
        let ends = Ends::new()?;
        let [channel, echo, stacks, gate] = ends.theirs.each_ref().map(AsFd::as_fd);
        let (number, pid) = by.fork([channel, echo, stacks, gate, ends.printing.as_fd()])?;
        let life = Life::Forked {
            number,
            by: by.clone(),
            reaped: false,
        };
        let pid = Some(pid);
        Ok(Process::new(life, pid, ends.ours, ends.output, ends.stacks))
    }

    fn new(
        life: Life,
        pid: Option<u32>,
        [channel, echo, gate]: [UnixStream; 3],
        output: std::io::PipeReader,
        stacks: std::io::PipeReader,
    ) -> Process {
        Process {
            life,
            pid,
            status: None,
            channel,
            echo,
            gate,
            output: Tap::on(output),
            stacks: Tap::on(stacks),
        }
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        match (&self.life, self.pid) {
            (_, Some(pid)) => pid,
            (Life::Started { child, .. }, None) => child.id(),
            (Life::Forked { .. }, None) => unreachable!("a fork says who it is"),
        }
    }

    /// Whether it was started through something.
    pub fn is_through(&self) -> bool {
        match &self.life {
            Life::Started { through, .. } => *through,
            Life::Forked { by, .. } => by.is_through(),
        }
    }

    /// Whether what it was to be started through has ended without starting it.
    pub fn was_not_let_through(&self) -> bool {
        let code = self.status.and_then(|status| status.code());
        self.is_through() && code == Some(through::CLOSED)
    }

    /// Takes what has arrived on its channel.
    pub fn receive(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.pid.is_some() {
            return self.channel.read(buffer);
        }
        let (length, pid) = through::read(&self.channel, buffer)?;
        self.pid = pid;
        Ok(length)
    }

    /// Whether it has printed more than anybody will read.
    pub fn floods(&self) -> bool {
        self.output.total() > MAX_OUTPUT
    }

    /// Asks every thread for its Python stack, and waits a moment for it.
    pub fn ask_for_stacks(&self) {
        let before = self.stacks.total();
        if let Some(pid) = Pid::from_raw(self.id() as i32) {
            let _ = kill_process(pid, Signal::USR1);
        }
        let deadline = Instant::now() + Duration::from_secs(1);
        while self.stacks.total() == before && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(5));
        }
        std::thread::sleep(Duration::from_millis(20));
    }

    /// Waits a little for it to end by itself.
    pub fn wait_for_end(&mut self, patience: Duration) -> Option<ExitStatus> {
        let deadline = Instant::now() + patience;
        while self.status.is_none() && Instant::now() < deadline {
            self.status = match &mut self.life {
                Life::Started { child, .. } => child.try_wait().ok().flatten(),
                Life::Forked { number, by, .. } => by.ended(*number).ok().flatten(),
            };
            if self.status.is_none() {
                std::thread::sleep(Duration::from_millis(2));
            }
        }
        self.status
    }

    /// Ends it and everything in its group.
    pub fn end(&mut self) {
        if matches!(self.life, Life::Forked { reaped: true, .. }) {
            return;
        }
        match &mut self.life {
            Life::Started { through: true, .. } if self.status.is_some() => {}
            Life::Started {
                child,
                through: true,
            } => {
                // It comes to an end when nothing is left of what was started through it.
                let _ = kill_process(Pid::from_child(child), Signal::TERM);
                self.status = child.wait().ok();
            }
            Life::Started { child, .. } => {
                let _ = kill_process_group(Pid::from_child(child), Signal::KILL);
                if self.status.is_none() {
                    self.status = child.wait().ok();
                }
            }
            Life::Forked { number, by, reaped } => {
                let pid = self.pid.and_then(|pid| Pid::from_raw(pid as i32));
                let _ = pid.map(|pid| kill_process_group(pid, Signal::KILL));
                let _ = by.reap(*number);
                *reaped = true;
            }
        }
    }

    /// What it has printed so far.
    pub fn printed(&self) -> String {
        self.output.so_far()
    }

    /// What it printed, once it has ended; a middle that was dropped is marked.
    pub fn output(&mut self) -> String {
        self.output.finish()
    }

    /// The stacks that its crash handlers wrote.
    pub fn stacks(&mut self) -> String {
        self.stacks.finish()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end();
    }
}

/// What a subject finds in its environment, and nothing else.
pub(crate) fn clean_environment(command: &mut Command) {
    command.env_clear();
    for name in [
        "PATH",
        "HOME",
        "LANG",
        "TMPDIR",
        "LD_LIBRARY_PATH",
        "DYLD_LIBRARY_PATH",
    ] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    command
        .env(wire::CHANNEL, CHANNEL.to_string())
        .env("BINDERY_ECHO", ECHO.to_string())
        .env("BINDERY_STACKS", STACKS.to_string())
        .env(probe::gate::GATE, GATE.to_string())
        .env("RUST_BACKTRACE", "0");
}

/// Whether a signal ended it, by number and name.
pub fn signal_of(status: ExitStatus) -> Option<(i32, &'static str)> {
    let number = status.signal()?;
    Some((
        number,
        match number {
            libc_signal::SEGV => "segmentation fault",
            libc_signal::ABRT => "abort",
            libc_signal::BUS => "bus error",
            libc_signal::FPE => "arithmetic fault",
            libc_signal::ILL => "illegal instruction",
            libc_signal::KILL => "killed",
            _ => "signal",
        },
    ))
}

mod libc_signal {
    use rustix::process::Signal;
    pub const SEGV: i32 = Signal::SEGV.as_raw();
    pub const ABRT: i32 = Signal::ABORT.as_raw();
    pub const BUS: i32 = Signal::BUS.as_raw();
    pub const FPE: i32 = Signal::FPE.as_raw();
    pub const ILL: i32 = Signal::ILL.as_raw();
    pub const KILL: i32 = Signal::KILL.as_raw();
}

/// Should the judge be killed, nothing of the subject stays behind.
#[cfg(target_os = "linux")]
pub(crate) fn die_with_the_judge(command: &mut Command) {
    // SAFETY: between fork and exec only this one system call is made, which
    // allocates nothing and takes no lock.
    unsafe {
        command.pre_exec(|| {
            rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?;
            Ok(())
        });
    }
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn die_with_the_judge(_command: &mut Command) {}

/// Drains a pipe to its end, and keeps the head and the tail of it.
struct Tap {
    pipe: Option<std::io::PipeReader>,
    kept: Arc<Mutex<Kept>>,
    total: Arc<AtomicU64>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Kept {
    head: Vec<u8>,
    tail: Vec<u8>,
    dropped: u64,
}

impl Tap {
    fn on(mut pipe: std::io::PipeReader) -> Tap {
        let kept = Arc::new(Mutex::new(Kept::default()));
        let total = Arc::new(AtomicU64::new(0));
        let (keep, count) = (kept.clone(), total.clone());
        let again = pipe.try_clone().ok();
        let thread = std::thread::spawn(move || {
            let mut buffer = [0; 64 << 10];
            loop {
                has_news(&pipe, None);
                // Read under the lock: whoever has it and finds the pipe empty
                // knows that all of it is kept.
                let mut kept = keep.lock().expect("no reader panics");
                let Ok(n @ 1..) = pipe.read(&mut buffer) else {
                    break;
                };
                count.fetch_add(n as u64, Ordering::Relaxed);
                kept.keep(&buffer[..n]);
            }
        });
        Tap {
            pipe: again,
            kept,
            total,
            thread: Some(thread),
        }
    }

    /// Everything that was written before this was called.
    fn so_far(&self) -> String {
        let deadline = Instant::now() + Duration::from_millis(500);
        loop {
            let kept = self.kept.lock().expect("no reader panics");
            let more = self
                .pipe
                .as_ref()
                .is_some_and(|pipe| has_news(pipe, Some(Duration::ZERO)));
            if !more || Instant::now() > deadline {
                return kept.text();
            }
            drop(kept);
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    fn total(&self) -> u64 {
        self.total.load(Ordering::Relaxed)
    }

    fn finish(&mut self) -> String {
        // A grandchild that left the group may hold the pipe open for ever:
        // what has arrived by then is what there is.
        let deadline = Instant::now() + Duration::from_millis(500);
        if let Some(thread) = self.thread.take() {
            while !thread.is_finished() && Instant::now() < deadline {
                std::thread::sleep(Duration::from_millis(1));
            }
            if thread.is_finished() {
                let _ = thread.join();
            }
        }
        self.kept.lock().expect("no reader panics").text()
    }
}

/// Whether there is something to read, or nobody left who could write.
fn has_news(pipe: &std::io::PipeReader, patience: Option<Duration>) -> bool {
    let mut watched = [PollFd::new(pipe, PollFlags::IN)];
    let timeout = patience.map(|p| Timespec {
        tv_sec: p.as_secs() as i64,
        tv_nsec: p.subsec_nanos().into(),
    });
    // A pipe whose writers are gone is over, whatever it was asked for.
    poll(&mut watched, timeout.as_ref()).is_ok_and(|n| n > 0)
        && watched[0].revents().contains(PollFlags::IN)
}

impl Kept {
    fn text(&self) -> String {
        let mut text = String::from_utf8_lossy(&self.head).into_owned();
        if self.dropped > 0 {
            text.push_str(&format!("\n[… {} bytes left out …]\n", self.dropped));
        }
        text.push_str(&String::from_utf8_lossy(&self.tail));
        text
    }

    fn keep(&mut self, mut bytes: &[u8]) {
        let room = KEPT_OUTPUT - self.head.len();
        let (head, rest) = bytes.split_at(bytes.len().min(room));
        self.head.extend_from_slice(head);
        bytes = rest;
        self.tail.extend_from_slice(bytes);
        if self.tail.len() > 2 * KEPT_OUTPUT {
            let excess = self.tail.len() - KEPT_OUTPUT;
            self.tail.drain(..excess);
            self.dropped += excess as u64;
        }
    }
}
