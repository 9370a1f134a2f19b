//! Files: what is written comes back, every kind of PNG becomes the same three bytes a pixel, and
//! what is broken or hostile is an error with a message.

use std::fs;
use std::path::{Path, PathBuf};

use ink::abi::{Failure, Status};
use ink::{Error, Image, Pixel};
use png::text_metadata::ITXtChunk;
use png::{BitDepth, ColorType};
use tempfile::TempDir;

/// A file with these bytes, in a folder that goes when the test does.
fn file(bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("picture.png");
    fs::write(&path, bytes).unwrap();
    (folder, path)
}

fn read(bytes: &[u8]) -> Result<Image, Error> {
    let (_folder, path) = file(bytes);
    Image::read(path)
}

/// A PNG of one row, of any kind.
fn encode(
    width: u32,
    color: ColorType,
    depth: BitDepth,
    data: &[u8],
    more: impl FnOnce(&mut png::Info<'_>),
) -> Vec<u8> {
    let mut info = png::Info::with_size(width, 1);
    (info.color_type, info.bit_depth) = (color, depth);
    more(&mut info);
    let mut bytes = Vec::new();
    let mut writer = png::Encoder::with_info(&mut bytes, info)
        .unwrap()
        .write_header()
        .unwrap();
    writer.write_image_data(data).unwrap();
    writer.finish().unwrap();
    bytes
}

fn rgb(width: u32, data: &[u8]) -> Vec<u8> {
    encode(width, ColorType::Rgb, BitDepth::Eight, data, |_| ())
}

#[track_caller]
fn check_status(error: Error, expect: Status, words: &str) {
    let failure = Failure::from(error);
    let message = failure.to_string();
    assert_eq!(failure.status(), expect, "{message}");
    assert!(
        message.contains(words),
        "`{message}` does not say `{words}`"
    );
}

#[test]
fn what_is_written_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    for (width, height, title) in [(1, 1, ""), (7, 3, "Hafen"), (64, 65, "墨 🖋")] {
        let path = folder.path().join("picture – é.png");
        let bytes: Vec<u8> = (0..width * height * 3)
            .map(|i| (i * 31 % 256) as u8)
            .collect();
        let mut image = Image::from_bytes(width, height, &bytes).unwrap();
        image.set_title(title).unwrap();
        image.write(&path).unwrap();

        let back = Image::read(&path).unwrap();
        assert_eq!(
            (back.width(), back.height(), back.title()),
            (width, height, title)
        );
        assert_eq!(back.bytes(), bytes);
    }
}

#[test]
fn every_kind_of_pixel_becomes_red_green_and_blue() {
    use BitDepth::*;
    use ColorType::*;
    let check = |color, depth, data: &[u8], expect: [u8; 6]| {
        let image = read(&encode(2, color, depth, data, |_| ())).unwrap();
        assert_eq!(image.bytes(), expect, "{color:?} {depth:?}");
    };
    check(Grayscale, One, &[0b0100_0000], [0, 0, 0, 255, 255, 255]);
    check(Grayscale, Two, &[0b0110_0000], [85, 85, 85, 170, 170, 170]);
    check(Grayscale, Four, &[0x3c], [51, 51, 51, 204, 204, 204]);
    check(Grayscale, Eight, &[9, 200], [9, 9, 9, 200, 200, 200]);
    check(
        Grayscale,
        Sixteen,
        &[9, 0xff, 200, 0],
        [9, 9, 9, 200, 200, 200],
    );
    check(Rgb, Eight, &[1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6]);
    check(
        Rgb,
        Sixteen,
        &[1, 9, 2, 9, 3, 9, 4, 9, 5, 9, 6, 9],
        [1, 2, 3, 4, 5, 6],
    );
    // Transparent ink is laid on white paper.
    check(
        GrayscaleAlpha,
        Eight,
        &[100, 255, 100, 0],
        [100, 100, 100, 255, 255, 255],
    );
    check(
        Rgba,
        Eight,
        &[1, 2, 3, 255, 0, 100, 200, 51],
        [1, 2, 3, 204, 224, 244],
    );
    check(
        Rgba,
        Sixteen,
        &[1, 9, 2, 9, 3, 9, 255, 255, 4, 9, 5, 9, 6, 9, 0, 0],
        [1, 2, 3, 255, 255, 255],
    );
}

#[test]
fn a_palette_is_looked_up_and_its_transparency_seen() {
    let palette = |info: &mut png::Info<'_>| {
        info.palette = Some(vec![10, 20, 30, 40, 50, 60].into());
        info.trns = Some(vec![255, 0].into());
    };
    for (depth, data) in [
        (BitDepth::Eight, &[0, 1][..]),
        (BitDepth::One, &[0b0100_0000]),
    ] {
        let bytes = encode(2, ColorType::Indexed, depth, data, palette);
        assert_eq!(read(&bytes).unwrap().bytes(), [10, 20, 30, 255, 255, 255]);
    }
}

