//! The fast blur against the sentence that defines it: each pixel becomes the mean of the square
//! around it, cut off at the edges.

use ink::{Image, Pixel};

/// The definition, word for word and slowly.
fn naive(image: &Image, radius: u32) -> Vec<u8> {
    let around = |at: u32, end: u32| at.saturating_sub(radius)..(at + radius + 1).min(end);
    let mut bytes = Vec::new();
    for y in 0..image.height() {
        for x in 0..image.width() {
            let (mut sum, mut count) = ([0.0; 3], 0.0);
            for v in around(y, image.height()) {
                for u in around(x, image.width()) {
                    let Pixel { r, g, b } = image.pixel(u, v).unwrap();
                    sum = [
                        sum[0] + f64::from(r),
                        sum[1] + f64::from(g),
                        sum[2] + f64::from(b),
                    ];
                    count += 1.0;
                }
            }
            bytes.extend(sum.map(|sum: f64| (sum / count).round() as u8));
        }
    }
    bytes
}

/// An image of bytes without a pattern, the same in each run.
fn noise(width: u32, height: u32) -> Image {
    let mut state = 0x9E37_79B9_u32;
    let bytes = std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as u8
    });
    let bytes: Vec<u8> = bytes.take((width * height * 3) as usize).collect();
    Image::from_bytes(width, height, &bytes).unwrap()
}

#[test]
fn is_the_mean_of_the_square_around_each_pixel() {
    for (width, height) in [(1, 1), (1, 9), (9, 1), (2, 2), (7, 5), (16, 16), (31, 4)] {
        for radius in [0, 1, 2, 3, 4, 5, 8, 30, 100] {
            let mut image = noise(width, height);
            let expect = naive(&image, radius);
            image.blur(radius).unwrap();
            assert_eq!(image.bytes(), expect, "{width} × {height}, radius {radius}");
        }
    }
}

#[test]
fn of_radius_zero_changes_nothing() {
    let mut image = noise(9, 9);
    image.blur(0).unwrap();
    assert_eq!(image.bytes(), noise(9, 9).bytes());
}

#[test]
fn of_the_largest_radius_makes_one_colour() {
    let mut image = Image::new(2, 2).unwrap();
    image.set_pixel(0, 0, Pixel::new(200, 100, 2)).unwrap();
    image.blur(u32::MAX).unwrap();
    assert_eq!(image.bytes(), [50, 25, 1].repeat(4)); // 2 / 4 rounds up
}

#[test]
fn keeps_white_white() {
    let mut image = Image::from_bytes(40, 40, &[255; 40 * 40 * 3]).unwrap();
    image.blur(7).unwrap();
    assert_eq!(image.bytes(), [255; 40 * 40 * 3]);
}
