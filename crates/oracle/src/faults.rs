//! Fault injection: each C-API call is made to fail in turn.
//!
//! An extension module in C is compiled a second time with `faults.h` read
//! before it. A rehearsal counts the calls that could fail; then the call is
//! made once for each of them, and every time it has to raise, and to leave
//! nothing behind.

use serde_json::json;
use wire::Value;

use crate::subject::Subject;
use crate::verdict::{Failure, Kind, Verdict};

/// The header that the judge has read before the learner's file.
pub const HEADER: &str = include_str!("faults.h");

impl Subject {
    /// Makes every C-API call fail in turn that `call`, with the arguments that
    /// `make` makes, comes by. `module` is a module compiled with [`HEADER`].
    pub fn survives_every_fault(&mut self, module: &str, call: &str, make: &str) -> Verdict {
        let what = format!("`{call}`");
        let ask = json!({"op": "rehearse", "module": module, "call": call, "make": make});
        let Value::List(points) = self.value_of(&what, ask)? else {
            return Err(Failure::fault(format!("{what} could not be rehearsed")));
        };
        if points.is_empty() {
            let message = format!("{what} made no C-API call that can fail");
            return Err(Failure::new(Kind::NotEntered, message));
        }
        for (at, point) in points.iter().enumerate() {
            let Value::Str(name) = point else { continue };
            self.survives_fault(call, make, at + 1, &points, name)?;
        }
        Ok(())
    }

    fn survives_fault(&mut self, call: &str, make: &str, at: usize, points: &[Value], name: &str) -> Verdict {
        let same = points.iter().filter(|p| matches!(p, Value::Str(n) if n == name)).count();
        let nth = points[..at].iter().filter(|p| matches!(p, Value::Str(n) if n == name)).count();
        let which = if same > 1 { format!("the {} `{name}`", ordinal(nth)) } else { format!("`{name}`") };
        let what = format!("`{call}`, when {which} fails,");
        let ask = json!({"op": "inject", "call": call, "make": make, "at": at});
        let Value::List(found) = self.value_of(&what, ask)? else {
            return Err(Failure::fault(format!("{what} could not be tried")));
        };
        let [Value::Str(outcome), Value::Int(moved), Value::Int(bytes), Value::Int(blocks)] = found.as_slice() else {
            return Err(Failure::fault(format!("{what} gave no readable outcome")));
        };
        match outcome.as_str() {
            "raised" => {}
            "returned" => {
                let message = format!("{what} returned a value as if nothing had happened");
                return Err(Failure::new(Kind::IgnoredFailure, message).expected("an exception", "a value"));
            }
            system_error => {
                let message = format!("{what} broke the rule that NULL and an exception go together");
                return Err(Failure::new(Kind::IgnoredFailure, message).note("Python says", system_error));
            }
        }
        let whole = |n: &wire::Int| n.to_i128().unwrap_or_default() as i64;
        let (moved, bytes, blocks) = (whole(moved), whole(bytes), whole(blocks));
        if moved < 0 {
            let message = format!("{what} released a reference that it did not own");
            return Err(Failure::new(Kind::StolenReferences, message));
        }
        if moved > 0 || blocks > 0 || bytes >= 8 {
            let left = match (moved, blocks) {
                (1.., _) => format!("{moved} of the references to its arguments"),
                (_, 1..) => format!("{blocks} of Python's memory blocks"),
                _ => format!("{bytes} bytes"),
            };
            let message = format!("{what} raised, but did not clean up first");
            return Err(Failure::new(Kind::LeakedMemory, message)
                .expected("nothing left behind", format!("{left} left on each such call")));
        }
        Ok(())
    }
}

fn ordinal(n: usize) -> String {
    match n {
        1 => "first".into(),
        2 => "second".into(),
        3 => "third".into(),
        n => format!("{n}th"),
    }
}
