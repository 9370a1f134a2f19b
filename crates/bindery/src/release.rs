//! `release`: the students' copy, to hand out.
//!
//! It has the same files as a copy that `init` makes, by the same means: what is released is what
//! was proved. Which files these are, and how they get where they shall be, is `parcel`'s.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use console::style;
use parcel::{Form, Released};

use crate::supply::Supply;
use crate::trouble::Trouble;
use crate::workshop::root;

/// What was typed.
#[derive(clap::Args)]
pub struct Options {
    /// The folder to make, or the archive: a name that ends with .zip, .tar.gz or .tgz
    pub to: PathBuf,
    /// Commit it to the git repository at this place, which is made if there is none
    #[arg(long)]
    pub git: bool,
}

pub fn run(options: &Options) -> Result<ExitCode, Trouble> {
    let supply = supply()?;
    let to = &options.to;
    let name = to.file_name().unwrap_or_default().to_string_lossy();
    let next = match Form::of(&name) {
        _ if options.git => {
            let released = parcel::commit_copy(to, &supply.files)?;
            if released == Released::Nothing {
                println!("`{}` has this release already", to.display());
                return Ok(ExitCode::SUCCESS);
            }
            to_push(to, released)
        }
        Some(_) => {
            parcel::write_archive(to, &supply.files)?;
            "hand it out; who has unpacked it goes there and types `cargo run`".to_owned()
        }
        None => {
            parcel::write_copy(to, &supply.files)?;
            format!("`cd {}`, then `cargo test` proves it", to.display())
        }
    };
    println!(
        "Released `{}`: {} exercises, without solutions and hidden checks\n\n  {} {next}",
        to.display(),
        supply.exercises(),
        style("next").dim()
    );
    Ok(ExitCode::SUCCESS)
}

/// The workbook that somebody stands in may have exercises of its own; else what this program
/// knows.
fn supply() -> Result<Supply, Trouble> {
    match root() {
        Ok(folder) => Supply::from(&folder),
        Err(_) => Supply::at_hand(),
    }
}

fn to_push(dir: &Path, released: Released) -> String {
    let dir = dir.display();
    match released {
        Released::First => format!(
            "`git -C {dir} remote add origin URL`, then `git -C {dir} push -u origin main`, \
             and mark it as a template there"
        ),
        _ => format!("`git -C {dir} push`; who has a copy gets it by `git pull`"),
    }
}
