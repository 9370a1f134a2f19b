//! Files: an image is read from and written to PNG. What the bytes of a PNG mean is left to the
//! `png` crate; here its many kinds of pixel become ours.

use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::Path;

use png::{ColorType, DecodingError, EncodingError, Info, Limits, Transformations};

use crate::{Error, Image, MAX_PIXELS};

/// The keyword under which the PNG standard keeps a title.
const TITLE: &str = "Title";

/// The longest title that is unpacked, in bytes.
const TITLE_LIMIT: usize = 64 << 10;

/// The most memory the decoder may set aside for its own use.
const DECODER_LIMIT: usize = 64 << 20;

impl Image {
    /// Reads a PNG file of any kind: grey, colour or palette, 1 to 16 bits.
    ///
    /// What is transparent is laid on white paper, for our pixels know no transparency.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let file = File::open(path).map_err(|e| cannot("read", path, e))?;
        let mut decoder = png::Decoder::new_with_limits(
            BufReader::new(file),
            Limits {
                bytes: DECODER_LIMIT,
            },
        );
        // Palettes, bit depths below 8 and 16 bits all become 8 bits a sample.
        decoder.set_transformations(Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().map_err(|e| broken(path, e))?;

        // The size is only announced so far. It is judged before memory is set aside for it.
        let (width, height) = reader.info().size();
        if u64::from(width) * u64::from(height) > u64::from(MAX_PIXELS) {
            return Err(Error::FileTooLarge {
                path: path.into(),
                width,
                height,
            });
        }
        let mut image = Self::new(width, height)?;

        let (color, _) = reader.output_color_type();
        let length = width as usize * height as usize * color.samples();
        let mut samples = Vec::new();
        samples.try_reserve_exact(length)?;
        samples.resize(length, 0);
        reader
            .next_frame(&mut samples)
            .map_err(|e| broken(path, e))?;
        reader.finish().map_err(|e| broken(path, e))?; // a title may stand after the pixels

        let pixels = image.bytes_mut().chunks_exact_mut(3);
        for (pixel, sample) in pixels.zip(samples.chunks_exact(color.samples())) {
            pixel.copy_from_slice(&to_rgb(color, sample));
        }
        if let Some(title) = title(reader.info()) {
            // A title that is no title (it holds a NUL) is no reason to refuse the picture.
            let _ = image.set_title(&title);
        }
        Ok(image)
    }

    /// Writes a PNG file, with the title in it. An existing file is replaced.
    pub fn write(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        let path = path.as_ref();
        // Encoded first, written afterwards: what cannot be encoded leaves no half a file.
        let encoded = self.encode().map_err(|source| Error::Encode {
            path: path.into(),
            source,
        })?;
        fs::write(path, encoded).map_err(|e| cannot("write", path, e))
    }

    fn encode(&self) -> Result<Vec<u8>, EncodingError> {
        let mut encoded = Vec::new();
        let mut encoder = png::Encoder::new(&mut encoded, self.width(), self.height());
        encoder.set_color(ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        if !self.title().is_empty() {
            encoder.add_itxt_chunk(TITLE.into(), self.title().into())?;
        }
        let mut writer = encoder.write_header()?;
        writer.write_image_data(self.bytes())?;
        writer.finish()?;
        Ok(encoded)
    }
}

/// One decoded pixel as red, green and blue.
fn to_rgb(color: ColorType, sample: &[u8]) -> [u8; 3] {
    match color {
        ColorType::Grayscale => [sample[0]; 3],
        ColorType::GrayscaleAlpha => [on_white(sample[0], sample[1]); 3],
        ColorType::Rgba => [0, 1, 2].map(|i| on_white(sample[i], sample[3])),
        // The decoder has replaced palette indices by their colours.
        ColorType::Rgb | ColorType::Indexed => [sample[0], sample[1], sample[2]],
    }
}

/// A sample with this much alpha, laid on white.
fn on_white(sample: u8, alpha: u8) -> u8 {
    let (sample, alpha) = (u32::from(sample), u32::from(alpha));
    ((sample * alpha + 255 * (255 - alpha) + 127) / 255) as u8
}

/// The title a file holds, in either of the chunks that may hold one.
fn title(info: &Info<'_>) -> Option<String> {
    if let Some(chunk) = info.utf8_text.iter().find(|chunk| chunk.keyword == TITLE) {
        let mut chunk = chunk.clone();
        // It may be compressed, and `get_text` alone would unpack it to any size.
        chunk.decompress_text_with_limit(TITLE_LIMIT).ok()?;
        return chunk.get_text().ok();
    }
    let latin1 = info
        .uncompressed_latin1_text
        .iter()
        .find(|chunk| chunk.keyword == TITLE);
    latin1.map(|chunk| chunk.text.clone())
}

fn cannot(action: &'static str, path: &Path, source: io::Error) -> Error {
    Error::Io {
        action,
        path: path.into(),
        source,
    }
}

/// A file that ends too early is a broken file; any other failure to read is the system's.
fn broken(path: &Path, error: DecodingError) -> Error {
    match error {
        DecodingError::IoError(e) if e.kind() != io::ErrorKind::UnexpectedEof => {
            cannot("read", path, e)
        }
        source => Error::BadFile {
            path: path.into(),
            source,
        },
    }
}