#[test]
fn a_title_is_found_in_either_chunk() {
    let titled = |more: fn(&mut png::Info<'_>)| {
        let bytes = encode(1, ColorType::Rgb, BitDepth::Eight, &[1, 2, 3], more);
        read(&bytes).unwrap().title().to_owned()
    };
    assert_eq!(titled(|_| ()), "");
    assert_eq!(
        titled(|info| info.utf8_text.push(ITXtChunk::new("Title", "墨"))),
        "墨"
    );
    assert_eq!(
        titled(|info| info.utf8_text.push(ITXtChunk::new("Author", "墨"))),
        ""
    );
    let latin1 = |info: &mut png::Info<'_>| {
        let chunk = png::text_metadata::TEXtChunk::new("Title", "Käthe");
        info.uncompressed_latin1_text.push(chunk);
    };
    assert_eq!(titled(latin1), "Käthe");
}

#[test]
fn a_title_that_is_hostile_costs_only_the_title() {
    // One that holds a NUL, and one that unpacks to far more than it is.
    for text in ["a\0b".to_owned(), "ink".repeat(1 << 20)] {
        let bytes = encode(1, ColorType::Rgb, BitDepth::Eight, &[1, 2, 3], |info| {
            let mut chunk = ITXtChunk::new("Title", text);
            chunk.compressed = true;
            info.utf8_text.push(chunk);
        });
        assert!(bytes.len() < 100_000);
        let image = read(&bytes).unwrap();
        assert_eq!((image.title(), image.bytes()), ("", &[1, 2, 3][..]));
    }
}

#[test]
fn a_file_cut_short_anywhere_is_an_error() {
    let whole = rgb(3, &[9; 9]);
    assert!(read(&whole).is_ok());
    for length in 0..whole.len() {
        let error = read(&whole[..length]).expect_err(&format!("cut to {length} bytes"));
        check_status(
            error,
            Status::BadFile,
            "picture.png` is not a readable PNG: ",
        );
    }
}

#[test]
fn a_file_with_a_wrong_byte_is_an_error_or_an_image_and_never_a_panic() {
    let whole = rgb(3, &[9; 9]);
    for at in 0..whole.len() {
        for flip in [0x01, 0x80, 0xff] {
            let mut broken = whole.clone();
            broken[at] ^= flip;
            if let Err(error) = read(&broken) {
                let status = Failure::from(error).status();
                assert!(
                    matches!(status, Status::BadFile | Status::BadSize),
                    "byte {at}"
                );
            }
        }
    }
}

#[test]
fn what_is_no_png_is_an_error() {
    for bytes in [
        &b""[..],
        b"\n",
        b"This is a text.",
        b"\xff\xd8\xff\xe0 a JPEG",
    ] {
        check_status(
            read(bytes).unwrap_err(),
            Status::BadFile,
            "is not a readable PNG",
        );
    }
}

#[test]
fn a_file_that_announces_too_much_is_refused_before_memory_is_taken() {
    for (width, height) in [
        (65_535, 65_535),
        (4096, 4097),
        (i32::MAX as u32, i32::MAX as u32),
    ] {
        let mut bytes = Vec::new();
        drop(
            png::Encoder::new(&mut bytes, width, height)
                .write_header()
                .unwrap(),
        );
        assert!(bytes.len() < 100);
        // The decoder itself gives up on rows that no memory could hold.
        let (words, status) = if width > 65_535 {
            ("is not a readable PNG", Status::BadFile)
        } else {
            ("over the limit of 16777216", Status::BadSize)
        };
        // A data chunk, or the file would be refused for having none.
        bytes.truncate(33);
        bytes.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e");
        check_status(read(&bytes).unwrap_err(), status, words);
    }
}

#[test]
fn what_the_system_refuses_is_said_with_path_and_cause() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing.png");
    let error = Image::read(&missing).unwrap_err();
    check_status(error, Status::Io, "missing.png`: No such file");

    check_status(
        Image::read(folder.path()).unwrap_err(),
        Status::Io,
        "cannot read `",
    );

    let image = Image::new(1, 1).unwrap();
    let nowhere = folder.path().join("no such folder/card.png");
    check_status(
        image.write(&nowhere).unwrap_err(),
        Status::Io,
        "cannot write `",
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let mut image = Image::new(1, 1).unwrap();
    image.set_pixel(0, 0, Pixel::new(1, 2, 3)).unwrap();
    let error = image.write(Path::new("/dev/full")).unwrap_err();
    check_status(error, Status::Io, "cannot write `/dev/full`: No space left");
}

#[cfg(unix)]
#[test]
fn a_path_need_not_be_utf8() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder
        .path()
        .join(std::ffi::OsStr::from_bytes(b"caf\xe9.png"));
    let text = std::ffi::CString::new(path.as_os_str().as_bytes()).unwrap();
    let image = Image::new(2, 1).unwrap();
    let mut back = std::ptr::null_mut();
    // SAFETY: an image and a text of our own, and a handle that is freed once.
    unsafe {
        assert_eq!(ink::abi::ink_image_write(&image, text.as_ptr()), Status::Ok);
        assert_eq!(
            ink::abi::ink_image_read(text.as_ptr(), &mut back),
            Status::Ok
        );
        assert_eq!(ink::abi::ink_image_width(back), 2);
        ink::abi::ink_image_free(back);
    }
}
