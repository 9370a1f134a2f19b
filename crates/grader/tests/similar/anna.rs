//! Sums a ledger, for Python.

use std::collections::HashMap;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// One line of the ledger.
struct Entry {
    name: String,
    amount: i64,
}

/// Reads a line, or says what is wrong with it.
fn parse_entry(number: usize, line: &str) -> PyResult<Entry> {
    let mut words = line.split_whitespace();
    let name = words
        .next()
        .ok_or_else(|| PyValueError::new_err(format!("line {number} has no name")))?;
    let amount = words
        .next()
        .ok_or_else(|| PyValueError::new_err(format!("line {number} has no amount")))?;
    if words.next().is_some() {
        return Err(PyValueError::new_err(format!("line {number} is too long")));
    }
    let amount = amount
        .parse::<i64>()
        .map_err(|e| PyValueError::new_err(format!("line {number}: {e}")))?;
    Ok(Entry {
        name: name.to_string(),
        amount,
    })
}

/// Adds up what belongs together.
fn add_up(entries: Vec<Entry>) -> Vec<(String, i64)> {
    let mut totals: HashMap<String, i64> = HashMap::new();
    for entry in entries {
        *totals.entry(entry.name).or_insert(0) += entry.amount;
    }
    let mut rows: Vec<(String, i64)> = totals.into_iter().collect();
    rows.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    rows
}

/// Writes the table.
fn table(rows: &[(String, i64)], width: usize) -> String {
    let mut out = String::new();
    for (name, total) in rows {
        let gap = width.saturating_sub(name.len());
        out.push_str(name);
        out.push_str(&" ".repeat(gap));
        out.push_str(&total.to_string());
        out.push('\n');
    }
    out
}

#[pymodule]
mod ledger {
    use super::*;

    /// The sums of a ledger: a line for each name, the largest sum first.
    #[pyfunction]
    fn sums(text: &str, width: usize) -> PyResult<String> {
        let mut entries = Vec::new();
        for (index, line) in text.lines().enumerate() {
            if !line.trim().is_empty() {
                entries.push(parse_entry(index + 1, line)?);
            }
        }
        Ok(table(&add_up(entries), width))
    }
}
