//! From what was measured to figures and findings. Pure: it measures nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::condition::{Condition, Outcome};
use crate::experiment::Experiment;
use crate::expression::Expression;

/// A number as several repetitions gave it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Range {
    /// The middle one.
    pub value: f64,
    /// The least.
    pub low: f64,
    /// The greatest.
    pub high: f64,
}

impl Range {
    /// Of these, if there are any.
    pub fn of(values: &[f64]) -> Option<Self> {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let middle = sorted.len() / 2;
        let value = match sorted.len() % 2 {
            0 => (sorted.get(middle.checked_sub(1)?)? + sorted[middle]) / 2.0,
            _ => sorted[middle],
        };
        Some(Self {
            value,
            low: sorted[0],
            high: *sorted.last()?,
        })
    }
}

/// All that an experiment's processes gave.
#[derive(Debug, Default)]
pub struct Samples {
    /// For each repetition, the least time of each series, in nanoseconds an operation.
    pub times: Vec<BTreeMap<String, f64>>,
    /// Instructions of one operation.
    pub instructions: BTreeMap<String, f64>,
    /// What was found out.
    pub facts: BTreeMap<String, Value>,
    /// Facts that came out otherwise in another repetition.
    pub wavering: BTreeSet<String>,
    /// What cannot be had here, and why.
    pub missing: BTreeMap<String, String>,
}

/// What came of an experiment.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Results {
    /// How often it was measured.
    pub repetitions: usize,
    /// Nanoseconds an operation.
    pub series: BTreeMap<String, Range>,
    /// Instructions of one operation.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub instructions: BTreeMap<String, f64>,
    /// What was found out.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, Value>,
    /// Numbers computed from these.
    pub figures: BTreeMap<String, Range>,
    /// What holds.
    pub findings: BTreeMap<String, Outcome>,
    /// What could not be had.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub missing: BTreeMap<String, String>,
}

