//! The images of one connection, and what a request does with them. Bytes come and go in `frame`;
//! nothing here reads or writes them.

use std::any::Any;
use std::collections::HashMap;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

use ink::abi::Failure;
use ink::{Image, Pixel};
use prost::Message as _;

use crate::v1::request::Call;
use crate::v1::response::Result as Answer;
use crate::v1::{self, Done, Error, Made, Request, Response, Status};

// ANCHOR: owns_every_image
/// Owns every image of a connection. A client holds numbers; when this is dropped, so are the
/// images, whatever the client believes.
#[derive(Debug, Default)]
pub struct Server {
    images: HashMap<u64, Image>,
    /// Numbers are never used again: an old one must not come to mean another image.
    last: u64,
    may_crash: bool,
}
// ANCHOR_END: owns_every_image

impl Server {
    /// A server without images. `may_crash`: whether a client may ask it to.
    pub fn new(may_crash: bool) -> Self {
        Self {
            may_crash,
            ..Self::default()
        }
    }

    // ANCHOR: always_an_answer
    /// Answers the bytes of one request. Whatever they are, there is an answer.
    pub fn answer(&mut self, request: &[u8]) -> Response {
        let answer = match Request::decode(request) {
            Err(error) => Err(refused(Status::Malformed, error.to_string())),
            Ok(Request { call: None }) => Err(refused(
                Status::Malformed,
                "the request asks for nothing this server knows",
            )),
            // A panic is a bug of this side. The other gets its words, and the images stay: each
            // is sound, whatever happened to one.
            Ok(Request { call: Some(call) }) => catch_unwind(AssertUnwindSafe(|| self.call(call)))
                .unwrap_or_else(|payload| Err(refused(Status::Panic, words(&*payload)))),
        };
        Response {
            result: Some(answer.unwrap_or_else(Answer::Error)),
        }
    }
    // ANCHOR_END: always_an_answer

    fn call(&mut self, call: Call) -> Result<Answer, Error> {
        Ok(match call {
            Call::NewImage(size) => self.keep(Image::new(size.width, size.height)?),
            Call::FromPixels(v1::FromPixels {
                width,
                height,
                data,
            }) => self.keep(Image::from_bytes(width, height, &data)?),
            Call::Read(path) => self.keep(Image::read(OsStr::from_bytes(&path))?),
            Call::Write(v1::Write { image, path }) => {
                self.image(image)?.write(OsStr::from_bytes(&path))?;
                Answer::Done(Done {})
            }
            Call::Free(image) => {
                self.images.remove(&image).ok_or_else(|| no_such(image))?;
                Answer::Done(Done {})
            }
            Call::Title(image) => Answer::Text(self.image(image)?.title().to_owned()),
            Call::Describe(image) => Answer::Text(self.image(image)?.describe()),
            Call::Pixels(image) => Answer::Pixels(self.image(image)?.bytes().to_vec()),
            Call::SetTitle(v1::SetTitle { image, title }) => {
                let title = std::str::from_utf8(&title).map_err(|error| Failure::NotUtf8 {
                    name: "title",
                    at: error.valid_up_to(),
                })?;
                self.image(image)?.set_title(title)?;
                Answer::Done(Done {})
            }
            Call::GetPixel(v1::Place { image, x, y }) => {
                let Pixel { r, g, b } = self.image(image)?.pixel(x, y)?;
                Answer::Pixel(v1::Pixel {
                    r: r.into(),
                    g: g.into(),
                    b: b.into(),
                })
            }
            Call::SetPixel(v1::SetPixel { place, pixel }) => {
                let v1::Place { image, x, y } = place.unwrap_or_default();
                let pixel = bytes(pixel.unwrap_or_default())?;
                self.image(image)?.set_pixel(x, y, pixel)?;
                Answer::Done(Done {})
            }
            Call::Blur(v1::Blur { image, radius }) => {
                self.image(image)?.blur(radius)?;
                Answer::Done(Done {})
            }
            Call::Luma(pixel) => Answer::Number(bytes(pixel)?.luma().into()),
            Call::LiveAllocations(_) => Answer::Number(ink::live_allocations() as u64),
            Call::Crash(_) if self.may_crash => crash(),
            Call::Crash(_) => {
                return Err(refused(
                    Status::NotAllowed,
                    "this server may not be crashed",
                ));
            }
        })
    }

    fn keep(&mut self, image: Image) -> Answer {
        self.last += 1;
        let (width, height) = (image.width(), image.height());
        self.images.insert(self.last, image);
        Answer::Made(Made {
            image: self.last,
            width,
            height,
        })
    }

    fn image(&mut self, number: u64) -> Result<&mut Image, Error> {
        self.images.get_mut(&number).ok_or_else(|| no_such(number))
    }
}

/// What a wild pointer does, done on purpose: the kernel ends this process, and this one only.
fn crash() -> Answer {
    use rustix::process::{Signal, getpid, kill_process};
    // Again and again: the first one only makes Rust's own handler (which tells a stack overflow
    // from the rest) step aside.
    loop {
        let _ = kill_process(getpid(), Signal::SEGV);
    }
}

/// A pixel's three numbers, if each is a byte.
fn bytes(pixel: v1::Pixel) -> Result<Pixel, Error> {
    let byte = |number: u32| {
        let words = || format!("{number} is no byte");
        u8::try_from(number).map_err(|_| refused(Status::Malformed, words()))
    };
    Ok(Pixel::new(byte(pixel.r)?, byte(pixel.g)?, byte(pixel.b)?))
}

fn no_such(image: u64) -> Error {
    refused(
        Status::NoSuchImage,
        format!("this connection has no image {image}"),
    )
}

/// An error message.
fn refused(status: Status, message: impl Into<String>) -> Error {
    Error {
        status: status.into(),
        message: message.into(),
    }
}

/// What ink refuses, with ink's own number and words.
impl<F: Into<Failure>> From<F> for Error {
    fn from(failure: F) -> Self {
        let failure = failure.into();
        Error {
            status: failure.status() as i32,
            message: failure.to_string(),
        }
    }
}

fn words(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message")
}
