//! What the command says when it cannot do what was asked: the thing in the
//! user's words, and the one command that comes next.

use ::lab::LabError;
use builder::BuildError;
use console::style;
use course::CourseError;
use gallery::GalleryError;
use grader::GraderError;
use interpreter::{EnvironmentError, InterpreterError};
use parcel::ParcelError;

use crate::screen::me;

/// Something that stopped the command. Exit code 2: nobody's wrong answer.
#[derive(Debug)]
pub struct Trouble {
    message: String,
    hint: String,
}

impl Trouble {
    pub fn new(message: impl Into<String>, hint: impl Into<String>) -> Trouble {
        Trouble {
            message: message.into(),
            hint: hint.into(),
        }
    }

    pub fn rendered(&self) -> String {
        let word = |word| style(word).for_stderr().bold();
        let error = format!("{} {}", word("error:").red(), self.message);
        match self.hint.is_empty() {
            true => error,
            false => format!("{error}\n\n{} {}", word("hint:").cyan(), self.hint),
        }
    }

    /// For a screen that has a line for it.
    pub fn in_a_line(&self) -> String {
        match self.hint.is_empty() {
            true => self.message.clone(),
            false => format!("{}; {}", self.message, self.hint),
        }
    }
}

/// A hint from a crate that cannot know how this program was started.
fn as_started(hint: &str) -> String {
    hint.replace("`bindery ", &format!("`{} ", me()))
}

impl From<GraderError> for Trouble {
    fn from(error: GraderError) -> Trouble {
        Trouble::new(error.to_string(), as_started(&error.hint()))
    }
}

impl From<CourseError> for Trouble {
    fn from(error: CourseError) -> Trouble {
        Trouble::new(error.to_string(), as_started(&error.hint()))
    }
}

impl From<InterpreterError> for Trouble {
    fn from(error: InterpreterError) -> Trouble {
        Trouble::new(error.to_string(), error.hint())
    }
}

impl From<EnvironmentError> for Trouble {
    fn from(error: EnvironmentError) -> Trouble {
        Trouble::new(error.to_string(), error.hint())
    }
}

impl From<GalleryError> for Trouble {
    fn from(error: GalleryError) -> Trouble {
        match error {
            GalleryError::Build(error) => error.into(),
            error => Trouble::new(error.to_string(), error.hint()),
        }
    }
}

impl From<LabError> for Trouble {
    fn from(error: LabError) -> Trouble {
        match error {
            LabError::Gallery(error) => error.into(),
            error => Trouble::new(error.to_string(), error.hint()),
        }
    }
}

impl From<ParcelError> for Trouble {
    fn from(error: ParcelError) -> Trouble {
        Trouble::new(error.to_string(), as_started(&error.hint()))
    }
}

impl From<BuildError> for Trouble {
    fn from(error: BuildError) -> Trouble {
        let said = match &error {
            BuildError::Cargo { messages, .. } => format!("\n\n{}", messages.trim_end()),
            _ => String::new(),
        };
        Trouble::new(format!("{error}{said}"), error.hint())
    }
}
