//! When a finding holds: `typed > 1.5`, `wraps == 5`, `raises == "ArgumentError"`.
//!
//! A number that was measured several times is a range. A condition holds when all of the
//! range is on its side of the limit, by a margin; it fails when all of it is on the other;
//! between the two nobody can tell.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::expression::Expression;

/// Measured times within this factor of a limit are on neither side of it.
const MARGIN: f64 = 1.1;

/// A comparison of an expression or a fact with a fixed value.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(try_from = "String")]
pub struct Condition {
    text: String,
    left: Expression,
    sign: Sign,
    right: Value,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Above,
    Below,
    Is,
    IsNot,
}

/// What came of a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It holds.
    Holds,
    /// It does not.
    Fails,
    /// The machine was too noisy to tell.
    Unclear,
    /// Something it needs is not there.
    Skipped(String),
}

impl Outcome {
    /// One word or two.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Fails => "does not hold",
            Self::Unclear => "too noisy to tell",
            Self::Skipped(_) => "not tried",
        }
    }

    /// Both at once: what fails outweighs what is missing, and that what is unclear.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let weight = |outcome: &Self| match outcome {
            Self::Fails => 3,
            Self::Skipped(_) => 2,
            Self::Unclear => 1,
            Self::Holds => 0,
        };
        match weight(&other) > weight(&self) {
            true => other,
            false => self,
        }
    }
}

impl Condition {
    /// What is compared.
    pub fn left(&self) -> &Expression {
        &self.left
    }

    /// The name of the fact that must be equal to something, where it is one.
    pub fn fact(&self) -> Option<&str> {
        match self.sign {
            Sign::Is | Sign::IsNot => self.left.bare_name(),
            Sign::Above | Sign::Below => None,
        }
    }

    /// Decides on a fact.
    pub fn on_fact(&self, fact: &Value) -> Outcome {
        let number = |value: &Value| value.as_f64();
        let same = match (number(fact), number(&self.right)) {
            (Some(fact), Some(right)) => fact == right,
            _ => *fact == self.right,
        };
        match same == (self.sign == Sign::Is) {
            true => Outcome::Holds,
            false => Outcome::Fails,
        }
    }

    /// Decides on a range of numbers. What is exact has no margin.
    pub fn on_range(&self, low: f64, high: f64, exact: bool) -> Outcome {
        let Some(limit) = self.right.as_f64() else {
            return Outcome::Fails;
        };
        if low.is_nan() || high.is_nan() {
            return Outcome::Unclear;
        }
        let margin = if exact { 1.0 } else { MARGIN };
        let (above, below) = match limit < 0.0 {
            true => (limit / margin, limit * margin),
            false => (limit * margin, limit / margin),
        };
        match self.sign {
            Sign::Above if low > above => Outcome::Holds,
            Sign::Above if high <= below => Outcome::Fails,
            Sign::Below if high < below => Outcome::Holds,
            Sign::Below if low >= above => Outcome::Fails,
            Sign::Is if low == limit && high == limit => Outcome::Holds,
            Sign::IsNot if high < limit || low > limit => Outcome::Holds,
            Sign::Is | Sign::IsNot => Outcome::Fails,
            Sign::Above | Sign::Below => Outcome::Unclear,
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl TryFrom<String> for Condition {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let signs = [
            ("!=", Sign::IsNot),
            ("==", Sign::Is),
            (">", Sign::Above),
            ("<", Sign::Below),
        ];
        let found = signs
            .into_iter()
            .find_map(|(word, sign)| Some((text.split_once(word)?, sign)));
        let Some(((left, right), sign)) = found else {
            return Err(format!("`{text}` compares nothing: `>`, `<`, `==` or `!=`"));
        };
        // Long numbers are easier to read as `500_000_000`.
        let plain = match right
            .trim()
            .starts_with(|c: char| c.is_ascii_digit() || c == '-')
        {
            true => right.trim().replace('_', ""),
            false => right.trim().to_owned(),
        };
        let right: Value = serde_json::from_str(&plain).map_err(|_| {
            format!(
                "`{text}`: `{}` is no number, text or truth value",
                right.trim()
            )
        })?;
        if matches!(sign, Sign::Above | Sign::Below) && !right.is_number() {
            return Err(format!("`{text}`: only numbers are above or below others"));
        }
        Ok(Self {
            left: Expression::try_from(left.trim().to_owned())?,
            sign,
            right,
            text,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition(text: &str) -> Condition {
        Condition::try_from(text.to_owned()).expect("it is one")
    }

    #[test]
    fn all_of_the_range_must_be_on_one_side_by_a_margin() {
        let above = condition("ratio > 10");
        assert_eq!(above.on_range(12.0, 14.0, false), Outcome::Holds);
        assert_eq!(above.on_range(10.5, 14.0, false), Outcome::Unclear);
        assert_eq!(above.on_range(9.0, 14.0, false), Outcome::Unclear);
        assert_eq!(above.on_range(3.0, 9.0, false), Outcome::Fails);
        let below = condition("ratio < 10");
        assert_eq!(below.on_range(3.0, 9.0, false), Outcome::Holds);
        assert_eq!(below.on_range(3.0, 9.5, false), Outcome::Unclear);
        assert_eq!(below.on_range(11.5, 12.0, false), Outcome::Fails);
    }

    #[test]
    fn what_is_counted_has_no_margin() {
        assert_eq!(
            condition("n > 10").on_range(10.5, 10.5, true),
            Outcome::Holds
        );
        assert_eq!(
            condition("n > 10").on_range(10.0, 10.0, true),
            Outcome::Fails
        );
        assert_eq!(
            condition("n == 24").on_range(24.0, 24.0, true),
            Outcome::Holds
        );
        assert_eq!(
            condition("n == 24").on_range(24.0, 25.0, true),
            Outcome::Fails
        );
    }

    #[test]
    fn a_number_that_is_none_tells_nothing() {
        assert_eq!(
            condition("n > 1").on_range(f64::NAN, 2.0, false),
            Outcome::Unclear
        );
    }

    #[test]
    fn facts_are_equal_or_not() {
        let named = condition("raises == \"ArgumentError\"");
        assert_eq!(named.on_fact(&"ArgumentError".into()), Outcome::Holds);
        assert_eq!(named.on_fact(&"nothing".into()), Outcome::Fails);
        assert_eq!(
            condition("sees != true").on_fact(&false.into()),
            Outcome::Holds
        );
        assert_eq!(condition("wraps == 5").on_fact(&5.into()), Outcome::Holds);
    }

    #[test]
    fn what_fails_outweighs_what_is_missing() {
        let skipped = Outcome::Skipped("no cc".into());
        assert_eq!(Outcome::Holds.and(skipped.clone()), skipped);
        assert_eq!(Outcome::Fails.and(skipped), Outcome::Fails);
        assert_eq!(Outcome::Unclear.and(Outcome::Holds), Outcome::Unclear);
    }
}
