//! What a check comes to: nothing to say, or a failure that teaches.

use std::fmt;

/// The outcome of a check, or of a step in it.
pub type Verdict<T = ()> = Result<T, Failure>;

/// What went wrong, by kind. The kind is for programs and for hints; the
/// message is for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A value other than the right one came back.
    WrongValue,
    /// The wrong exception, or none, or one where a value was due.
    WrongError,
    /// The source does not compile.
    Build,
    /// What was built cannot be loaded.
    Import,
    /// A function, symbol or file that the task asks for is not there.
    Missing,
    /// The artefact was built for another Python than the one at hand.
    AbiMismatch,
    /// Other threads could not run while the work went on.
    GilHeld,
    /// The work was never entered.
    NotEntered,
    /// References were kept that nobody will ever give back.
    LeakedReferences,
    /// References were given away that belonged to somebody else.
    StolenReferences,
    /// Memory or handles were left behind.
    LeakedMemory,
    /// A call that failed was taken for one that succeeded.
    IgnoredFailure,
    /// The process died of a signal.
    Crash,
    /// The process ended itself.
    Exit,
    /// Every thread waits and none will ever go on.
    Standstill,
    /// It runs and runs.
    Endless,
    /// It prints without end.
    Flood,
    /// The conversation was broken off or garbled.
    Garbled,
    /// Not the learner's doing: the judge itself could not do its work.
    Fault,
}

impl Kind {
    /// The name a program reads.
    pub fn name(self) -> &'static str {
        match self {
            Kind::WrongValue => "wrong-value",
            Kind::WrongError => "wrong-error",
            Kind::Build => "build",
            Kind::Import => "import",
            Kind::Missing => "missing",
            Kind::AbiMismatch => "abi-mismatch",
            Kind::GilHeld => "gil-held",
            Kind::NotEntered => "not-entered",
            Kind::LeakedReferences => "leaked-references",
            Kind::StolenReferences => "stolen-references",
            Kind::LeakedMemory => "leaked-memory",
            Kind::IgnoredFailure => "ignored-failure",
            Kind::Crash => "crash",
            Kind::Exit => "exit",
            Kind::Standstill => "standstill",
            Kind::Endless => "endless",
            Kind::Flood => "flood",
            Kind::Garbled => "garbled",
            Kind::Fault => "fault",
        }
    }
}

/// Why a check failed.
#[derive(Clone, Debug)]
pub struct Failure {
    /// What kind of thing happened.
    pub kind: Kind,
    /// One sentence that names it.
    pub message: String,
    /// What the check wanted, where that can be put in a line.
    pub expected: Option<String>,
    /// What it got instead.
    pub got: Option<String>,
    /// Stacks, output, compiler messages: a title and a text each.
    pub notes: Vec<(String, String)>,
}

impl Failure {
    /// A failure of this kind.
    pub fn new(kind: Kind, message: impl Into<String>) -> Failure {
        Failure {
            kind,
            message: message.into(),
            expected: None,
            got: None,
            notes: Vec::new(),
        }
    }

    /// The judge's own fault: reported as an error, never as a mark.
    pub fn fault(message: impl Into<String>) -> Failure {
        Failure::new(Kind::Fault, message)
    }

    /// Says what was wanted and what came.
    pub fn expected(mut self, expected: impl fmt::Display, got: impl fmt::Display) -> Failure {
        self.expected = Some(expected.to_string());
        self.got = Some(got.to_string());
        self
    }

    /// Adds a stack, an output, anything longer than a line. Empty text is left out.
    pub fn note(mut self, title: impl Into<String>, text: impl Into<String>) -> Failure {
        let text = text.into();
        if !text.trim().is_empty() {
            self.notes.push((title.into(), text.trim_end().to_owned()));
        }
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message)?;
        if let (Some(expected), Some(got)) = (&self.expected, &self.got) {
            write!(f, "\n  expected  {expected}\n  got       {got}")?;
        }
        for (title, text) in &self.notes {
            write!(f, "\n\n  {title}:")?;
            for line in text.lines() {
                write!(f, "\n    {line}")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_reads_from_the_sentence_to_the_details() {
        let failure = Failure::new(Kind::WrongValue, "`add(2, 2)` returned the wrong value")
            .expected(4, 5)
            .note("printed", "hello\nworld\n")
            .note("native stack", "  ");
        assert_eq!(
            failure.to_string(),
            "`add(2, 2)` returned the wrong value\n  expected  4\n  got       5\n\n  printed:\n    hello\n    world"
        );
    }
}
