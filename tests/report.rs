//! What an answer came to, and whether two ways of asking came to the same.

use std::collections::BTreeMap;

/// What one check came to.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// `passed`, `failed` or `error`.
    pub status: String,
    /// Everything it said, in one text.
    pub said: String,
    /// The kind of failure and its message, without what chance has put into it.
    pub verdict: String,
}

impl Outcome {
    /// A line of a check program's report: the check's name, and what became of it.
    pub(crate) fn read(line: &str) -> Result<(String, Outcome), String> {
        let line: serde_json::Value =
            serde_json::from_str(line).map_err(|e| format!("{e} in {line}"))?;
        let text = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
        let notes = line["notes"].as_array().into_iter().flatten();
        let notes = notes.filter_map(|n| Some(format!("{}:\n{}", n[0].as_str()?, n[1].as_str()?)));
        let said: Vec<String> = [text("message"), text("expected"), text("got")]
            .into_iter()
            .chain(notes)
            .filter(|s| !s.is_empty())
            .collect();
        Ok((
            text("check"),
            Outcome {
                status: text("status"),
                said: said.join("\n"),
                verdict: verdict(&text("kind"), &text("message")),
            },
        ))
    }
}

/// What an answer came to.
#[derive(Debug)]
pub enum Report {
    /// It was built, and each check has an outcome.
    Ran {
        /// By the check's name.
        checks: BTreeMap<String, Outcome>,
        /// The compiler's warnings.
        warnings: String,
    },
    /// It does not compile: the compiler's words.
    DoesNotBuild(String),
}

impl Report {
    /// How two reports on one answer differ, in what a learner is told.
    pub(crate) fn differs_from(&self, other: &Report) -> Option<String> {
        match (self, other) {
            (Report::DoesNotBuild(one), Report::DoesNotBuild(other)) => {
                (one != other).then(|| format!("{one}\n--- and quickly:\n{other}"))
            }
            (
                Report::Ran { checks, warnings },
                Report::Ran {
                    checks: other,
                    warnings: w,
                },
            ) => {
                if warnings != w {
                    return Some(format!("{warnings}\n--- and quickly:\n{w}"));
                }
                let mut both = checks.iter().zip(other);
                let differs = both.find(|((a, one), (b, other))| {
                    (a, &one.status, &one.verdict) != (b, &other.status, &other.verdict)
                });
                let ((name, one), (_, other)) = differs?;
                Some(format!(
                    "`{name}` {}: {}\n--- and quickly {}: {}",
                    one.status, one.said, other.status, other.said
                ))
            }
            (one, other) => Some(format!("{one:?}\n--- and quickly:\n{other:?}")),
        }
    }
}

/// What one check came to, as far as it is the same each time. Where a process died by a
/// signal there was undefined behaviour as a rule, and then it is chance which of a check's
/// calls it dies in, and by which signal.
fn verdict(kind: &str, message: &str) -> String {
    if message.contains(" ended the process: ") && message.contains("(signal ") {
        return format!("{kind}: a signal ended the process");
    }
    without_chance(&format!("{kind}: {message}"))
}

/// A text without addresses, without paths in quotes and without the names of temporary
/// folders, which differ from run to run.
fn without_chance(text: &str) -> String {
    let (mut kept, mut rest) = (String::new(), text);
    let next = |rest: &str| {
        let found = ["0x", "\"/", "/.tmp"].map(|sign| Some((rest.find(sign)?, sign)));
        found.into_iter().flatten().min()
    };
    while let Some((at, sign)) = next(rest) {
        let (before, chance) = rest.split_at(at + sign.len());
        kept += before;
        let end = match sign {
            "0x" => chance.find(|c: char| !c.is_ascii_hexdigit()),
            "/.tmp" => chance.find(|c: char| !c.is_ascii_alphanumeric()),
            _ => chance.find(['"', '…']),
        };
        rest = &chance[end.unwrap_or(chance.len())..];
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str) {
        assert_eq!(without_chance(text), expect);
    }

    #[test]
    fn signals_are_alike_and_other_deaths_are_not() {
        let death = |how: &str| verdict("crash", &format!("`f()` ended the process: {how}"));
        assert_eq!(
            death("abort (signal 6)"),
            death("segmentation fault (signal 11)")
        );
        assert_ne!(death("abort (signal 6)"), death("it left with code 0"));
        assert_ne!(death("it left with code 0"), death("it left with code 1"));
    }

    #[test]
    fn what_chance_has_put_into_a_message_is_left_out() {
        check(
            "`open(\"/tmp/.tmpVj/x.so\")`, 0 of 3",
            "`open(\"/\")`, 0 of 3",
        );
        check("`f(\"/a/b…)` at 0x7f56fd3ef920", "`f(\"/…)` at 0x");
        check("'-I/tmp/.tmpQJ7jzN/native'", "'-I/tmp/.tmp/native'");
    }
}
