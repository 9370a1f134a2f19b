//! What is measured beside the value: references, memory, live objects.
//!
//! The subject counts and the judge judges. None of these looks at a clock.

use serde_json::json;
use wire::Value;

use crate::subject::Subject;
use crate::verdict::{Failure, Kind, Verdict};

/// How many calls a reference count is taken over.
const ROUNDS: i64 = 400;

impl Subject {
    /// Calls `call` many times with the arguments that `make` makes, and sees
    /// how far their reference counts moved, and those of what is right inside
    /// them: the items of a list or tuple, the keys and values of a dict, the
    /// attributes of an object.
    ///
    /// `make` is a function of the scene that returns a tuple of fresh, mortal
    /// objects. An immortal one (`None`, a small integer, an interned string)
    /// never moves, proves nothing and is refused.
    pub fn references(&mut self, call: &str, make: &str) -> Verdict<References> {
        let what = format!("`{call}`");
        self.counts_inside();
        let ask = json!({"op": "refcounts", "call": call, "make": make, "rounds": ROUNDS});
        let counted = self.value_of(&what, ask)?;
        let Value::List(parts) = counted else {
            return Err(unreadable(&what));
        };
        let (names, moved, surplus) = match parts.as_slice() {
            [Value::List(names), Value::List(moved), surplus] => (names, moved, surplus),
            [Value::Str(name)] => {
                let why = format!(
                    "{what}: {name} is immortal, its count never moves, so it proves nothing"
                );
                return Err(Failure::fault(why)
                    .note("hint", format!("let `{make}` make a fresh, mortal object")));
            }
            _ => return Err(unreadable(&what)),
        };
        let moved = moved
            .iter()
            .map(|m| number(m, &what))
            .collect::<Verdict<Vec<_>>>()?;
        let names = names.iter().map(|name| match name {
            Value::Str(name) => Ok(name.clone()),
            _ => Err(unreadable(&what)),
        });
        let moved = names
            .collect::<Verdict<Vec<_>>>()?
            .into_iter()
            .zip(moved)
            .collect();
        let surplus = number(surplus, &what)?;
        Ok(References {
            what,
            moved,
            surplus,
        })
    }

    /// Calls `call` (a function of the scene, without arguments) between two
    /// and three thousand times, and sees what memory that left behind beside
    /// as many calls of a function that does nothing.
    pub fn memory(&mut self, call: &str, random: &mut crate::Random) -> Verdict<Memory> {
        let what = format!("`{call}`");
        let rounds = random.within(2000..3000);
        self.counts_inside();
        let ask = json!({"op": "memory", "call": call, "rounds": rounds});
        let Value::List(left) = self.value_of(&what, ask)? else {
            return Err(unreadable(&what));
        };
        let left = left
            .iter()
            .map(|n| number(n, &what))
            .collect::<Verdict<Vec<_>>>()?;
        let [bytes_empty, blocks_empty, bytes, blocks] = left[..] else {
            return Err(unreadable(&what));
        };
        Ok(Memory {
            what,
            rounds,
            bytes: bytes - bytes_empty,
            blocks: blocks - blocks_empty,
        })
    }

    /// Calls `call` many times and asks `counter`, both functions of the scene,
    /// how many live things that left behind.
    pub fn live(&mut self, counter: &str, call: &str, random: &mut crate::Random) -> Verdict {
        let what = format!("`{call}`");
        let count = |subject: &mut Subject| {
            let value = subject.call(counter, &[])?.value()?;
            number(&value, counter)
        };
        self.counts_inside();
        let before = count(self)?;
        let rounds = random.within(20..60);
        for _ in 0..rounds {
            self.call(call, &[])?.value()?;
        }
        let left = count(self)? - before;
        match left {
            0 => Ok(()),
            1.. => Err(Failure::new(
                Kind::LeakedMemory,
                format!("{what} left {} behind", things(left)),
            )
            .expected(
                format!("no more live allocations after {rounds} calls than before"),
                format!("{left} more"),
            )),
            _ => Err(Failure::new(
                Kind::LeakedMemory,
                format!("{what} freed {} that were not its own", things(-left)),
            )),
        }
    }
}

fn things(n: i64) -> String {
    if n == 1 {
        "1 live allocation".to_owned()
    } else {
        format!("{n} live allocations")
    }
}

/// How far reference counts moved.
#[derive(Debug)]
pub struct References {
    what: String,
    /// Whose count, and how far it moved: the arguments come first.
    moved: Vec<(String, i64)>,
    surplus: i64,
}

impl References {
    /// Every argument and everything in it has as many references as before,
    /// and the result none too many.
    pub fn are_balanced(self) -> Verdict {
        self.moved_by(&[])
    }

