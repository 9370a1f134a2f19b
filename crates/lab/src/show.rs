//! Numbers as people read them.

use crate::experiment::{Experiment, Unit};
use crate::judge::{Range, Results};

/// A number in its unit, to two or three digits: `21×`, `233 ms`, `1.4 kB`.
pub fn shown(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Times => format!("{}×", digits(value)),
        Unit::Time => {
            let (value, unit) = scaled(value, &[("ns", 1e3), ("µs", 1e3), ("ms", 1e3), ("s", 1e9)]);
            format!("{} {unit}", digits(value))
        }
        Unit::Bytes if value.abs() < 1000.0 => format!("{} bytes", digits(value)),
        Unit::Bytes => {
            let (value, unit) = scaled(value / 1e3, &[("kB", 1e3), ("MB", 1e3), ("GB", 1e9)]);
            format!("{} {unit}", digits(value))
        }
        Unit::Share => format!("{} %", digits(value * 100.0)),
        Unit::Number => digits(value),
    }
}

/// A number with its spread: `21× (20 to 22)`.
pub fn shown_range(range: &Range, unit: Unit) -> String {
    let (value, low, high) = (
        shown(range.value, unit),
        shown(range.low, unit),
        shown(range.high, unit),
    );
    match low == value && high == value {
        true => value,
        false => format!("{value} ({low} to {high})"),
    }
}

/// The experiment's answer in words, with its figures; a figure that is not there is `?`.
pub fn answer(experiment: &Experiment, results: &Results) -> String {
    let mut text = experiment.answer.trim().to_owned();
    for figure in &experiment.figure {
        let number = results.figures.get(&figure.name);
        let number = number.map_or_else(|| "?".to_owned(), |r| shown(r.value, figure.unit));
        text = text.replace(&format!("{{{}}}", figure.name), &number);
    }
    for (name, value) in &results.facts {
        let value = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        text = text.replace(&format!("{{{name}}}"), &value);
    }
    text
}

fn scaled(value: f64, units: &[(&'static str, f64)]) -> (f64, &'static str) {
    let mut value = value;
    for (unit, limit) in units {
        if value.abs() < *limit {
            return (value, unit);
        }
        value /= limit;
    }
    (value, units[units.len() - 1].0)
}

/// Two digits that mean something; three from a hundred on.
fn digits(value: f64) -> String {
    if value == value.trunc() && value.abs() < 1e6 {
        return format!("{value:.0}");
    }
    let places = match value.abs() {
        size if size >= 10.0 => 0,
        size if size >= 1.0 => 1,
        size if size >= 0.1 => 2,
        _ => 3,
    };
    let text = match value.abs() >= 1000.0 {
        true => {
            let step = 10f64.powi(value.abs().log10().floor() as i32 - 2);
            format!("{:.0}", (value / step).round() * step)
        }
        false => format!("{value:.places$}"),
    };
    match text.split_once('.') {
        Some((whole, zeros)) if zeros.chars().all(|c| c == '0') => whole.to_owned(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_as_many_digits_as_mean_something() {
        assert_eq!(shown(21.37, Unit::Times), "21×");
        assert_eq!(shown(1.44, Unit::Times), "1.4×");
        assert_eq!(shown(10.9, Unit::Time), "11 ns");
        assert_eq!(shown(233_400_000.0, Unit::Time), "233 ms");
        assert_eq!(shown(9.84e9, Unit::Time), "9.8 s");
        assert_eq!(shown(24.0, Unit::Bytes), "24 bytes");
        assert_eq!(shown(1450.0, Unit::Bytes), "1.4 kB");
        assert_eq!(shown(0.923, Unit::Share), "92 %");
        assert_eq!(shown(4754.2, Unit::Number), "4750");
    }

    #[test]
    fn a_spread_is_shown_where_there_is_one() {
        let range = |value, low, high| Range { value, low, high };
        assert_eq!(
            shown_range(&range(21.0, 20.0, 23.0), Unit::Times),
            "21× (20× to 23×)"
        );
        assert_eq!(
            shown_range(&range(24.0, 24.0, 24.0), Unit::Bytes),
            "24 bytes"
        );
    }
}
