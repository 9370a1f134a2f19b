//! One pixel: the value that crosses the border by copy, so nobody has to own it.

/// One pixel: red, green and blue, a byte each.
///
/// The layout is part of the ABI: three bytes in this order, no padding. A row of pixels is
/// therefore a row of bytes, which is what makes the zero-copy buffer possible.
// Without `repr(C)` Rust may order and pad the fields as it likes.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Pixel {
    /// Red, 0 to 255.
    pub r: u8,
    /// Green, 0 to 255.
    pub g: u8,
    /// Blue, 0 to 255.
    pub b: u8,
}

// A promise other languages build on is checked where it is made, at compile time.
const _: () = assert!(size_of::<Pixel>() == 3 && align_of::<Pixel>() == 1);

impl Pixel {
    /// A pixel of these three values.
    pub const fn new(r: u8, g: u8, b: u8) -> Self {
        Self { r, g, b }
    }

    /// How bright the pixel looks, 0 to 255: the eye sees green best and blue worst.
    ///
    /// The weights are those of ITU-R BT.601, in integers, so that every language that computes
    /// it again gets the same byte.
    pub const fn luma(self) -> u8 {
        let weighted = 299 * self.r as u32 + 587 * self.g as u32 + 114 * self.b as u32;
        ((weighted + 500) / 1000) as u8
    }

    pub(crate) const fn to_bytes(self) -> [u8; 3] {
        [self.r, self.g, self.b]
    }

    /// From exactly three bytes.
    pub(crate) const fn from_bytes(bytes: &[u8]) -> Self {
        Self::new(bytes[0], bytes[1], bytes[2])
    }
}

#[cfg(test)]
mod tests {
    use super::Pixel;

    #[test]
    fn luma_weighs_green_most_and_blue_least() {
        let check = |r, g, b, expect| assert_eq!(Pixel::new(r, g, b).luma(), expect);
        check(0, 0, 0, 0);
        check(255, 255, 255, 255);
        check(255, 0, 0, 76);
        check(0, 255, 0, 150);
        check(0, 0, 255, 29);
        check(10, 20, 30, 18);
    }
}