    /// Each call is meant to move the count of each argument by so much: one
    /// more for each place where the callee rightly keeps it. What `meant` does
    /// not name, such as the items of the arguments, is not to move.
    pub fn moved_by(self, meant: &[i64]) -> Verdict {
        let what = &self.what;
        let meant = meant.iter().copied().chain(std::iter::repeat(0));
        for ((whose, moved), meant) in self.moved.iter().zip(meant) {
            let off = moved - meant * ROUNDS;
            let each = per_call(off);
            let found = Err(match off {
                // Less than once a call in ten is the interpreter's own doing.
                off if off.abs() * 10 < ROUNDS => continue,
                1.. => Failure::new(
                    Kind::LeakedReferences,
                    format!("{what} leaked {each} per call to {whose}"),
                )
                .note("what that means", "these objects can never be freed: somebody took a reference and nobody will release it."),
                _ => Failure::new(
                    Kind::StolenReferences,
                    format!("{what} released {each} per call to {whose} that it did not own"),
                )
                .note("what that means", "the object will be freed while its owner still uses it: sooner or later the process crashes."),
            });
            return found;
        }
        match self.surplus {
            0 => Ok(()),
            1.. => Err(Failure::new(
                Kind::LeakedReferences,
                format!("{what} leaked {} of its result", references(self.surplus)),
            )
            .note(
                "what that means",
                "the caller gets one reference and releases one; the others stay for ever.",
            )),
            _ => Err(Failure::new(
                Kind::StolenReferences,
                format!("{what} returned a reference that it did not own"),
            )),
        }
    }
}

fn per_call(off: i64) -> String {
    let each = (off.abs() as f64 / ROUNDS as f64 * 10.0).round() / 10.0;
    if each == 1.0 {
        "1 reference".to_owned()
    } else {
        format!("{each} references")
    }
}

fn references(n: i64) -> String {
    if n == 1 {
        "1 reference".to_owned()
    } else {
        format!("{n} references")
    }
}

/// Memory left behind.
#[derive(Debug)]
pub struct Memory {
    what: String,
    rounds: i64,
    bytes: i64,
    blocks: i64,
}

impl Memory {
    /// Nothing was left that grows with the number of calls.
    pub fn is_given_back(self) -> Verdict {
        let Memory {
            what,
            rounds,
            bytes,
            blocks,
        } = self;
        // A cache that fills once leaves a little. What leaks leaves something
        // on every call, and the least that an allocator hands out is 16 bytes.
        if bytes >= rounds * 8 {
            let each = bytes as f64 / rounds as f64;
            return Err(Failure::new(
                Kind::LeakedMemory,
                format!("{what} leaked memory on every call"),
            )
            .expected(
                format!("nothing left after {rounds} calls"),
                format!("{each:.0} bytes a call"),
            ));
        }
        if blocks * 2 >= rounds {
            let each = blocks as f64 / rounds as f64;
            return Err(Failure::new(
                Kind::LeakedMemory,
                format!("{what} leaked Python objects on every call"),
            )
            .expected(
                format!("nothing left after {rounds} calls"),
                format!("{each:.1} blocks of Python's allocator a call"),
            ));
        }
        Ok(())
    }
}

fn number(value: &Value, what: &str) -> Verdict<i64> {
    match value {
        Value::Int(n) => n
            .to_i128()
            .and_then(|n| i64::try_from(n).ok())
            .ok_or_else(|| unreadable(what)),
        _ => Err(unreadable(what)),
    }
}

fn unreadable(what: &str) -> Failure {
    Failure::new(
        Kind::Garbled,
        format!("{what} was counted, but the count is not one"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn references(moved: &[(&str, i64)], surplus: i64) -> References {
        let moved = moved
            .iter()
            .map(|&(name, moved)| (name.to_owned(), moved))
            .collect();
        References {
            what: "`f`".into(),
            moved,
            surplus,
        }
    }

    #[test]
    fn a_leak_names_the_argument_and_how_many() {
        let failure = references(&[("argument 1", 0), ("argument 2", 2 * ROUNDS)], 0)
            .are_balanced()
            .unwrap_err();
        assert_eq!(
            failure.message,
            "`f` leaked 2 references per call to argument 2"
        );
        assert_eq!(failure.kind, Kind::LeakedReferences);
    }

    #[test]
    fn a_theft_is_not_a_leak() {
        let failure = references(
            &[("its argument", 0), ("item 1 of its argument", -ROUNDS)],
            0,
        )
        .are_balanced()
        .unwrap_err();
        assert_eq!(
            failure.message,
            "`f` released 1 reference per call to item 1 of its argument that it did not own"
        );
    }

    #[test]
    fn what_is_meant_to_be_kept_is_no_leak() {
        assert!(
            references(
                &[("its argument", ROUNDS), ("item 1 of its argument", 0)],
                0
            )
            .moved_by(&[1])
            .is_ok()
        );
        assert!(
            references(&[("its argument", 0)], 0)
                .moved_by(&[1])
                .is_err()
        );
    }

    #[test]
    fn a_result_with_an_owner_too_many_is_a_leak() {
        assert_eq!(
            references(&[], 1).are_balanced().unwrap_err().message,
            "`f` leaked 1 reference of its result"
        );
    }

    #[test]
    fn a_cache_is_no_leak_and_sixteen_bytes_a_call_are() {
        let memory = |bytes, blocks| Memory {
            what: "`f`".into(),
            rounds: 2000,
            bytes,
            blocks,
        };
        assert!(memory(4096, 20).is_given_back().is_ok());
        assert!(memory(16 * 2000, 0).is_given_back().is_err());
        assert!(memory(0, 2000).is_given_back().is_err());
    }
}
