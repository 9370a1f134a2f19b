//! `bindery watch` without a terminal: it is started once, and tells in lines what became of
//! each save.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// What its last line after a verdict has in it, good or bad.
const LAST: &str = "help for what else there is";

/// What it says in it after a good one.
pub const GOOD: &str = "type next to go on";

/// Nobody waits longer, and no figure depends on it.
const PATIENCE: Duration = Duration::from_secs(300);

/// It, while it runs.
pub struct Watch {
    child: Child,
    lines: Receiver<String>,
}

impl Watch {
    /// Starts it, and hears what it says of the file as it is.
    pub fn start(command: &mut Command) -> Result<Watch, String> {
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|e| e.to_string())?;
        let stdout = child.stdout.take().expect("it was piped");
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            let lines = BufReader::new(stdout).lines().map_while(Result::ok);
            lines.into_iter().try_for_each(|line| sender.send(line))
        });
        let mut watch = Watch { child, lines };
        watch.verdict()?;
        Ok(watch)
    }

    /// What it says next, to the end of a verdict.
    pub fn verdict(&mut self) -> Result<String, String> {
        let mut said = String::new();
        loop {
            let Ok(line) = self.lines.recv_timeout(PATIENCE) else {
                return Err(said + &self.last_words());
            };
            said += &line;
            said.push('\n');
            if line.contains(LAST) {
                return Ok(said);
            }
        }
    }

    /// Ends it, and hears why it could not go on.
    fn last_words(&mut self) -> String {
        let _ = self.child.kill();
        let stderr = self.child.stderr.take();
        let words = stderr.map(std::io::read_to_string);
        words.and_then(Result::ok).unwrap_or_default()
    }
}

impl Drop for Watch {
    /// It ends when there is no more to hear from us.
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}