impl Samples {
    /// Why a name has no value: something is missing here, or nothing is called so.
    fn why_not(&self, name: &str) -> Result<String, String> {
        let plain = name
            .strip_prefix("instructions(")
            .and_then(|rest| rest.strip_suffix(')'))
            .unwrap_or(name);
        let of_it = |key: &&String| {
            let rest = plain.strip_prefix(key.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
        };
        let key = self
            .missing
            .keys()
            .filter(of_it)
            .max_by_key(|key| key.len());
        match (key, name == plain) {
            (Some(key), _) => Ok(self.missing[key].clone()),
            (None, false) => Ok("instructions are counted where valgrind is installed".to_owned()),
            (None, true) => Err(format!(
                "speaks of `{name}`, and `measure.py` gave nothing of that name"
            )),
        }
    }
}

/// Computes the figures and decides on the findings. An error is a name that stands for
/// nothing, or for two things: a mistake in the experiment, as the rest of a sentence.
pub fn judge(experiment: &Experiment, samples: &Samples) -> Result<Results, String> {
    let mut repetitions: Vec<BTreeMap<String, f64>> = samples.times.clone();
    if repetitions.is_empty() {
        repetitions.push(BTreeMap::new());
    }
    let timed: BTreeSet<String> = repetitions.iter().flat_map(|r| r.keys().cloned()).collect();
    let numbers = samples.facts.iter().filter_map(|(name, value)| {
        let truth = value.as_bool().map(f64::from);
        Some((name.clone(), value.as_f64().or(truth)?))
    });
    let counted = samples.instructions.iter();
    let counted = counted.map(|(name, n)| (crate::expression::instructions_of(name), *n));
    for (name, number) in numbers.chain(counted) {
        for repetition in &mut repetitions {
            repetition.insert(name.clone(), number);
        }
    }
    let mut results = Results {
        repetitions: samples.times.len(),
        instructions: samples.instructions.clone(),
        facts: samples.facts.clone(),
        missing: samples.missing.clone(),
        ..Results::default()
    };
    for name in &timed {
        let values: Vec<f64> = repetitions
            .iter()
            .filter_map(|r| r.get(name))
            .copied()
            .collect();
        results
            .series
            .extend(Range::of(&values).map(|range| (name.clone(), range)));
    }
    // Later expressions could not tell the two apart.
    let taken = experiment.figure.iter().map(|figure| &figure.name);
    let taken = taken.filter(|name| repetitions.iter().any(|r| r.contains_key(*name)));
    if let Some(name) = taken.into_iter().next() {
        return Err(format!("calls a figure `{name}`, and a series or fact too"));
    }
    let mut judge = Judge {
        samples,
        repetitions,
        timed,
        absent: BTreeMap::new(),
    };
    for figure in &experiment.figure {
        match judge.values(&figure.value)? {
            Err(why) => {
                judge.absent.insert(figure.name.clone(), why);
            }
            Ok(values) => {
                for (repetition, value) in judge.repetitions.iter_mut().zip(&values) {
                    repetition.insert(figure.name.clone(), *value);
                }
                if !judge.is_exact(&figure.value) {
                    judge.timed.insert(figure.name.clone());
                }
                let range = Range::of(&values);
                results
                    .figures
                    .extend(range.map(|range| (figure.name.clone(), range)));
            }
        }
    }
    for finding in &experiment.finding {
        let mut outcome = Outcome::Holds;
        for condition in &finding.holds_if {
            outcome = outcome.and(judge.decide(condition)?);
        }
        results.findings.insert(finding.name.clone(), outcome);
    }
    Ok(results)
}

/// Whether a finding rests on something that was timed, and not on facts and counts alone.
pub fn rests_on_times(experiment: &Experiment, finding: &str, results: &Results) -> bool {
    let finding = experiment.finding.iter().find(|f| f.name == finding);
    let conditions = finding.into_iter().flat_map(|finding| &finding.holds_if);
    let mut names: Vec<&str> = conditions.flat_map(|c| c.left().names()).collect();
    let mut seen = BTreeSet::new();
    while let Some(name) = names.pop() {
        if results.series.contains_key(name) {
            return true;
        }
        let figure = experiment.figure.iter().find(|figure| figure.name == name);
        if let (Some(figure), true) = (figure, seen.insert(name)) {
            names.extend(figure.value.names());
        }
    }
    false
}

struct Judge<'a> {
    samples: &'a Samples,
    repetitions: Vec<BTreeMap<String, f64>>,
    timed: BTreeSet<String>,
    absent: BTreeMap<String, String>,
}

