//! Fault injection: each C-API call is made to fail in turn.
//!
//! An extension module in C is compiled a second time with `faults.h` read
//! before it. A rehearsal counts the calls that could fail; then the call is
//! made once for each of them, and every time it has to raise, to leave nothing
//! behind, and to release nothing twice.

use serde_json::json;
use wire::Value;

use crate::subject::Subject;
use crate::verdict::{Failure, Kind, Verdict};

/// The header that the judge has read before the learner's file.
pub const HEADER: &str = include_str!("faults.h");

/// A call that could fail, as the rehearsal came by it.
#[derive(Debug, PartialEq, Eq)]
struct Point {
    name: String,
    line: i64,
}

impl Subject {
    /// Makes every C-API call fail in turn that `call`, with the arguments that
    /// `make` makes, comes by. `module` is a module compiled with [`HEADER`].
    pub fn survives_every_fault(&mut self, module: &str, call: &str, make: &str) -> Verdict {
        let what = format!("`{call}`");
        self.counts_inside();
        let ask = json!({"op": "rehearse", "module": module, "call": call, "make": make});
        let (points, over) = rehearsal(&self.value_of(&what, ask)?)
            .ok_or_else(|| Failure::new(Kind::Garbled, format!("{what} could not be rehearsed")))?;
        if over != 0 {
            return Err(released_too_much(
                format!("{what}, where nothing fails,"),
                over,
            ));
        }
        if points.is_empty() {
            let message = format!("{what} made no C-API call that can fail");
            return Err(Failure::new(Kind::NotEntered, message));
        }
        for at in 0..points.len() {
            self.survives_fault(call, make, &points, at)
                .map_err(|failure| match failure.kind {
                    Kind::Fault => failure,
                    _ => failure.note(
                        "the call that was made to fail",
                        format!("line {}: {}", points[at].line, points[at].name),
                    ),
                })?;
        }
        Ok(())
    }

    fn survives_fault(&mut self, call: &str, make: &str, points: &[Point], at: usize) -> Verdict {
        let what = format!("`{call}`, when {} fails,", which(points, at));
        let ask = json!({"op": "inject", "call": call, "make": make, "at": at + 1});
        let found = match self.value_of(&what, ask)? {
            Value::List(found) => found,
            _ => Vec::new(),
        };
        let [
            Value::Str(outcome),
            over,
            Value::Str(whose),
            moved,
            bytes,
            blocks,
        ] = found.as_slice()
        else {
            return Err(Failure::new(
                Kind::Garbled,
                format!("{what} could not be tried"),
            ));
        };
        let ignored = |how: &str| Err(Failure::new(Kind::IgnoredFailure, format!("{what} {how}")));
        let (kind, said) = outcome.split_once(": ").unwrap_or((outcome, ""));
        match kind {
            "raised" => {}
            "a value" => {
                return ignored("returned a value as if nothing had happened")
                    .map_err(|f| f.expected("an exception", kind));
            }
            "neither" => {
                return ignored("returned NULL without setting an exception")
                    .map_err(|f| f.note("Python says", said));
            }
            "both" => {
                return ignored("went on although an exception was set")
                    .map_err(|f| f.note("Python says", said));
            }
            _ => {
                return ignored("went on with what the failed call gave back")
                    .map_err(|f| f.note("Python says", said));
            }
        }
        let over = whole(over);
        if over != 0 {
            return Err(released_too_much(what, over));
        }
        let (moved, bytes, blocks) = (whole(moved), whole(bytes), whole(blocks));
        if moved < 0 {
            let message =
                format!("{what} released a reference that it did not own: one to {whose}");
            return Err(Failure::new(Kind::StolenReferences, message));
        }
        if moved > 0 || blocks > 0 || bytes >= 8 {
            let left = match (moved, blocks) {
                (1, _) => format!("1 reference to {whose}"),
                (1.., _) => format!("{moved} references to {whose}"),
                (_, 1) => "1 of Python's memory blocks".to_owned(),
                (_, 1..) => format!("{blocks} of Python's memory blocks"),
                _ => format!("{bytes} bytes of the C allocator"),
            };
            let message = format!("{what} raised, but did not clean up first");
            return Err(Failure::new(Kind::LeakedMemory, message).expected(
                "nothing left behind",
                format!("{left} left by each such call"),
            ));
        }
        Ok(())
    }
}

/// A release that was one too many, for an object that nobody held any more.
fn released_too_much(what: String, line: i64) -> Failure {
    let message = format!("{what} released a reference that it did not own");
    Failure::new(Kind::StolenReferences, message).note(
        "the release of what had no other owner",
        format!("line {line}"),
    )
}

/// Names a call among others: those of the same name are counted.
fn which(points: &[Point], at: usize) -> String {
    let name = &points[at].name;
    let same = |points: &[Point]| points.iter().filter(|p| p.name == *name).count();
    if same(points) > 1 {
        format!("the {} `{name}`", ordinal(same(&points[..=at])))
    } else {
        format!("`{name}`")
    }
}

fn rehearsal(value: &Value) -> Option<(Vec<Point>, i64)> {
    let Value::List(parts) = value else {
        return None;
    };
    let [Value::List(points), over] = parts.as_slice() else {
        return None;
    };
    let point = |point: &Value| match point {
        Value::List(parts) => match parts.as_slice() {
            [Value::Str(name), line] => Some(Point {
                name: name.clone(),
                line: whole(line),
            }),
            _ => None,
        },
        _ => None,
    };
    Some((
        points.iter().map(point).collect::<Option<_>>()?,
        whole(over),
    ))
}

fn whole(value: &Value) -> i64 {
    match value {
        Value::Int(n) => n
            .to_i128()
            .and_then(|n| i64::try_from(n).ok())
            .unwrap_or_default(),
        _ => 0,
    }
}

fn ordinal(n: usize) -> String {
    match (n % 10, n % 100) {
        _ if n == 1 => "first".into(),
        _ if n == 2 => "second".into(),
        _ if n == 3 => "third".into(),
        (1, tens) if tens != 11 => format!("{n}st"),
        (2, tens) if tens != 12 => format!("{n}nd"),
        (3, tens) if tens != 13 => format!("{n}rd"),
        _ => format!("{n}th"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_counted_among_those_of_its_name() {
        let points = ["PyList_New", "PyList_Append", "PyList_Append"];
        let points = points.map(|name| Point {
            name: name.into(),
            line: 1,
        });
        assert_eq!(which(&points, 0), "`PyList_New`");
        assert_eq!(which(&points, 2), "the second `PyList_Append`");
    }

    #[test]
    fn ordinals_are_spoken() {
        assert_eq!(
            [3, 4, 11, 21, 112, 123].map(ordinal),
            ["third", "4th", "11th", "21st", "112th", "123rd"]
        );
    }
}
