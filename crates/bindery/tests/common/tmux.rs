//! The command on a terminal that a test types at and looks at, by way of tmux.

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A tmux server of its own, with one window; both end with this.
pub struct Tmux {
    /// Holds the server's socket.
    folder: TempDir,
}

impl Tmux {
    /// Runs the command in a folder, with variables such as `NO_COLOR=1`. When it ends, the
    /// window says with which code, and whether the terminal is as it was.
    ///
    /// `None`, said aloud, where there is no tmux; CI must have it.
    pub fn start(folder: &Path, variables: &str, args: &str) -> Option<Tmux> {
        let Some(program) = option_env!("CARGO_BIN_EXE_bindery") else {
            panic!("cargo names the command to its own tests alone");
        };
        Tmux::start_program(Path::new(program), folder, variables, args)
    }

    /// The same for a command that was built elsewhere.
    pub fn start_program(
        program: &Path,
        folder: &Path,
        variables: &str,
        args: &str,
    ) -> Option<Tmux> {
        let version = Command::new("tmux")
            .arg("-V")
            .stdout(Stdio::null())
            .status();
        if version.is_err() {
            assert!(std::env::var_os("CI").is_none(), "CI needs tmux");
            println!("skipped: there is no tmux here");
            return None;
        }
        let tmux = Tmux {
            folder: TempDir::new().unwrap(),
        };
        let program = program.display();
        let script = format!(
            "unset CARGO CARGO_TARGET_DIR PYO3_PYTHON BINDERY_PLAIN NO_COLOR; before=$(stty -g); \
             env {variables} '{program}' {args}; code=$?; \
             [ \"$before\" = \"$(stty -g)\" ] && echo \"ended with $code, all restored\"; exec cat"
        );
        let args = ["new-session", "-d", "-x", "80", "-y", "24", "-c"];
        let mut command = tmux.command(&args);
        command.arg(folder).arg(script);
        assert!(command.status().unwrap().success());
        Some(tmux)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new("tmux");
        command
            .env_remove("TMUX")
            .args(["-u", "-f", "/dev/null", "-S"]);
        command.arg(self.folder.path().join("socket")).args(args);
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// Presses keys by tmux's names: `Enter`, `Escape`, `C-c`, `j`.
    pub fn press(&self, keys: &[&str]) {
        assert!(self.run(&[&["send-keys"], keys].concat()).status.success());
    }

    /// Pastes a text, as a terminal does that marks what is pasted.
    pub fn paste(&self, text: &str) {
        assert!(self.run(&["set-buffer", text]).status.success());
        assert!(self.run(&["paste-buffer", "-p"]).status.success());
    }

    /// Sends a signal to the command.
    pub fn signal(&self, name: &str) {
        let shell = self.run(&["display-message", "-p", "#{pane_pid}"]).stdout;
        let shell = String::from_utf8(shell).unwrap();
        let sent = Command::new("pkill")
            .args([&format!("-{name}"), "-P", shell.trim()])
            .status();
        assert!(sent.unwrap().success());
    }

    pub fn resize(&self, width: u16, height: u16) {
        let (x, y) = (width.to_string(), height.to_string());
        let done = self.run(&["resize-window", "-x", &x, "-y", &y]);
        assert!(done.status.success());
    }

    /// What is on the screen, with colours as escape codes.
    pub fn coloured(&self) -> String {
        String::from_utf8(self.run(&["capture-pane", "-p", "-e"]).stdout).unwrap()
    }

    /// What is on the screen.
    pub fn screen(&self) -> String {
        String::from_utf8(self.run(&["capture-pane", "-p"]).stdout).unwrap()
    }

    /// Waits until the screen is as it should be. The limit is for a machine that is busy:
    /// no time is asserted.
    #[track_caller]
    pub fn wait(&self, what: &str, is: impl Fn(&str) -> bool) -> String {
        self.wait_within(Duration::from_secs(60), what, is)
    }

    /// The same where everything may have to be compiled first.
    #[track_caller]
    pub fn wait_long_for(&self, text: &str) -> String {
        let is = |screen: &str| screen.contains(text);
        self.wait_within(Duration::from_secs(1200), text, is)
    }

    #[track_caller]
    fn wait_within(&self, limit: Duration, what: &str, is: impl Fn(&str) -> bool) -> String {
        let limit = Instant::now() + limit;
        loop {
            let screen = self.screen();
            if is(&screen) {
                return screen;
            }
            assert!(Instant::now() < limit, "never seen: {what}\n{screen}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    #[track_caller]
    pub fn wait_for(&self, text: &str) -> String {
        self.wait(text, |screen| screen.contains(text))
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        self.run(&["kill-server"]);
    }
}
