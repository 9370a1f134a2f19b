//! Two measurements side by side: which verdicts differ, and which figures did not only
//! waver.

use crate::condition::Outcome;
use crate::experiment::Unit;
use crate::judge::Range;
use crate::lab::Lab;
use crate::measurement::Measurement;

/// What differs between two measurements of one experiment.
#[derive(Debug, PartialEq)]
pub struct Difference {
    /// The experiment.
    pub experiment: String,
    /// What differs.
    pub change: Change,
}

/// One thing that differs, the first measurement's first.
#[derive(Debug, PartialEq)]
pub enum Change {
    /// Only the one has it; `true` if it is the first.
    OnlyIn(bool),
    /// A finding came out otherwise.
    Finding {
        /// Its statement.
        says: String,
        /// What came of it.
        outcomes: (Outcome, Outcome),
        /// Whether the two contradict each other: one holds and the other does not.
        contradiction: bool,
    },
    /// A figure, with both ranges.
    Figure {
        /// What it is.
        says: String,
        /// What it counts.
        unit: Unit,
        /// Both.
        ranges: (Range, Range),
        /// Whether the ranges do not even touch.
        apart: bool,
    },
}

/// Everything that differs, in the order of the experiments.
pub fn compare(lab: &Lab, first: &Measurement, second: &Measurement) -> Vec<Difference> {
    let mut differences = Vec::new();
    for experiment in lab.experiments() {
        let name = &experiment.name;
        let mut add = |change| {
            differences.push(Difference {
                experiment: name.clone(),
                change,
            });
        };
        let (one, two) = match (first.experiments.get(name), second.experiments.get(name)) {
            (None, None) => continue,
            (Some(_), None) => {
                add(Change::OnlyIn(true));
                continue;
            }
            (None, Some(_)) => {
                add(Change::OnlyIn(false));
                continue;
            }
            (Some(one), Some(two)) => (one, two),
        };
        for finding in &experiment.finding {
            let outcomes = (
                one.findings.get(&finding.name),
                two.findings.get(&finding.name),
            );
            if let (Some(a), Some(b)) = outcomes
                && a != b
            {
                let told = |outcome: &Outcome| matches!(outcome, Outcome::Holds | Outcome::Fails);
                add(Change::Finding {
                    says: finding.says.clone(),
                    contradiction: told(a) && told(b),
                    outcomes: (a.clone(), b.clone()),
                });
            }
        }
        for figure in &experiment.figure {
            let ranges = (one.figures.get(&figure.name), two.figures.get(&figure.name));
            if let (Some(a), Some(b)) = ranges
                && a != b
            {
                add(Change::Figure {
                    says: figure.says.clone(),
                    unit: figure.unit,
                    ranges: (*a, *b),
                    apart: a.high < b.low || b.high < a.low,
                });
            }
        }
    }
    differences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Experiment;
    use crate::judge::Results;

    fn lab() -> Lab {
        let mut experiment: Experiment = toml::from_str(
            "title=''\nquestion=''\nmethod=''\nanswer=''\nseconds=1
            figure = [{name='f', value='f', says='F'}]
            finding = [{name='x', says='X', holds_if=['f > 1']}]",
        )
        .expect("it is an experiment");
        experiment.name = "toy".into();
        Lab::of(vec![experiment])
    }

    fn measured(low: f64, high: f64, outcome: Outcome) -> Measurement {
        let value = (low + high) / 2.0;
        let results = Results {
            figures: [("f".to_owned(), Range { value, low, high })].into(),
            findings: [("x".to_owned(), outcome)].into(),
            ..Results::default()
        };
        Measurement::of([("toy".to_owned(), results)].into())
    }

    fn changes(first: &Measurement, second: &Measurement) -> Vec<Change> {
        compare(&lab(), first, second)
            .into_iter()
            .map(|d| d.change)
            .collect()
    }

    #[test]
    fn what_holds_and_then_does_not_is_a_contradiction() {
        let first = measured(2.0, 3.0, Outcome::Holds);
        assert!(changes(&first, &first).is_empty());
        for (outcome, expected) in [(Outcome::Fails, true), (Outcome::Unclear, false)] {
            let found = changes(&first, &measured(2.0, 3.0, outcome));
            let [Change::Finding { contradiction, .. }] = found.as_slice() else {
                panic!("{found:?}");
            };
            assert_eq!(*contradiction, expected);
        }
    }

    #[test]
    fn ranges_that_touch_only_waver() {
        let first = measured(2.0, 3.0, Outcome::Holds);
        for (low, high, expected) in [(2.9, 4.0, false), (3.1, 4.0, true), (1.0, 1.9, true)] {
            let found = changes(&first, &measured(low, high, Outcome::Holds));
            let [Change::Figure { apart, .. }] = found.as_slice() else {
                panic!("{found:?}");
            };
            assert_eq!(*apart, expected, "{low} to {high}");
        }
    }

    #[test]
    fn what_only_one_has_is_said() {
        let one = measured(2.0, 3.0, Outcome::Holds);
        let none = Measurement::of([].into());
        assert_eq!(changes(&one, &none), [Change::OnlyIn(true)]);
        assert_eq!(changes(&none, &one), [Change::OnlyIn(false)]);
    }
}
