//! The library: adds up sheets of numbers. Supplied; nothing to edit here.
//!
//! It is plain Rust and knows nothing of Python. A line of a sheet is a number, or
//! `@name`, which stands for the total of another sheet. Where the sheets come from is
//! the caller's business, and so is what can go wrong there: any error will do.
//!
//! What went wrong is a chain. Each error says its own part and nothing more; the one
//! that it came from is its `source()`.

use std::error::Error;
use std::fmt;

/// An error of whatever type: one of the library's own, the standard library's, or one
/// that the caller's `fetch` returned.
pub type AnyError = Box<dyn Error + Send + Sync>;

/// This sheet has no total. Its source is what `fetch` said, a [`LineError`], or a
/// [`CircleError`].
#[derive(Debug)]
pub struct SheetError {
    name: String,
    source: AnyError,
}

/// This line does not count. Its source is a `ParseIntError`, a [`TooLarge`], or the
/// [`SheetError`] of the sheet that it stands for.
#[derive(Debug)]
pub struct LineError {
    number: usize,
    text: String,
    source: AnyError,
}

/// A sheet cannot be part of itself.
#[derive(Debug)]
pub struct CircleError;

/// More than an `i64` can hold.
#[derive(Debug)]
pub struct TooLarge;

impl fmt::Display for SheetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sheet `{}` has no total", self.name)
    }
}

impl fmt::Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, `{}`, does not count", self.number, self.text)
    }
}

impl fmt::Display for CircleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it is part of itself")
    }
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the sum is too large")
    }
}

impl Error for SheetError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}

impl Error for LineError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}

impl Error for CircleError {}

impl Error for TooLarge {}

/// The total of the sheet that `fetch` gives for this name.
pub fn total(
    name: &str,
    fetch: &mut dyn FnMut(&str) -> Result<String, AnyError>,
) -> Result<i64, SheetError> {
    total_inside(name, fetch, &mut Vec::new())
}

/// `around` are the sheets that this one is part of.
fn total_inside(
    name: &str,
    fetch: &mut dyn FnMut(&str) -> Result<String, AnyError>,
    around: &mut Vec<String>,
) -> Result<i64, SheetError> {
    let mut read = || {
        if around.iter().any(|other| other == name) {
            return Err(CircleError.into());
        }
        let sheet = fetch(name)?;
        around.push(name.to_owned());
        let sum = add_up(&sheet, fetch, around)?;
        around.pop();
        Ok(sum)
    };
    read().map_err(|source| SheetError {
        name: name.to_owned(),
        source,
    })
}

fn add_up(
    sheet: &str,
    fetch: &mut dyn FnMut(&str) -> Result<String, AnyError>,
    around: &mut Vec<String>,
) -> Result<i64, LineError> {
    let mut sum: i64 = 0;
    for (at, line) in sheet.lines().enumerate() {
        let mut count = || -> Result<i64, AnyError> {
            let number = match line.strip_prefix('@') {
                Some(other) => total_inside(other, fetch, around)?,
                None => line.trim().parse()?,
            };
            Ok(sum.checked_add(number).ok_or(TooLarge)?)
        };
        sum = count().map_err(|source| LineError {
            number: at + 1,
            text: line.to_owned(),
            source,
        })?;
    }
    Ok(sum)
}
