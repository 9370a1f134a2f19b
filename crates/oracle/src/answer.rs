//! What came of a call, and the questions a check asks about it.

use wire::{Exception, Value};

use crate::verdict::{Failure, Kind, Verdict};

/// A value or an exception, and the call that gave it.
#[derive(Clone, Debug)]
pub struct Answer {
    pub(crate) what: String,
    pub(crate) outcome: Result<Value, Exception>,
    /// The end of what the subject has printed by now.
    pub(crate) printed: String,
}

impl Answer {
    /// The value; an exception is a failure.
    pub fn value(self) -> Verdict<Value> {
        let Answer {
            what,
            outcome,
            printed,
        } = self;
        outcome.map_err(|exception| {
            Failure::new(Kind::WrongError, format!("{what} raised {exception}"))
                .note("raised at", learners_places(&exception))
                .note("it printed", printed)
        })
    }

    /// It returned exactly this.
    pub fn returns(self, expected: impl Into<Value>) -> Verdict {
        let (what, printed, expected) = (self.what.clone(), self.printed.clone(), expected.into());
        let got = self.value()?;
        if got == expected {
            return Ok(());
        }
        let failure = Failure::new(Kind::WrongValue, format!("{what} returned the wrong value"));
        let failure = failure.note("it printed", printed);
        Err(match &got {
            Value::Object { type_name, repr } => {
                failure.expected(expected, format!("{repr} (a `{type_name}`)"))
            }
            _ if kind_of(&got) != kind_of(&expected) => failure.expected(
                format!("{expected} ({})", kind_of(&expected)),
                format!("{got} ({})", kind_of(&got)),
            ),
            _ => failure.expected(expected, got),
        })
    }

    /// It raised this exception or one that derives from it.
    pub fn raises(self, name: &str) -> Verdict<Raised> {
        let Answer {
            what,
            outcome,
            printed,
        } = self;
        match outcome {
            Err(exception) if exception.is_a(name) => Ok(Raised { what, exception }),
            Err(exception) => Err(Failure::new(
                Kind::WrongError,
                format!("{what} raised the wrong exception"),
            )
            .expected(name, exception)
            .note("it printed", printed)),
            Ok(value) => Err(Failure::new(
                Kind::WrongError,
                format!("{what} did not raise `{name}`"),
            )
            .expected(format!("`{name}`"), format!("it returned {value}"))
            .note("it printed", printed)),
        }
    }

    /// Whatever it was, taken as it is.
    pub fn outcome(self) -> Result<Value, Exception> {
        self.outcome
    }
}

/// An exception of the right type; what else should be true of it?
#[derive(Debug)]
pub struct Raised {
    what: String,
    exception: Exception,
}

impl Raised {
    /// The exception itself.
    pub fn exception(&self) -> &Exception {
        &self.exception
    }

    /// Its message holds this text.
    pub fn says(self, text: &str) -> Verdict<Raised> {
        if self.exception.message.contains(text) {
            return Ok(self);
        }
        let message = format!(
            "{} raised `{}` with the wrong message",
            self.what, self.exception.type_name
        );
        Err(Failure::new(Kind::WrongError, message).expected(
            format!("a message that holds {text:?}"),
            format!("{:?}", self.exception.message),
        ))
    }

    /// Its `args` are exactly these.
    pub fn with_args(self, args: &[Value]) -> Verdict<Raised> {
        if self.exception.args == args {
            return Ok(self);
        }
        let message = format!(
            "{} raised `{}` with the wrong args",
            self.what, self.exception.type_name
        );
        let (want, got) = (
            Value::Tuple(args.to_vec()),
            Value::Tuple(self.exception.args.clone()),
        );
        Err(Failure::new(Kind::WrongError, message).expected(want, got))
    }

    /// Its `__cause__` is one of this type.
    pub fn caused_by(self, name: &str) -> Verdict<Raised> {
        match &self.exception.cause {
            Some(cause) if cause.is_a(name) => Ok(self),
            cause => {
                let got = cause
                    .as_ref()
                    .map_or("no cause".to_owned(), |c| c.to_string());
                let message = format!(
                    "{} lost the cause of its `{}`",
                    self.what, self.exception.type_name
                );
                Err(Failure::new(Kind::WrongError, message)
                    .expected(format!("caused by `{name}`"), got))
            }
        }
    }
}

/// Where it was raised, without the frames of installed packages and of the
/// expressions that the check asked about: nobody has to look there.
pub(crate) fn places(exception: &Exception) -> String {
    let foreign = |file: &str| file.starts_with('<') || file.contains("/site-packages/");
    let own = exception
        .traceback
        .iter()
        .filter(|place| !foreign(&place.file));
    let frames = own.map(|p| format!("{}:{} in {}", p.file, p.line, p.function));
    let places: Vec<String> = frames.chain(syntax_error(exception)).collect();
    places.join("\n")
}

