//! A pixel: a value. Its constructor, its attributes, its equality and its hash come from the
//! struct itself, and that a number fits into a byte is what `u8` means.

use pyo3::prelude::*;

/// One pixel: red, green and blue, from 0 to 255. It cannot be changed.
// `frozen`: nobody can have it mutably, so nobody has to ask. `from_py_object`: a method can take
// one by value, as a copy.
#[pyclass(
    module = "ink_pyo3",
    frozen,
    eq,
    hash,
    get_all,
    new = "from_fields",
    from_py_object
)]
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pixel {
    /// Red.
    r: u8,
    /// Green.
    g: u8,
    /// Blue.
    b: u8,
}

#[pymethods]
impl Pixel {
    /// How bright it looks, 0 to 255.
    fn luma(&self) -> u8 {
        ink::Pixel::from(*self).luma()
    }

    // by hand: repr
    fn __repr__(&self) -> String {
        format!("Pixel(r={}, g={}, b={})", self.r, self.g, self.b)
    }
    // by hand: end

    // by hand: pickling
    /// What pickle and copy give to the constructor.
    fn __getnewargs__(&self) -> (u8, u8, u8) {
        (self.r, self.g, self.b)
    }
    // by hand: end
}

// by hand: values
// The library's own `Pixel` is another crate's, and a `#[pyclass]` must be ours.
impl From<ink::Pixel> for Pixel {
    fn from(pixel: ink::Pixel) -> Self {
        let ink::Pixel { r, g, b } = pixel;
        Self { r, g, b }
    }
}

impl From<Pixel> for ink::Pixel {
    fn from(pixel: Pixel) -> Self {
        Self::new(pixel.r, pixel.g, pixel.b)
    }
}
// by hand: end
