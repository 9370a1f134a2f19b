//! `similar`: which answers of a class have places in common. It ranks them and writes the
//! pages that show where; what it means is for a human to find out.

use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use console::{measure_text_width, style, truncate_str};
use course::{Course, Exercise};
use grader::intake;
use grader::model::{Intake, StudentId};
use grader::similar::{Class, Files, Given, Likeness, Pair, compare, export, write};

use crate::screen::{here, me};
use crate::trouble::Trouble;
use crate::workshop::Workshop;

/// So many problems of a collection are told here; all of them are told by `grade`.
const MOST_PROBLEMS: usize = 10;

/// What was typed.
#[derive(clap::Args)]
pub struct Options {
    /// The folder or archive of what was handed in: a folder, an archive or a file per student
    #[arg(value_name = "SUBMISSIONS")]
    collection: PathBuf,
    /// Who is in the class: a CSV file
    #[arg(long, value_name = "FILE")]
    roster: Option<PathBuf>,
    /// These exercises alone, with commas between them; without it, all that somebody handed in
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    exercises: Vec<String>,
    /// How the names of files tell who and what, such as {student}_{exercise}.rs
    #[arg(long, value_name = "PATTERN")]
    names: Option<String>,
    /// How many pairs are ranked, each with a page of its own
    #[arg(long, value_name = "N", default_value_t = 20)]
    top: usize,
    /// Where the pages are written
    #[arg(long, value_name = "DIR", default_value = "similar")]
    out: PathBuf,
    /// Write the answers for JPlag, too: a new folder for each exercise
    #[arg(long, value_name = "DIR")]
    export_jplag: Option<PathBuf>,
    /// Write the answers for Dolos, too: a new archive for each exercise
    #[arg(long, value_name = "DIR")]
    export_dolos: Option<PathBuf>,
}

pub fn run(options: &Options) -> Result<ExitCode, Trouble> {
    let workshop = Workshop::open()?;
    let exercises = exercises(options, &workshop)?;
    let intake = taken_in(options, &exercises)?;
    let handed_in = |e: &&Exercise| intake.submissions.iter().any(|s| s.exercise == e.slug);
    let given = exercises.iter().filter(handed_in);
    let given = given.map(|exercise| given_by(exercise, &workshop.root));
    let given = given.collect::<Result<Vec<_>, _>>()?;
    let class = Class {
        students: &intake.students,
        submissions: &intake.submissions,
        given: &given,
    };
    let likeness = compare(&class, options.top);
    write(&class, &likeness, &options.out).map_err(|e| Trouble::new(e.to_string(), e.hint()))?;
    if let Some(folder) = &options.export_jplag {
        export::jplag(&class, folder).map_err(|e| unwritable(folder, &e))?;
    }
    if let Some(folder) = &options.export_dolos {
        export::dolos(&class, folder).map_err(|e| unwritable(folder, &e))?;
    }
    print(&class, &likeness);
    say_where(options);
    Ok(ExitCode::SUCCESS)
}

/// Those that were named, or the whole course, which is to be whole.
fn exercises(options: &Options, workshop: &Workshop) -> Result<Vec<Exercise>, Trouble> {
    if options.exercises.is_empty() {
        return Ok(Course::open(&workshop.root)?.exercises);
    }
    let named = options.exercises.iter();
    named
        .map(|name| workshop.named_or_next(Some(name)).cloned())
        .collect()
}

fn taken_in(options: &Options, exercises: &[Exercise]) -> Result<Intake, Trouble> {
    let reading = intake::Options {
        names: options.names.clone(),
        ..intake::Options::default()
    };
    let roster = options.roster.as_deref();
    let intake = intake::take_in(&options.collection, roster, exercises, &reading)
        .map_err(|e| Trouble::new(e.to_string(), e.hint()))?;
    if intake.submissions.is_empty() {
        return Err(Trouble::new(
            format!(
                "`{}` holds no answer to any of these exercises",
                here(&options.collection)
            ),
            format!("run `{} similar --help` to see how answers are found", me()),
        ));
    }
    for problem in intake.problems.iter().take(MOST_PROBLEMS) {
        let word = style("note:").for_stderr().yellow();
        eprintln!("{word} `{}` {}", problem.place, problem.what);
    }
    let more = intake.problems.len().saturating_sub(MOST_PROBLEMS);
    if more > 0 {
        eprintln!("      and {more} more like these");
    }
    Ok(intake)
}

