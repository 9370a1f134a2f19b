//! A class from what was handed in to its marks.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use grader::marks::{Manuals, Rules};
use grader::model::{Asked, Results, Standing};
use grader::{Records, Roll, outputs};

use super::engines::absolute;
use super::judging;
use super::plan::{self, Planned};
use crate::screen::here;
use crate::trouble::Trouble;

/// Where results go.
pub const OUT: &str = "graded";

#[derive(clap::Args)]
#[group(id = "class")]
pub struct Options {
    /// The folder or archive of what was handed in: a folder, an archive or a file per student
    #[arg(value_name = "SUBMISSIONS")]
    pub collection: Option<PathBuf>,
    /// Who is in the class: a CSV file
    #[arg(long, value_name = "FILE")]
    pub roster: Option<PathBuf>,
    /// These exercises alone, with commas between them; without it, all that somebody handed in
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub exercises: Vec<String>,
    /// How the names of files tell who and what, such as {student}_{exercise}.rs
    #[arg(long, value_name = "PATTERN")]
    pub names: Option<String>,
    /// Where hidden checks are: <DIR>/<exercise>/checks.rs; without it, in solutions/
    #[arg(long, value_name = "DIR")]
    pub hidden: Option<PathBuf>,
    /// What the inputs of checks are made from; without it, drawn once for each output folder
    #[arg(long, value_name = "NUMBER")]
    pub seed: Option<u64>,
    /// Where results are written
    #[arg(long, value_name = "DIR", default_value = OUT)]
    pub out: PathBuf,
    #[command(flatten)]
    pub marks: Marks,
    #[command(flatten)]
    pub how: judging::Options,
}

/// How judgements become marks.
#[derive(clap::Args)]
pub struct Marks {
    /// What holds in this class: points, due dates, lateness, excuses; a TOML file
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    /// The worksheet that Moodle gave out, to be filled in
    #[arg(long, value_name = "FILE")]
    moodle_worksheet: Option<PathBuf>,
}

/// All three steps.
pub fn grade(options: &Options) -> Result<ExitCode, Trouble> {
    // What is wrong with the rules is better heard before an hour of judging.
    let planned = plan::make(options)?;
    options.marks.rules(&planned.roll)?;
    judging::judge(&planned, &options.how)?;
    finish(&options.out, &planned, &options.marks)
}

fn finish(out: &Path, planned: &Planned, marks: &Marks) -> Result<ExitCode, Trouble> {
    let records = Records::in_folder(&out.join("records"));
    write(out, &planned.roll, &records, marks)
}

/// Puts the marks together, in every form.
pub fn write(
    out: &Path,
    roll: &Roll,
    records: &Records,
    marks: &Marks,
) -> Result<ExitCode, Trouble> {
    let rules = marks.rules(roll)?;
    let manuals = Manuals::open(out)?;
    let before = std::fs::read(out.join("results.json")).ok();
    let before = before.and_then(|text| serde_json::from_slice::<Results>(&text).ok());
    let results = roll.results(records, &rules, &manuals);
    let options = outputs::Options {
        rules: &rules,
        moodle_worksheet: marks.moodle_worksheet.as_deref(),
    };
    let problems = outputs::write(&results, options, out)
        .map_err(|e| Trouble::new(e.to_string(), e.hint()))?;
    print!("{}", outputs::summary(&results));
    for problem in problems {
        println!("{}: {}", problem.place, problem.what);
    }
    let changes = before.map(|before| grader::marks::compare(&before, &results));
    if let Some(changes) = changes.filter(|changes| !changes.is_empty()) {
        println!("\nWhat changed since the last time:\n");
        print!("{}", grader::marks::table(&changes));
    }
    println!(
        "\nAll of it is in `{}`: open `report.html` there.",
        here(out)
    );
    let mut marks = results.students.iter().flat_map(|s| &s.exercises);
    let is_pending = marks.any(|mark| mark.standing == Standing::Pending);
    Ok(ExitCode::from(if is_pending { 2 } else { 0 }))
}

impl Marks {
    /// The same options for another `grade merge`.
    pub fn as_arguments(&self) -> Vec<OsString> {
        let files = [
            ("--rules", &self.rules),
            ("--moodle-worksheet", &self.moodle_worksheet),
        ];
        let given = files
            .into_iter()
            .filter_map(|(name, file)| Some((name, file.as_ref()?)));
        given
            .flat_map(|(name, file)| [name.into(), absolute(file).into()])
            .collect()
    }

    pub fn rules(&self, roll: &Roll) -> Result<Rules, Trouble> {
        match &self.rules {
            Some(file) => Ok(Rules::read(file, &may_be_named(roll)?)?),
            None => Ok(Rules::default()),
        }
    }
}

/// A class has one file of rules, which may name exercises that are not graded this time.
fn may_be_named(roll: &Roll) -> Result<Vec<Asked>, Trouble> {
    let others = plan::wanted(&[])?.into_iter().map(|exercise| Asked {
        exercise: exercise.slug,
        title: exercise.manifest.title,
        max_points: 0.0,
        concepts: Vec::new(),
        checks: Vec::new(),
    });
    Ok(roll.asked.iter().cloned().chain(others).collect())
}
