//! Tripwires: two questions to a process that has the answer loaded, to which we know what must
//! come. Who gets one of them wrong has put a hand on what answers.
//!
//! They give and take no marks: a human is told to look. What an answer does when it is first
//! called, and not when it is loaded, is not found here.

use course::Kind as Answered;
use serde_json::{Value as Json, json};
use wire::Value;

use crate::exercise::Judge;
use crate::subject::Subject;
use crate::verdict::{Kind, Verdict};

/// Our own code, which no answer has a reason to change.
const SCENE: &str = "
    class Leaf: pass
    kept = []
    def bind(leaf): kept.append(leaf)
    def a_leaf(): return (Leaf(),)
    def fold(a, b): return [a ^ b, str(a - b), {b: a}]
    ";

/// Asks both, and says for each whether somebody is to look. Of an answer that cannot be loaded
/// there is nothing to say, and a program that was written as a whole has none of our code in it.
pub fn walk(judge: &mut Judge<'_>) -> Vec<Json> {
    let loaded = match judge.kind() {
        Answered::Program => return Vec::new(),
        Answered::Library => judge.library(),
        _ => judge.module(),
    };
    let ready = loaded.and_then(|mut subject| subject.run(SCENE).map(|()| subject));
    let Ok(mut subject) = ready else {
        return Vec::new();
    };
    let (a, b) = (
        judge.random.within(1 << 20..1 << 40),
        judge.random.within(300..9000),
    );
    let wires = [
        (
            "with this answer loaded, a function of ours gave another value than it gives",
            !folds(&mut subject, a, b),
        ),
        (
            "with this answer loaded, references that our own code keeps were not counted",
            does_not_count(&mut subject),
        ),
    ];
    let wires = wires.into_iter();
    wires
        .map(|(what, tripped)| json!({"tripwire": what, "tripped": tripped}))
        .collect()
}

/// Whether what is known comes. That a process ends before it has answered is no lie.
fn folds(subject: &mut Subject, a: i64, b: i64) -> bool {
    let known = Value::List(vec![
        (a ^ b).into(),
        (a - b).to_string().into(),
        Value::Dict(vec![(b.into(), a.into())]),
    ]);
    let asked = subject.call("fold", &[a.into(), b.into()]);
    !is_a_lie(asked.and_then(|answer| answer.returns(known)))
}

/// A check that always fails: where it passes, nobody counts.
fn does_not_count(subject: &mut Subject) -> bool {
    let counted = subject.references("bind", "a_leaf");
    counted.is_ok_and(|counted| counted.are_balanced().is_ok())
}

fn is_a_lie(verdict: Verdict) -> bool {
    verdict.is_err_and(|failure| matches!(failure.kind, Kind::WrongValue | Kind::WrongError))
}
