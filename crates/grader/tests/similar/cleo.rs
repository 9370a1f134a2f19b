//! Sums a ledger, for Python.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

enum Fault {
    Short,
    Number(std::num::ParseIntError),
}

struct Ledger {
    names: Vec<String>,
    totals: Vec<i64>,
}

impl Ledger {
    fn empty() -> Self {
        Ledger { names: vec![], totals: vec![] }
    }

    fn slot(&mut self, name: &str) -> usize {
        for i in 0..self.names.len() {
            if self.names[i] == name {
                return i;
            }
        }
        self.names.push(String::from(name));
        self.totals.push(0);
        self.names.len() - 1
    }

    fn book(&mut self, line: &str) -> Result<(), Fault> {
        let parts: Vec<&str> = line.split(' ').filter(|p| *p != "").collect();
        match parts.as_slice() {
            [] => Ok(()),
            [name, amount] => {
                let amount: i64 = amount.parse().map_err(Fault::Number)?;
                let slot = self.slot(name);
                self.totals[slot] += amount;
                Ok(())
            }
            _ => Err(Fault::Short),
        }
    }

    fn order(&self) -> Vec<usize> {
        let mut order = vec![];
        while order.len() < self.names.len() {
            let mut best = None;
            for i in 0..self.names.len() {
                let better = match best {
                    None => true,
                    Some(b) => self.totals[i] > self.totals[b],
                };
                if !order.contains(&i) && better {
                    best = Some(i);
                }
            }
            match best {
                Some(i) => order.push(i),
                None => break,
            }
        }
        order
    }
}

#[pymodule]
mod ledger {
    use super::*;

    /// The sums of a ledger: a line for each name, the largest sum first.
    #[pyfunction]
    fn sums(text: &str, width: usize) -> PyResult<String> {
        let mut ledger = Ledger::empty();
        let mut n = 0;
        for line in text.split('\n') {
            n += 1;
            match ledger.book(line) {
                Ok(()) => {}
                Err(Fault::Short) => return Err(PyValueError::new_err(format!("{n}: two words"))),
                Err(Fault::Number(e)) => {
                    return Err(PyValueError::new_err(format!("{n}: {e}")));
                }
            }
        }
        let lines: Vec<String> = ledger
            .order()
            .iter()
            .map(|i| format!("{:w$}{}", ledger.names[*i], ledger.totals[*i], w = width))
            .collect();
        Ok(lines.join("\n") + "\n")
    }
}
