//! The image: its size, its pixels, its title. Safe Rust, and the only place that touches the
//! pixels' memory. Blurring is in `blur`, files are in `png_file`.

use std::ops::ControlFlow;

use crate::live::Live;
use crate::{Error, Pixel};

/// The largest area of an image, in pixels: 4096 by 4096.
///
/// A limit, so that a wrong number or a hostile file costs an error and not all the memory.
// Written out, not `1 << 24`: some tools that read the header want a plain number.
pub const MAX_PIXELS: u32 = 16_777_216;

/// A picture, with a title.
///
/// It is opaque: only the functions below look inside, so what is inside may change without
/// breaking anybody. It has at least one pixel, and its size never changes.
///
/// It has no lock. Any number of threads may read one image; a thread that changes it must be
/// the only one using it.
#[derive(Debug)]
pub struct Image {
    width: u32,
    height: u32,
    /// Row by row, three bytes a pixel, no gaps. It is never grown, shrunk or replaced, so its
    /// address holds for the image's whole life; pointers into it are out in other languages.
    bytes: Vec<u8>,
    /// The title and then one NUL, the only one: what C needs and what Rust reads.
    title_and_nul: String,
    _live: Live,
}

impl Image {
    /// A black image without a title.
    pub fn new(width: u32, height: u32) -> Result<Self, Error> {
        let length = byte_length(width, height)?;
        let mut bytes = Vec::new();
        // `vec![0; n]` ends the process if there is no memory. A library asks first.
        bytes.try_reserve_exact(length)?;
        bytes.resize(length, 0);
        Ok(Self {
            width,
            height,
            bytes,
            title_and_nul: String::from("\0"),
            _live: Live::new(),
        })
    }

    /// An image with a copy of these pixels: row by row, three bytes a pixel.
    pub fn from_bytes(width: u32, height: u32, bytes: &[u8]) -> Result<Self, Error> {
        check_length(width, height, bytes.len())?;
        let mut image = Self::new(width, height)?;
        image.bytes.copy_from_slice(bytes);
        Ok(image)
    }

    /// How many pixels a row has; at least 1.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// How many rows there are; at least 1.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// All pixels, row by row from the top left, three bytes each.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Where [`bytes`](Self::bytes) begins: the same address as long as the image lives.
    // `self.bytes().as_ptr()` would give the same number. But a pointer taken from a `&[u8]`
    // may be used only until the next `&mut`; one taken from the `Vec` itself stays good.
    pub fn bytes_ptr(&self) -> *const u8 {
        self.bytes.as_ptr()
    }

    /// The pixel in column `x` of row `y`, both counted from 0 at the top left.
    pub fn pixel(&self, x: u32, y: u32) -> Result<Pixel, Error> {
        let start = self.offset(x, y)?;
        Ok(Pixel::from_bytes(&self.bytes[start..start + 3]))
    }

    /// Replaces the pixel in column `x` of row `y`.
    pub fn set_pixel(&mut self, x: u32, y: u32, pixel: Pixel) -> Result<(), Error> {
        let start = self.offset(x, y)?;
        self.bytes[start..start + 3].copy_from_slice(&pixel.to_bytes());
        Ok(())
    }

    /// The title; empty until one is set.
    pub fn title(&self) -> &str {
        &self.title_and_nul[..self.title_and_nul.len() - 1]
    }

    /// Replaces the title. A title with a NUL inside is refused: C would see only its beginning.
    pub fn set_title(&mut self, title: &str) -> Result<(), Error> {
        if let Some(at) = title.find('\0') {
            return Err(Error::InteriorNul { at });
        }
        self.title_and_nul = format!("{title}\0");
        Ok(())
    }

    /// The title with the NUL that ends it in C.
    pub(crate) fn title_and_nul(&self) -> &str {
        &self.title_and_nul
    }

    /// The image in words, such as `Sunset, 640 × 400 pixels`.
    pub fn describe(&self) -> String {
        let title = if self.title().is_empty() {
            "Untitled"
        } else {
            self.title()
        };
        let noun = if self.width == 1 && self.height == 1 {
            "pixel"
        } else {
            "pixels"
        };
        format!("{title}, {} × {} {noun}", self.width, self.height)
    }

    /// Calls `change` for each pixel, row by row from the top left. `Break` with a code stops.
    ///
    /// All or nothing: if it stops, the image is as it was.
    pub fn map(
        &mut self,
        change: impl FnMut(u32, u32, &mut Pixel) -> ControlFlow<i32>,
    ) -> Result<(), Error> {
        let mut draft = self.draft()?;
        draft.map(change)?;
        self.take(&draft);
        Ok(())
    }

    /// A copy of the pixels, to be changed at leisure and then given to [`take`](Self::take).
    pub(crate) fn draft(&self) -> Result<Draft, Error> {
        let mut bytes = Vec::new();
        bytes.try_reserve_exact(self.bytes.len())?;
        bytes.extend_from_slice(&self.bytes);
        Ok(Draft {
            width: self.width,
            bytes,
        })
    }

    /// Makes the pixels those of a draft of this same image. They are copied to where they were:
    /// the address must hold.
    pub(crate) fn take(&mut self, draft: &Draft) {
        self.bytes.copy_from_slice(&draft.bytes);
    }

    pub(crate) fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.bytes
    }

    fn offset(&self, x: u32, y: u32) -> Result<usize, Error> {
        let (width, height) = (self.width, self.height);
        if x < width && y < height {
            Ok((y as usize * width as usize + x as usize) * 3)
        } else {
            Err(Error::OutOfBounds {
                x,
                y,
                width,
                height,
            })
        }
    }
}

/// An image's pixels, apart from the image. The border needs it: while foreign code runs in the
/// middle of a `map`, nobody may hold a `&mut Image`, for that code may look at the image too.
pub(crate) struct Draft {
    width: u32,
    bytes: Vec<u8>,
}

impl Draft {
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn map(
        &mut self,
        mut change: impl FnMut(u32, u32, &mut Pixel) -> ControlFlow<i32>,
    ) -> Result<(), Error> {
        let row_length = self.width as usize * 3;
        for (y, row) in (0..).zip(self.bytes.chunks_exact_mut(row_length)) {
            for (x, place) in (0..).zip(row.chunks_exact_mut(3)) {
                let mut pixel = Pixel::from_bytes(place);
                if let ControlFlow::Break(code) = change(x, y, &mut pixel) {
                    return Err(Error::Stopped { x, y, code });
                }
                place.copy_from_slice(&pixel.to_bytes());
            }
        }
        Ok(())
    }
}

/// Whether a buffer of this length is exactly an image of this size.
pub(crate) fn check_length(width: u32, height: u32, found: usize) -> Result<(), Error> {
    let needed = byte_length(width, height)?;
    if found == needed {
        Ok(())
    } else {
        Err(Error::BadLength {
            width,
            height,
            needed,
            found,
        })
    }
}

/// How many bytes an image of this size has, if there can be one.
fn byte_length(width: u32, height: u32) -> Result<usize, Error> {
    // Two `u32` always multiply within a `u64`: the check itself cannot overflow.
    let area = u64::from(width) * u64::from(height);
    if area == 0 || area > u64::from(MAX_PIXELS) {
        return Err(Error::BadSize { width, height });
    }
    Ok(area as usize * 3)
}
