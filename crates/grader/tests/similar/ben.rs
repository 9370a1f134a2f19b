//! Sums a ledger, for Python.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

#[pymodule]
mod ledger {
    use super::*;
    use std::collections::BTreeMap;
    use std::fmt::Write;

    /// The sums of a ledger: a line for each name, the largest sum first.
    #[pyfunction]
    fn sums(text: &str, width: usize) -> PyResult<String> {
        let by_name = text
            .lines()
            .zip(1..)
            .filter(|(line, _)| !line.trim().is_empty())
            .try_fold(BTreeMap::<&str, i64>::new(), |mut sums, (line, number)| {
                let (name, amount) = fields(line)
                    .ok_or_else(|| PyValueError::new_err(format!("line {number}: `{line}`")))?;
                *sums.entry(name).or_default() += amount;
                PyResult::Ok(sums)
            })?;
        let mut ranked = Vec::from_iter(by_name);
        ranked.sort_by_key(|&(name, sum)| (std::cmp::Reverse(sum), name));
        let mut page = String::with_capacity(ranked.len() * (width + 8));
        for (name, sum) in ranked {
            writeln!(page, "{name:<width$}{sum}").expect("a String takes everything");
        }
        Ok(page)
    }

    fn fields(line: &str) -> Option<(&str, i64)> {
        let line = line.trim();
        let (name, rest) = line.split_once(char::is_whitespace)?;
        Some((name, rest.trim().parse().ok()?))
    }
}
