//! What an exercise comes to: it is built, and its check program run. The command `check`
//! and the screen of `watch` ask here, and print what came of it each in its own way.

mod judged;
mod place;
mod program;

use std::path::Path;

use builder::fast::{Failed, Plan, Stage, Why};
use builder::{BuildError, CargoBuild, Colour, Running};
use course::Exercise;

pub use judged::{Checked, Judged, Status};
pub use program::Standby;

use crate::screen::{here, me};
use crate::trouble::Trouble;
use place::Place;
use program::{Started, Waits};

/// How somebody wants an exercise judged.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asking {
    /// Whether the compiler's messages are to be coloured.
    pub coloured: bool,
    /// Whether `progress` is to hear how it is built, and why.
    pub verbose: bool,
}

/// Builds an exercise and has it judged. `progress` hears what is going on; whoever holds
/// `running` can end it, and then what comes back means nothing.
pub fn judge(
    root: &Path,
    exercise: &Exercise,
    asking: Asking,
    running: &Running,
    progress: &mut (dyn FnMut(&str) + Send),
) -> Result<Judged, Trouble> {
    judge_with(
        root,
        exercise,
        asking,
        running,
        &mut Standby::default(),
        progress,
    )
}

/// The same, by a check program that was made ready before, if it is this exercise's.
pub fn judge_with(
    root: &Path,
    exercise: &Exercise,
    asking: Asking,
    running: &Running,
    standby: &mut Standby,
    progress: &mut (dyn FnMut(&str) + Send),
) -> Result<Judged, Trouble> {
    refuse_without_files(exercise)?;
    let place = Place::of(root)?;
    let slug = &exercise.slug;
    let colour = match asking.coloured {
        true => Colour::Yes,
        false => Colour::No,
    };
    let say = |how: &str| {
        if asking.verbose {
            eprintln!("note: {how}");
        }
    };
    progress(&format!("building {slug} …"));
    match quickly(&place, exercise, colour, running, standby, progress) {
        Ok(judged) => {
            say(&format!("`{slug}` was built by `rustc`, called directly"));
            return judged;
        }
        Err(why) => say(&format!("cargo builds `{slug}`: {why}")),
    }
    // The program that waits is not the one that cargo is about to build.
    standby.dismiss();
    let build = CargoBuild {
        root,
        slug,
        only: &[],
        target: &place.target,
        python: place.named.as_deref(),
        colour,
    };
    let built = build.run(running, &mut |line| {
        progress(&format!("building {slug}: {line}"))
    });
    let built = match built {
        Ok(built) => built,
        Err(BuildError::Compile { messages, .. }) => return Ok(Judged::DoesNotBuild(messages)),
        Err(other) => return Err(other.into()),
    };
    let program = built.program("checks")?;
    if let Err(why) = Plan::record(place.site(), slug, &built) {
        say(&format!(
            "the next time cargo will build `{slug}`, too: {why}"
        ));
    }
    progress(&format!("judging {slug} …"));
    let started = Started::new(&place, exercise, program, running, Waits::ForNothing)?;
    started.judged(running, built.warnings)
}

/// Without cargo, where there is a plan for it. While the compiler works, the check program
/// gets a Python ready.
fn quickly(
    place: &Place<'_>,
    exercise: &Exercise,
    colour: Colour,
    running: &Running,
    standby: &mut Standby,
    progress: &mut (dyn FnMut(&str) + Send),
) -> Result<Result<Judged, Trouble>, Why> {
    let plan = Plan::find(place.site(), &exercise.slug)?;
    let digest = exercise.digest().ok();
    let start = || {
        let program = plan.program("checks")?;
        Started::new(place, exercise, program, running, Waits::ForTheBuild)
    };
    let mut started = standby.take(exercise, &plan, running).map(Ok);
    let built = plan.build(place.site(), colour, running, &mut |stage| match stage {
        // The compiler first: it is what takes the time.
        Stage::AtWork => {
            started.get_or_insert_with(start);
        }
        Stage::Made(built) => {
            progress(&format!("judging {} …", exercise.slug));
            if let Ok(started) = started.get_or_insert_with(start) {
                started.tell(built, digest.as_deref());
            }
        }
    });
    let built = match built {
        Ok(built) => built,
        Err(failed) => {
            if let Some(Ok(started)) = started {
                started.never_mind(running);
            }
            return match failed {
                Failed::Refused(error) => Ok(match error {
                    BuildError::Compile { messages, .. } => Ok(Judged::DoesNotBuild(messages)),
                    other => Err(other.into()),
                }),
                Failed::Unusual(why) => Err(why),
            };
        }
    };
    let started = started.expect("what was made was told to somebody");
    Ok(started.and_then(|started| started.judged(running, built.warnings)))
}

fn refuse_without_files(exercise: &Exercise) -> Result<(), Trouble> {
    if !exercise.dir.is_dir() {
        let (folder, slug) = (here(&exercise.dir), &exercise.slug);
        return Err(Trouble::new(
            format!("`{folder}`, the folder of `{slug}`, is not there"),
            format!(
                "put it back; if it has another name now, start `{} watch` again",
                me()
            ),
        ));
    }
    let Some(file) = exercise.deleted_paths().into_iter().next() else {
        return Ok(());
    };
    let (file, slug) = (here(&file).into_owned(), &exercise.slug);
    Err(Trouble::new(
        format!("`{file}`, the file of `{slug}` that you edit, is not there"),
        format!("run `{} reset {slug}`: its starter comes back", me()),
    ))
}
