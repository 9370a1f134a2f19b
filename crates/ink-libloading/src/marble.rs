//! The picture, one pixel at a time.

use ink_libloading::Pixel;

/// Ink on water, drawn through by a comb, as bookbinders make endpapers.
pub fn at(x: u32, y: u32) -> Pixel {
    let (x, y) = (x as f32, y as f32);
    let combed = y + 26.0 * (x / 23.0).sin() + 9.0 * ((x + 2.0 * y) / 61.0).cos();
    let band = (combed / 13.0 + (x / 90.0).sin()).sin() * 0.5 + 0.5;
    let vein = ((combed / 4.1).sin().abs() * 6.0).min(1.0);
    let mix = |from: f32, to: f32| ((from + (to - from) * band) * (0.55 + 0.45 * vein)) as u8;
    Pixel {
        r: mix(24.0, 240.0),
        g: mix(58.0, 205.0),
        b: mix(110.0, 150.0),
    }
}
