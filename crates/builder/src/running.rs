//! What is running on somebody's behalf, so that it can be ended at once: compilers and
//! check programs, with everything that they started.

use std::collections::HashSet;
use std::io;
use std::process::{Child, Command, ExitStatus};
use std::sync::Mutex;

/// The processes of one piece of work.
#[derive(Debug, Default)]
pub struct Running {
    apart: bool,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    pids: HashSet<u32>,
    ended: bool,
}

impl Running {
    /// Processes in the caller's own group, so that Ctrl-C in a terminal ends them with it.
    pub fn together() -> Running {
        Running::default()
    }

    /// Processes in groups of their own, for a caller that reads Ctrl-C as a key:
    /// [`Running::end`] ends them.
    pub fn apart() -> Running {
        Running {
            apart: true,
            ..Running::default()
        }
    }

    /// Starts a process, unless the work has been ended. Should the caller die, it dies too.
    pub fn spawn(&self, command: &mut Command) -> io::Result<Child> {
        #[cfg(unix)]
        if self.apart {
            std::os::unix::process::CommandExt::process_group(command, 0);
        }
        die_with_us(command);
        let mut state = self.state.lock().expect("nobody panics while holding it");
        if state.ended {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let child = command.spawn()?;
        state.pids.insert(child.id());
        Ok(child)
    }

    /// Takes over a process that was started before, in a group of its own.
    pub fn adopt(&self, child: &Child) -> io::Result<()> {
        let mut state = self.state.lock().expect("nobody panics while holding it");
        if state.ended {
            return Err(io::ErrorKind::Interrupted.into());
        }
        state.pids.insert(child.id());
        Ok(())
    }

    /// Waits for a process that was started here, or taken over.
    pub fn wait(&self, child: &mut Child) -> io::Result<ExitStatus> {
        // It is still there, and its number is nobody else's, until it has been taken off.
        #[cfg(unix)]
        until_it_has_ended(child);
        let mut state = self.state.lock().expect("nobody panics while holding it");
        state.pids.remove(&child.id());
        child.wait()
    }

    /// Ends everything that runs, and lets nothing begin any more.
    pub fn end(&self) {
        let mut state = self.state.lock().expect("nobody panics while holding it");
        state.ended = true;
        #[cfg(unix)]
        for pid in &state.pids {
            let Some(pid) = rustix::process::Pid::from_raw(*pid as i32) else {
                continue;
            };
            let _ = match self.apart {
                true => rustix::process::kill_process_group(pid, rustix::process::Signal::KILL),
                false => rustix::process::kill_process(pid, rustix::process::Signal::KILL),
            };
        }
    }

    /// Whether [`Running::end`] was called.
    pub fn has_ended(&self) -> bool {
        let state = self.state.lock().expect("nobody panics while holding it");
        state.ended
    }
}

#[cfg(unix)]
fn until_it_has_ended(child: &Child) {
    use rustix::process::{Pid, WaitId, WaitIdOptions, waitid};
    let Some(pid) = Pid::from_raw(child.id() as i32) else {
        return;
    };
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
    while matches!(
        waitid(WaitId::Pid(pid), options),
        Err(rustix::io::Errno::INTR)
    ) {}
}

#[cfg(target_os = "linux")]
fn die_with_us(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    // SAFETY: between fork and exec only this one system call is made, which allocates
    // nothing and takes no lock.
    unsafe {
        command.pre_exec(|| {
            rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))?;
            Ok(())
        });
    }
}

#[cfg(not(target_os = "linux"))]
fn die_with_us(_command: &mut Command) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_is_ended_with_what_it_started() {
        let running = Running::apart();
        let (reader, writer) = io::pipe().unwrap();
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 300 & sleep 300"]).stdout(writer);
        let mut child = running.spawn(&mut command).unwrap();
        drop(command);
        running.end();
        assert!(!running.wait(&mut child).unwrap().success());
        // Both sleepers held the pipe: it ends when the last of them has.
        assert_eq!(io::read_to_string(reader).unwrap(), "");
        assert!(running.spawn(&mut Command::new("true")).is_err());
    }
}