impl Judge<'_> {
    /// A value for each repetition, or why there is none.
    fn values(&self, expression: &Expression) -> Result<Result<Vec<f64>, String>, String> {
        let mut values = Vec::new();
        for repetition in &self.repetitions {
            match expression.evaluate(&|name| repetition.get(name).copied()) {
                Ok(value) => values.push(value),
                Err(name) => {
                    return Ok(Err(match self.absent.get(&name) {
                        Some(why) => why.clone(),
                        None => self.samples.why_not(&name)?,
                    }));
                }
            }
        }
        Ok(Ok(values))
    }

    fn is_exact(&self, expression: &Expression) -> bool {
        !expression
            .names()
            .iter()
            .any(|name| self.timed.contains(*name))
    }

    fn decide(&self, condition: &Condition) -> Result<Outcome, String> {
        let wavers = |name: &&str| self.samples.wavering.contains(*name);
        if condition.left().names().iter().any(wavers) {
            return Ok(Outcome::Unclear);
        }
        let fact = condition
            .fact()
            .and_then(|name| self.samples.facts.get(name));
        if let Some(fact) = fact {
            return Ok(condition.on_fact(fact));
        }
        Ok(match self.values(condition.left())? {
            Err(why) => Outcome::Skipped(why),
            Ok(values) => match Range::of(&values) {
                Some(range) => {
                    condition.on_range(range.low, range.high, self.is_exact(condition.left()))
                }
                None => Outcome::Unclear,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn experiment(text: &str) -> Experiment {
        let head = "title=''\nquestion=''\nmethod=''\nanswer=''\nseconds=1\n";
        toml::from_str(&format!("{head}{text}")).expect("it is an experiment")
    }

    fn samples(times: &[&[(&str, f64)]]) -> Samples {
        let map = |pairs: &&[(&str, f64)]| {
            pairs
                .iter()
                .map(|(name, time)| ((*name).to_owned(), *time))
                .collect()
        };
        Samples {
            times: times.iter().map(map).collect(),
            ..Samples::default()
        }
    }

    const RATIO: &str = "
        [[figure]]
        name = 'ratio'
        value = '(slow - empty) / (fast - empty)'
        says = ''
        [[finding]]
        name = 'slower'
        says = ''
        holds_if = ['ratio > 2']";

    fn slower(times: &[&[(&str, f64)]]) -> (Range, Outcome) {
        let results = judge(&experiment(RATIO), &samples(times)).expect("all names are known");
        (results.figures["ratio"], results.findings["slower"].clone())
    }

    #[test]
    fn a_figure_has_the_spread_of_its_repetitions() {
        let (ratio, outcome) = slower(&[
            &[("slow", 31.0), ("fast", 11.0), ("empty", 1.0)],
            &[("slow", 41.0), ("fast", 11.0), ("empty", 1.0)],
            &[("slow", 36.0), ("fast", 11.0), ("empty", 1.0)],
        ]);
        assert_eq!(
            ratio,
            Range {
                value: 3.5,
                low: 3.0,
                high: 4.0
            }
        );
        assert_eq!(outcome, Outcome::Holds);
    }

    #[test]
    fn a_slow_path_changes_the_verdict_and_noise_makes_it_unclear() {
        let one = |slow: f64| (("slow", slow), ("fast", 11.0), ("empty", 1.0));
        let run = |slow: [f64; 2]| {
            let [a, b] = slow.map(one);
            slower(&[&[a.0, a.1, a.2], &[b.0, b.1, b.2]]).1
        };
        assert_eq!(run([31.0, 32.0]), Outcome::Holds);
        assert_eq!(run([12.0, 13.0]), Outcome::Fails);
        assert_eq!(run([12.0, 32.0]), Outcome::Unclear);
    }

    #[test]
    fn what_is_missing_is_said_and_a_wrong_name_is_an_error() {
        let mut incomplete = samples(&[&[("fast", 11.0), ("empty", 1.0)]]);
        let wrong = judge(&experiment(RATIO), &incomplete);
        assert!(wrong.expect_err("it is no series").contains("`slow`"));
        incomplete
            .missing
            .insert("slow".into(), "no compiler".into());
        let results = judge(&experiment(RATIO), &incomplete).expect("it is known");
        assert_eq!(
            results.findings["slower"],
            Outcome::Skipped("no compiler".into())
        );
        assert!(results.figures.is_empty());
    }

    #[test]
    fn a_figure_has_no_name_that_was_measured() {
        let described = experiment(&RATIO.replace("name = 'ratio'", "name = 'slow'"));
        let measured = samples(&[&[("slow", 31.0), ("fast", 11.0), ("empty", 1.0)]]);
        let why = judge(&described, &measured).expect_err("two things have one name");
        assert!(why.contains("calls a figure `slow`"), "{why}");
    }

    #[test]
    fn a_fact_that_wavers_is_unclear() {
        let described = experiment("[[finding]]\nname='x'\nsays=''\nholds_if=['seen == true']");
        let mut found = Samples::default();
        found.facts.insert("seen".into(), true.into());
        let holds = judge(&described, &found).expect("it is known");
        assert_eq!(holds.findings["x"], Outcome::Holds);
        found.wavering.insert("seen".into());
        let unclear = judge(&described, &found).expect("it is known");
        assert_eq!(unclear.findings["x"], Outcome::Unclear);
    }
}
