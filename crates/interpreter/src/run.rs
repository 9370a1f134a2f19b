//! Runs a program that may hang, crash or talk without end, and comes back in time.
//! Leaves what the output means to the caller.

use std::io::{self, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// A Python's answer is two kilobytes; a program that says more is not answering.
const MOST_OUTPUT: u64 = 1 << 20;

/// What a program said before it ended.
pub(crate) struct Finished {
    pub status: ExitStatus,
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
}

/// Why there is no answer.
pub(crate) enum Unfinished {
    Start(io::Error),
    TimedOut,
}

/// Runs `command` to its end, or kills it and all it started when `patience` is over.
pub(crate) fn run_within(
    command: &mut Command,
    patience: Duration,
) -> Result<Finished, Unfinished> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    // A group of its own, so that what a wrapper script started dies with it:
    // a survivor would hold the pipe open.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    let end = Instant::now() + patience;
    let mut child = command.spawn().map_err(Unfinished::Start)?;
    let stdout = drain(child.stdout.take());
    let stderr = drain(child.stderr.take());
    let outcome = (|| {
        let left = || end.saturating_duration_since(Instant::now());
        let stdout = stdout.recv_timeout(left()).ok()?;
        let stderr = stderr.recv_timeout(left()).ok()?;
        // Both pipes are closed, so in all but odd cases the program has ended.
        loop {
            if let Some(status) = child.try_wait().ok()? {
                return Some(Finished {
                    status,
                    stdout,
                    stderr,
                });
            }
            if left().is_zero() {
                return None;
            }
            thread::sleep(Duration::from_millis(1));
        }
    })();
    outcome.ok_or_else(|| {
        kill_all(&mut child);
        Unfinished::TimedOut
    })
}

fn drain(pipe: Option<impl Read + Send + 'static>) -> mpsc::Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(pipe) = pipe {
            // What arrived before an error still says something.
            let _ = pipe.take(MOST_OUTPUT).read_to_end(&mut bytes);
        }
        let _ = sender.send(bytes);
    });
    receiver
}

fn kill_all(child: &mut Child) {
    #[cfg(unix)]
    {
        use rustix::process::{Pid, Signal, kill_process_group};
        let _ = kill_process_group(Pid::from_child(child), Signal::KILL);
    }
    let _ = child.kill();
    let _ = child.wait();
}