/// What the exercise gave its class, and its published answer, which a released copy has not.
fn given_by(exercise: &Exercise, root: &Path) -> Result<Given, Trouble> {
    let solution = exercise.solution(root)?;
    Ok(Given {
        exercise: exercise.slug.clone(),
        title: exercise.manifest.title.clone(),
        starter: files(exercise, &exercise.starter_dir())?,
        solution: solution
            .map(|solution| files(exercise, &solution.dir))
            .transpose()?,
    })
}

/// The editable files as they are in a folder of ours.
fn files(exercise: &Exercise, folder: &Path) -> Result<Files, Trouble> {
    let editable = exercise.manifest.editable.iter();
    editable
        .map(|name| {
            let path = folder.join(name);
            let content = std::fs::read(&path).map_err(|e| {
                Trouble::new(
                    format!("`{}` cannot be read: {e}", here(&path)),
                    format!("bring it back with `git checkout -- {}`", here(&path)),
                )
            })?;
            Ok((name.to_string_lossy().into_owned(), content))
        })
        .collect()
}

/// An export is only written where nothing is in its way.
fn unwritable(folder: &Path, error: &Error) -> Trouble {
    let folder = here(folder);
    match error.kind() {
        ErrorKind::AlreadyExists => Trouble::new(
            format!("`{folder}` holds an export already"),
            "name a new folder",
        ),
        _ => Trouble::new(
            format!("`{folder}` cannot be written: {error}"),
            "name a folder that you can write to",
        ),
    }
}

fn print(class: &Class<'_>, likeness: &Likeness) {
    println!("{}\n", style("The pairs that are most alike").bold());
    ranking(class, &likeness.pairs);
    if !likeness.solutions.is_empty() {
        println!("\n{}\n", style("Nearest to the published answer").bold());
        ranking(class, &likeness.solutions);
    }
    let too_little: usize = likeness.exercises.iter().map(|e| e.too_little.len()).sum();
    if too_little > 0 {
        println!(
            "\n{too_little} not compared: too little in them is neither the starter's nor \
             everybody's"
        );
    }
    println!(
        "\nAlike need not mean taken: a short exercise has one natural answer. The page\n\
         shows the places, and what is usual in this class."
    );
}

/// In a pipe as wide as on the narrowest terminal that we know.
fn width() -> usize {
    usize::from(console::Term::stdout().size().1).clamp(80, 120)
}

fn ranking(class: &Class<'_>, pairs: &[Pair]) {
    if pairs.is_empty() {
        println!("  none has anything in common");
        return;
    }
    let room = (width() - 41) / 2;
    let head = format!(
        "{:>4}  {:>8}  {:>6}  {:<14}",
        "", "likeness", "shared", "exercise"
    );
    println!("{}", style(format!("{head}  who")).dim());
    for (pair, number) in pairs.iter().zip(1..) {
        let one = name(class, &pair.a, room);
        let gap = " ".repeat(room - measure_text_width(&one));
        let other = pair.b.as_ref();
        let other = other.map(|id| format!("{gap} {}", name(class, id, room)));
        println!(
            "{number:>4}  {:>6.0} %  {:>6}  {:<14}  {one}{}",
            100.0 * pair.likeness,
            pair.shared,
            truncate_str(&pair.exercise, 14, "…"),
            other.unwrap_or_default(),
        );
    }
}

/// The identifier alone where there is no room for the name too.
fn name(class: &Class<'_>, id: &StudentId, room: usize) -> String {
    let full = class.who(Some(id));
    let shown = match measure_text_width(&full) > room {
        true => &id.0,
        false => &full,
    };
    truncate_str(shown, room, "…").into_owned()
}

fn say_where(options: &Options) {
    let say = |word: &str, text: String| {
        println!("  {} {text}", style(format!("{word:<8}")).dim());
    };
    println!();
    say(
        "page",
        format!("`{}`", options.out.join("similar.html").display()),
    );
    say(
        "data",
        format!("`{}`", options.out.join("similar.json").display()),
    );
    if let Some(folder) = &options.export_jplag {
        let folder = folder.display();
        say(
            "jplag",
            format!(
                "`java -jar jplag.jar -l rust -bc {folder}/EXERCISE/base {folder}/EXERCISE/submissions`"
            ),
        );
    }
    if let Some(folder) = &options.export_dolos {
        let folder = folder.display();
        say(
            "dolos",
            format!("`dolos run -l rust {folder}/EXERCISE.zip`"),
        );
    }
}
