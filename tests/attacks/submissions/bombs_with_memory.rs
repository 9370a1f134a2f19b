//! rows: 30, 56
//! exercise: detach
//! tries: takes all memory there is
//! blocked-by: limits
//! comes-to: crash | standstill
//! earns: 1

use pyo3::prelude::*;

#[pymodule]
mod detach {
    use super::*;

    #[pyfunction]
    fn smooth(signal: Vec<f64>, passes: usize) -> Vec<f64> {
        let _ = passes;
        let mut taken = Vec::new();
        for _ in 0..64 << 10 {
            taken.push(std::hint::black_box(vec![1_u8; 1 << 20]));
        }
        signal
    }
}
