//! The library: colours by name, from a text file. Supplied; nothing to edit here.
//!
//! It is plain Rust and knows nothing of Python. What can go wrong is an enum,
//! and each variant carries what a caller needs to know about it.

use std::path::{Path, PathBuf};
use std::{error, fmt, fs, io};

/// Red, green and blue.
pub type Colour = (u8, u8, u8);

/// Why there is no colour.
#[derive(Debug)]
pub enum PaletteError {
    /// The file could not be read; `cause` is what the system said.
    Unreadable { path: PathBuf, cause: io::Error },
    /// The line with this number, counted from 1, holds no colour but this text.
    NotAColour { line: usize, text: String },
    /// No colour has this name; `nearest` is one that differs in case alone.
    Unknown {
        name: String,
        nearest: Option<String>,
    },
}

impl fmt::Display for PaletteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PaletteError::Unreadable { path, cause } => {
                write!(f, "cannot read {}: {cause}", path.display())
            }
            PaletteError::NotAColour { line, text } => {
                write!(f, "line {line}: {text:?} is no colour")
            }
            PaletteError::Unknown {
                name,
                nearest: None,
            } => write!(f, "no colour is named {name:?}"),
            PaletteError::Unknown {
                name,
                nearest: Some(nearest),
            } => {
                write!(
                    f,
                    "no colour is named {name:?}, but one is named {nearest:?}"
                )
            }
        }
    }
}

impl error::Error for PaletteError {}

/// The colour of this name in the palette at `path`.
pub fn look_up(path: &Path, name: &str) -> Result<Colour, PaletteError> {
    let palette = read(path)?;
    if let Some((_, colour)) = palette.iter().find(|(known, _)| known == name) {
        return Ok(*colour);
    }
    let nearest = palette
        .into_iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name));
    Err(PaletteError::Unknown {
        name: name.to_owned(),
        nearest: nearest.map(|(known, _)| known),
    })
}

/// The names of all colours in the palette at `path`, in its order.
pub fn names(path: &Path) -> Result<Vec<String>, PaletteError> {
    Ok(read(path)?.into_iter().map(|(name, _)| name).collect())
}

/// Reads lines of the form `teal = #008080`; empty ones are skipped.
fn read(path: &Path) -> Result<Vec<(String, Colour)>, PaletteError> {
    let bytes = fs::read(path).map_err(|cause| PaletteError::Unreadable {
        path: path.to_owned(),
        cause,
    })?;
    let text = String::from_utf8_lossy(&bytes);
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    let entry = |(at, line): (usize, &str)| {
        let refused = || PaletteError::NotAColour {
            line: at + 1,
            text: line.to_owned(),
        };
        let (name, code) = line.split_once('=').ok_or_else(refused)?;
        let colour = colour(code.trim()).ok_or_else(refused)?;
        Ok((name.trim().to_owned(), colour))
    };
    lines.map(entry).collect()
}

fn colour(code: &str) -> Option<Colour> {
    let digits = code
        .strip_prefix('#')
        .filter(|d| d.len() == 6 && d.is_ascii())?;
    let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
    Some((part(0)?, part(2)?, part(4)?))
}