/// The line that Python could not read, and a mark under the place where it gave up: a
/// `SyntaxError` has them in its arguments.
fn syntax_error(exception: &Exception) -> Option<String> {
    let (Some(Value::Tuple(details)), true) =
        (exception.args.get(1), exception.is_a("SyntaxError"))
    else {
        return None;
    };
    let [
        Value::Str(file),
        Value::Int(line),
        Value::Int(column),
        Value::Str(text),
        ..,
    ] = details.as_slice()
    else {
        return None;
    };
    let mut shown = format!("{file}:{line}");
    let column = column.to_i128().and_then(|n| usize::try_from(n).ok());
    if let Some(before) = column.and_then(|column| column.checked_sub(1)) {
        let text = text.trim_end();
        let inside = text.chars().count() - text.trim_start().chars().count();
        let mark = before.saturating_sub(inside);
        shown += &format!("\n    {}\n    {:mark$}^", text.trim_start(), "");
    }
    Some(shown)
}

/// The same without the check's own Python, which no file of the learner's holds: the call
/// that it made is named already.
fn learners_places(exception: &Exception) -> String {
    let places = places(exception);
    let own = places
        .lines()
        .filter(|place| !place.starts_with("checks.py:"));
    own.collect::<Vec<_>>().join("\n")
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::None => "None",
        Value::Bool(_) => "bool",
        Value::Int(_) => "int",
        Value::Float(_) => "float",
        Value::Str(_) | Value::Surrogates(_) => "str",
        Value::Bytes(_) => "bytes",
        Value::List(_) => "list",
        Value::Tuple(_) => "tuple",
        Value::Dict(_) => "dict",
        Value::Set(_) => "set",
        Value::Object { .. } => "object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(outcome: Result<Value, Exception>) -> Answer {
        Answer {
            what: "`f()`".into(),
            outcome,
            printed: String::new(),
        }
    }

    #[test]
    fn one_where_true_is_due_is_told_apart_by_type() {
        let failure = answer(Ok(1.into())).returns(true).unwrap_err();
        assert_eq!(failure.expected.as_deref(), Some("True (bool)"));
        assert_eq!(failure.got.as_deref(), Some("1 (int)"));
    }

    #[test]
    fn an_object_that_claims_to_equal_everything_equals_nothing() {
        let evil = Value::Object {
            type_name: "Evil".into(),
            repr: "7".into(),
        };
        assert!(answer(Ok(evil)).returns(7).is_err());
    }

    #[test]
    fn a_traceback_shows_the_learners_own_frames() {
        let mut error = Exception::new("CompileError", "gcc failed");
        let frame = |file: &str, line| wire::Place {
            file: file.into(),
            line,
            function: "build".into(),
        };
        error.traceback = vec![
            frame("<string>", 1),
            frame("checks.py", 2),
            frame("binding.py", 3),
            frame("/env/lib/python3.11/site-packages/cffi/api.py", 720),
        ];
        let failure = answer(Err(error)).value().unwrap_err();
        assert_eq!(
            failure.notes,
            [("raised at".to_owned(), "binding.py:3 in build".to_owned())]
        );
    }

    #[test]
    fn a_line_that_python_cannot_read_is_shown_with_a_mark() {
        let mut error = Exception::new("SyntaxError", "invalid syntax (binding.py, line 2)");
        let details = [
            "binding.py".into(),
            2.into(),
            11.into(),
            "    def f(:\n".into(),
        ];
        error.args = vec!["invalid syntax".into(), Value::Tuple(details.to_vec())];
        assert_eq!(places(&error), "binding.py:2\n    def f(:\n          ^");
    }

    #[test]
    fn what_was_printed_stands_below_what_was_raised() {
        let raised = Err(Exception::new("CompileError", "gcc failed"));
        let answer = Answer {
            printed: "no member named `pad`\n".into(),
            ..answer(raised)
        };
        assert_eq!(
            answer.value().unwrap_err().notes[0].1,
            "no member named `pad`"
        );
    }

    #[test]
    fn a_subclass_is_the_exception_and_its_details_are_asked() {
        let mut error = Exception::new("FileNotFoundError", "no such file");
        error.bases.push("OSError".into());
        let raised = answer(Err(error)).raises("OSError").unwrap();
        let raised = raised
            .says("such")
            .unwrap()
            .with_args(&["no such file".into()])
            .unwrap();
        assert!(
            raised
                .caused_by("KeyError")
                .unwrap_err()
                .message
                .contains("lost the cause")
        );
    }

    #[test]
    fn a_value_where_an_exception_is_due_is_a_failure() {
        let failure = answer(Ok(Value::None)).raises("ValueError").unwrap_err();
        assert_eq!(failure.got.as_deref(), Some("it returned None"));
    }
}
