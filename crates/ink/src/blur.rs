//! Blurring: the long computation. It needs nothing but the image, so a binding may let other
//! Python threads run meanwhile.

use crate::{Error, Image, work};

impl Image {
    /// Blurs: each pixel becomes the mean of the square that reaches `radius` pixels from it in
    /// each direction, cut off at the edges of the image. A radius of 0 changes nothing.
    ///
    /// The cost does not grow with the radius.
    pub fn blur(&mut self, radius: u32) -> Result<(), Error> {
        work::entered();
        let source = self.draft()?;
        let (width, height) = (self.width() as usize, self.height() as usize);
        // A larger radius than the image reaches no further; this one cannot overflow below.
        let radius = (radius as usize).min(width.max(height));

        // `columns[i]` is the sum of byte i of all rows in reach of the current one. The next
        // row needs one row more and one fewer, not the whole sum again.
        let mut columns = Vec::new();
        columns.try_reserve_exact(width * 3)?;
        columns.resize(width * 3, 0_u64);

        let row = |y: usize| &source.bytes()[y * width * 3..(y + 1) * width * 3];
        for y in 0..radius.min(height) {
            add(&mut columns, row(y));
        }
        for (y, target) in self.bytes_mut().chunks_exact_mut(width * 3).enumerate() {
            if y + radius < height {
                add(&mut columns, row(y + radius));
            }
            if let Some(leaves) = y.checked_sub(radius + 1) {
                subtract(&mut columns, row(leaves));
            }
            blur_row(target, &columns, radius, reach(y, radius, height));
        }
        Ok(())
    }
}

/// Slides a window along one row of column sums, as the rows' window slides down the image.
fn blur_row(target: &mut [u8], columns: &[u64], radius: usize, rows: usize) {
    let width = columns.len() / 3;
    let column = |x: usize| [columns[x * 3], columns[x * 3 + 1], columns[x * 3 + 2]];
    let mut sums = [0; 3];
    for x in 0..radius.min(width) {
        add_each(&mut sums, column(x));
    }
    for (x, pixel) in target.chunks_exact_mut(3).enumerate() {
        if x + radius < width {
            add_each(&mut sums, column(x + radius));
        }
        if let Some(leaves) = x.checked_sub(radius + 1) {
            let gone = column(leaves);
            (0..3).for_each(|i| sums[i] -= gone[i]);
        }
        let count = (rows * reach(x, radius, width)) as u64;
        for (byte, sum) in pixel.iter_mut().zip(sums) {
            *byte = ((sum + count / 2) / count) as u8; // to the nearest, halves up
        }
    }
}

/// How many of `0..end` are within `radius` of `at`.
fn reach(at: usize, radius: usize, end: usize) -> usize {
    (at + radius + 1).min(end) - at.saturating_sub(radius)
}

fn add(sums: &mut [u64], bytes: &[u8]) {
    sums.iter_mut()
        .zip(bytes)
        .for_each(|(sum, byte)| *sum += u64::from(*byte));
}

fn subtract(sums: &mut [u64], bytes: &[u8]) {
    sums.iter_mut()
        .zip(bytes)
        .for_each(|(sum, byte)| *sum -= u64::from(*byte));
}

fn add_each(sums: &mut [u64; 3], more: [u64; 3]) {
    (0..3).for_each(|i| sums[i] += more[i]);
}
