//! The same work again, for Python by way of PyO3. The GIL is held.

use pyo3::prelude::*;

#[pymodule]
mod oven {
    use super::*;

    /// Soup after so many rounds.
    #[pyfunction]
    fn cook(rounds: u64) -> f64 {
        (0..rounds).fold(0.0, |soup, _| soup * 0.999 + 1.0)
    }
}
