//! wrong: writes the work anew, where nobody can see whether the GIL is held
//! caught-by: releases_the_gil
//! says: without entering the supplied kernel

use pyo3::prelude::*;

#[pymodule]
mod detach {
    use super::*;

    #[pyfunction]
    fn smooth(py: Python<'_>, signal: Vec<f64>, passes: usize) -> Vec<f64> {
        py.detach(|| {
            let mut now = signal;
            for _ in 0..passes {
                let mean = |at: usize| {
                    let window = &now[at.saturating_sub(1)..(at + 2).min(now.len())];
                    window.iter().sum::<f64>() / window.len() as f64
                };
                now = (0..now.len()).map(mean).collect();
            }
            now
        })
    }
}
