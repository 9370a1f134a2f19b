//! `init`: a learner's own copy of the workbook.

use std::path::PathBuf;
use std::process::ExitCode;

use console::style;

use crate::supply::Supply;
use crate::trouble::Trouble;

/// What was typed.
#[derive(clap::Args)]
pub struct Options {
    /// The folder to make
    pub dir: PathBuf,
}

pub fn run(options: &Options) -> Result<ExitCode, Trouble> {
    let supply = Supply::at_hand()?;
    parcel::write_copy(&options.dir, &supply.files)?;
    let dir = options.dir.display();
    println!(
        "Made `{dir}`: your own copy, with {} exercises and without their solutions\n",
        supply.exercises()
    );
    let say = |word: &str, text: &str| println!("  {} {text}", style(format!("{word:<8}")).dim());
    say("next", &format!("`cd {dir}`, then `cargo run`"));
    // A command that is not installed is built from the copy, and knows of nothing newer.
    let update = match &supply.folder {
        Some(course) => format!("cargo bindery update --from {}", course.display()),
        None => "bindery update".to_owned(),
    };
    say(
        "later",
        &format!("`{update}` there brings what is new in the course; what you wrote stays"),
    );
    Ok(ExitCode::SUCCESS)
}
