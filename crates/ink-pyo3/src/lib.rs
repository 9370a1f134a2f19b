//! The module as Python sees it: what it is made of, and nothing more. Each type is in a file of
//! its own, and each file says how far PyO3 goes and what is written by hand.

mod buffer;
mod callbacks;
mod convert;
mod errors;
mod image;
mod owner;
mod pixel;

// Every call that comes in holds the GIL, and PyO3's borrow checks would do without. But nobody
// has run this without a GIL, so the module asks a free-threaded Python to keep one.
#[pyo3::pymodule(gil_used = true)]
mod _ink {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::{callbacks::on_work, image::Image, pixel::Pixel};

    /// How many of the library's images and strings are alive.
    #[pyfunction]
    fn live_allocations() -> usize {
        ink::live_allocations()
    }

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        crate::errors::add_to(module)
    }
}
