//! The learner's editor: which one, and where in the file it is to begin.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::trouble::Trouble;

/// Editors with a window of their own: the terminal stays ours.
const WINDOWS: [&str; 12] = [
    "code",
    "code-insiders",
    "codium",
    "cursor",
    "zed",
    "subl",
    "gedit",
    "gnome-text-editor",
    "kate",
    "gvim",
    "mate",
    "xdg-open",
];

/// What opens a file.
#[derive(Debug, PartialEq, Eq)]
pub struct Editor {
    /// As the shell would read it: `code --wait` is a program and an option.
    command: String,
}

impl Editor {
    /// In the terminal of VS Code that is where the file belongs; else what `VISUAL` or
    /// `EDITOR` says.
    pub fn chosen() -> Result<Editor, Trouble> {
        chosen(|name| std::env::var(name).ok().filter(|v| !v.trim().is_empty())).ok_or_else(|| {
            Trouble::new(
                "no editor is known here",
                "set `EDITOR`, for example: `export EDITOR=nano`",
            )
        })
    }

    /// Whether it has a window of its own.
    pub fn has_a_window(&self) -> bool {
        WINDOWS.contains(&self.name())
    }

    fn name(&self) -> &str {
        let program = self.command.split_whitespace().next().unwrap_or_default();
        Path::new(program)
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default()
    }

    /// The arguments that bring it to a line of a file.
    fn arguments(&self, file: &Path, line: Option<usize>) -> Vec<String> {
        let path = file.display().to_string();
        match (self.name(), line) {
            ("code" | "code-insiders" | "codium" | "cursor", line) => {
                vec!["-g".into(), format!("{path}:{}", line.unwrap_or(1))]
            }
            ("hx" | "helix" | "zed" | "subl" | "micro", Some(line)) => {
                vec![format!("{path}:{line}")]
            }
            ("vi" | "vim" | "nvim" | "gvim" | "nano" | "emacs" | "kak" | "joe", Some(line)) => {
                vec![format!("+{line}"), path]
            }
            _ => vec![path],
        }
    }

    /// Opens a file. One with a window goes its own way; the other has the terminal until it
    /// is closed, and the caller has made room for it.
    pub fn open(&self, file: &Path, line: Option<usize>) -> Result<(), Trouble> {
        let mut command = Command::new("sh");
        command
            .args(["-c", &format!("{} \"$@\"", self.command), "sh"])
            .args(self.arguments(file, line));
        let ended = match self.has_a_window() {
            true => in_the_background(&mut command),
            false => command.status().map(|status| status.code() != Some(127)),
        };
        match ended {
            Ok(true) => Ok(()),
            Ok(false) => Err(self.does_not_start("there is no such program")),
            Err(error) => Err(self.does_not_start(&error.to_string())),
        }
    }

    fn does_not_start(&self, why: &str) -> Trouble {
        Trouble::new(
            format!("your editor `{}` does not start: {why}", self.command),
            "set `EDITOR` to one that does",
        )
    }
}

/// It says nothing here, and is waited for elsewhere, so that no dead process stays behind.
fn in_the_background(command: &mut Command) -> std::io::Result<bool> {
    let quiet = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut child = quiet.spawn()?;
    std::thread::spawn(move || child.wait());
    Ok(true)
}

fn chosen(variable: impl Fn(&str) -> Option<String>) -> Option<Editor> {
    let in_code = variable("TERM_PROGRAM").is_some_and(|name| name == "vscode");
    let code = in_code.then(|| "code".to_owned());
    let command = code
        .or_else(|| variable("VISUAL"))
        .or_else(|| variable("EDITOR"))?;
    Some(Editor { command })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn editor(settings: &[(&str, &str)]) -> Option<Editor> {
        chosen(|name| {
            let found = settings.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_terminal_of_vs_code_opens_files_there() {
        let editor = editor(&[("TERM_PROGRAM", "vscode"), ("EDITOR", "vim")]).unwrap();
        assert!(editor.has_a_window());
        let arguments = editor.arguments(Path::new("src/lib.rs"), Some(12));
        assert_eq!(arguments, ["-g", "src/lib.rs:12"]);
    }

    #[test]
    fn visual_comes_before_editor_and_may_have_options() {
        let editor = editor(&[("EDITOR", "ed"), ("VISUAL", "/usr/bin/nvim -p")]).unwrap();
        assert!(!editor.has_a_window());
        let arguments = editor.arguments(Path::new("a b.c"), Some(3));
        assert_eq!(arguments, ["+3", "a b.c"]);
    }

    #[test]
    fn an_unknown_editor_is_given_the_file_alone() {
        let editor = editor(&[("EDITOR", "mine")]).unwrap();
        assert_eq!(editor.arguments(Path::new("f"), Some(3)), ["f"]);
        assert!(super::chosen(|_| None).is_none());
    }
}
