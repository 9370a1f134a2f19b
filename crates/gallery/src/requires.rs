//! Which Pythons an example can be built for: `>=3.10,<3.13`, as a package says it.

use std::fmt;
use std::str::FromStr;

/// A version range. The clauses are joined by commas, and all must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requires {
    text: String,
    clauses: Vec<(Comparison, Vec<u16>)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    AtLeast,
    AtMost,
    Above,
    Below,
    Is,
    IsNot,
}

impl Requires {
    /// Whether a Python of this version will do.
    pub fn allows(&self, version: [u16; 3]) -> bool {
        self.clauses.iter().all(|(comparison, wanted)| {
            // `<3.13` and `==3.11` are meant for all of 3.13 and 3.11.
            let version = &version[..wanted.len()];
            match comparison {
                Comparison::AtLeast => version >= wanted.as_slice(),
                Comparison::AtMost => version <= wanted.as_slice(),
                Comparison::Above => version > wanted.as_slice(),
                Comparison::Below => version < wanted.as_slice(),
                Comparison::Is => version == wanted.as_slice(),
                Comparison::IsNot => version != wanted.as_slice(),
            }
        })
    }
}

impl fmt::Display for Requires {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for Requires {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        // Two characters first: `<=` begins with `<`.
        const SIGNS: [(&str, Comparison); 6] = [
            (">=", Comparison::AtLeast),
            ("<=", Comparison::AtMost),
            ("==", Comparison::Is),
            ("!=", Comparison::IsNot),
            (">", Comparison::Above),
            ("<", Comparison::Below),
        ];
        let clause = |part: &str| {
            let part = part.trim();
            let (rest, comparison) = SIGNS
                .iter()
                .find_map(|(sign, c)| part.strip_prefix(sign).map(|rest| (rest, *c)))?;
            let numbers: Option<Vec<u16>> = rest
                .trim()
                .trim_end_matches(".*")
                .split('.')
                .map(|number| number.parse().ok())
                .collect();
            let numbers = numbers.filter(|n| (2..=3).contains(&n.len()))?;
            Some((comparison, numbers))
        };
        let clauses: Option<Vec<_>> = text.split(',').map(clause).collect();
        let text = text.trim().to_owned();
        match clauses {
            Some(clauses) => Ok(Self { text, clauses }),
            None => Err(format!(
                "`{text}` is no version range such as `>=3.10,<3.14`"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(range: &str, version: [u16; 3], expect: bool) {
        let requires: Requires = range.parse().unwrap();
        assert_eq!(requires.allows(version), expect, "{range} {version:?}");
    }

    #[test]
    fn a_range_holds_for_all_its_clauses() {
        check(">=3.10", [3, 10, 0], true);
        check(">=3.10", [3, 9, 18], false);
        check(">=3.10,<3.13", [3, 12, 9], true);
        check(">=3.10, <3.13", [3, 13, 0], false);
        check("==3.11.*", [3, 11, 7], true);
        check("!=3.13.0", [3, 13, 0], false);
        check("<=3.11", [3, 11, 7], true);
        check(">3.11", [3, 11, 7], false);
    }

    #[test]
    fn what_is_no_range_is_refused() {
        for text in ["", "3.10", ">=3", ">=three.ten", ">=3.10,", "~=3.10"] {
            assert!(text.parse::<Requires>().is_err(), "{text}");
        }
    }
}
