//! `check`: builds an exercise, has it judged, and prints the verdict.

use std::process::{Command, ExitCode, Stdio};

use builder::{BuildError, Colour, build_checks, target_folder};
use console::style;
use course::{Exercise, Progress};
use interpreter::Interpreter;
use serde_json::{Value, json};

use crate::screen::{Status, here, indent, me};
use crate::trouble::Trouble;
use crate::workshop::{State, Workshop};

/// What one exercise came to.
enum Judged {
    Ran {
        checks: Vec<Value>,
        warnings: String,
        said: String,
    },
    DoesNotBuild(String),
}

pub fn run(name: Option<&str>, all: bool, as_json: bool) -> Result<ExitCode, Trouble> {
    let workshop = Workshop::open()?;
    let chosen: Vec<&Exercise> = match all {
        true => workshop
            .exercises()
            .iter()
            .filter(|e| workshop.state(e) != State::New)
            .collect(),
        false => vec![workshop.named_or_next(name)?],
    };
    if chosen.is_empty() {
        return Err(Trouble::new(
            "you have not begun an exercise yet",
            format!("run `{} check` for the first one", me()),
        ));
    }
    let (mut reports, mut worst) = (Vec::new(), 0);
    for exercise in chosen {
        let judged = judge(&workshop, exercise, as_json)?;
        worst = worst.max(code(&judged));
        match as_json {
            true => reports.push(in_json(exercise, &judged)),
            false => print(&workshop, exercise, &judged),
        }
    }
    if as_json {
        println!("{}", json!({"version": 1, "exercises": reports}));
    }
    Ok(ExitCode::from(worst))
}

fn judge(workshop: &Workshop, exercise: &Exercise, as_json: bool) -> Result<Judged, Trouble> {
    if let Some(path) = exercise.deleted_paths().first() {
        let file = exercise.dir.join(path);
        let relative = file.strip_prefix(&exercise.dir).unwrap_or(path);
        return Err(Trouble::new(
            format!(
                "`{}`, the file of `{}` that you edit, is not there",
                here(&file),
                exercise.slug
            ),
            format!(
                "copy it back: `cp {} {}`",
                here(&exercise.starter_dir().join(relative)),
                here(&file)
            ),
        ));
    }
    let home = target_folder(&workshop.root, None).join("bindery");
    // A Python of the user's choice has a target folder of its own; the usual
    // one shares cargo's, so that `cargo test` finds everything built.
    let (target, python) = match std::env::var_os("PYO3_PYTHON").filter(|p| !p.is_empty()) {
        Some(_) => {
            let python = Interpreter::resolve(&home)?;
            (
                target_folder(&workshop.root, Some(&python.tag())),
                Some(python.executable().to_owned()),
            )
        }
        None => (target_folder(&workshop.root, None), None),
    };
    let colour = match console::colors_enabled() && !as_json {
        true => Colour::Yes,
        false => Colour::No,
    };
    let mut status = Status::new();
    status.say(&format!("building {} …", exercise.slug));
    let built = build_checks(
        &workshop.root,
        &exercise.slug,
        &target,
        python.as_deref(),
        colour,
        &mut |line| status.say(&format!("building {}: {line}", exercise.slug)),
    );
    let built = match built {
        Ok(built) => built,
        Err(BuildError::Compile { messages, .. }) => return Ok(Judged::DoesNotBuild(messages)),
        Err(other) => return Err(other.into()),
    };
    let program = built.program("checks")?;
    status.say(&format!("judging {} …", exercise.slug));
    let fault = |what: &str, e: std::io::Error| Trouble::new(format!("{what}: {e}"), "try again");
    let report = tempfile::NamedTempFile::new().map_err(|e| fault("no room for the report", e))?;
    let mut command = Command::new(program);
    command
        .current_dir(&exercise.dir)
        .env("CARGO_MANIFEST_DIR", &exercise.dir)
        .env("BINDERY_HOME", &home)
        .env("BINDERY_REPORT", report.path())
        .stdin(Stdio::null());
    if let Some(python) = &python {
        command.env("PYO3_PYTHON", python);
    }
    let output = command
        .output()
        .map_err(|e| fault("the check program does not start", e))?;
    drop(status);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let lines = std::fs::read_to_string(report.path()).unwrap_or_default();
    let checks: Vec<Value> = lines
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    if checks.is_empty() {
        let message = format!(
            "the check program of `{}` came to no verdict\n\n{}",
            exercise.slug,
            said.trim_end()
        );
        return Err(Trouble::new(
            message,
            format!("run `cargo test -p {}` to see more", exercise.slug),
        ));
    }
    Ok(Judged::Ran {
        checks,
        warnings: built.warnings,
        said,
    })
}

fn code(judged: &Judged) -> u8 {
    match judged {
        Judged::DoesNotBuild(_) => 1,
        Judged::Ran { checks, .. } if checks.iter().any(|c| c["status"] == "error") => 2,
        Judged::Ran { checks, .. } => u8::from(checks.iter().any(|c| c["status"] != "passed")),
    }
}

fn print(workshop: &Workshop, exercise: &Exercise, judged: &Judged) {
    let slug = &exercise.slug;
    println!(
        "{}  {}",
        style(format!("{slug}: {}", exercise.manifest.title)).bold(),
        style(here(&exercise.dir)).dim()
    );
    let (checks, warnings, said) = match judged {
        Judged::DoesNotBuild(messages) => {
            println!("\n{}\n", messages.trim_end());
            println!("{} it does not compile yet", style("FAIL").red().bold());
            advise(exercise, std::iter::once(messages.as_str()));
            return;
        }
        Judged::Ran {
            checks,
            warnings,
            said,
        } => (checks, warnings, said),
    };
    if !warnings.is_empty() {
        println!("\n{}", warnings.trim_end());
    }
    println!();
    let text = |check: &Value, key: &str| check[key].as_str().unwrap_or_default().to_owned();
    let (mut points, mut passed, mut failures) = (0, 0, Vec::new());
    for check in checks {
        let worth = check["points"].as_u64().unwrap_or_default();
        let word = match check["status"].as_str() {
            Some("passed") => {
                points += worth;
                passed += 1;
                style("pass").green()
            }
            Some("failed") => style("FAIL").red().bold(),
            _ => style("ERROR").magenta().bold(),
        };
        println!("  {word}  {}", text(check, "claim"));
        if check["status"] == "passed" {
            continue;
        }
        failures.push(text(check, "message"));
        println!("\n{}", indent(&text(check, "message"), 8));
        if let (Some(expected), Some(got)) = (check["expected"].as_str(), check["got"].as_str()) {
            println!("          expected  {expected}\n          got       {got}");
        }
        for note in check["notes"].as_array().into_iter().flatten() {
            let (title, body) = (
                note[0].as_str().unwrap_or_default(),
                note[1].as_str().unwrap_or_default(),
            );
            println!(
                "\n{}\n{}",
                indent(&format!("{title}:"), 8),
                indent(body, 10)
            );
        }
        println!();
    }
    if !said.trim().is_empty() {
        eprintln!("{}", said.trim_end());
    }
    println!(
        "\n{passed} of {} checks pass, {points} of {} points",
        checks.len(),
        exercise.total_points()
    );
    if failures.is_empty() {
        match workshop.next() {
            Some(next) => println!(
                "\nnext: {}, in {}: `{} check {}`",
                next.slug,
                here(&next.dir),
                me(),
                next.slug
            ),
            None => println!(
                "\nThat was the last one: all {} exercises are done.",
                workshop.exercises().len()
            ),
        }
    } else {
        advise(exercise, failures.iter().map(String::as_str));
    }
}

/// The next command: the hint for this very message where there is one.
fn advise<'a>(exercise: &Exercise, mut said: impl Iterator<Item = &'a str>) {
    let slug = &exercise.slug;
    let keyed = exercise
        .hints()
        .ok()
        .and_then(|hints| said.find_map(|text| hints.keyed(text).map(|h| h.title.clone())));
    let hint = style("hint:").cyan().bold();
    match keyed {
        Some(signature) => println!(
            "\n{hint} there is one for this: `{} hint {slug} --for \"{signature}\"`",
            me()
        ),
        None => println!("\n{hint} `{} hint {slug}`", me()),
    }
}

fn in_json(exercise: &Exercise, judged: &Judged) -> Value {
    let mut report = json!({
        "id": exercise.id(),
        "slug": exercise.slug,
        "title": exercise.manifest.title,
        "max_points": exercise.total_points(),
    });
    match judged {
        Judged::DoesNotBuild(messages) => {
            report["status"] = "does-not-build".into();
            report["points"] = 0.into();
            report["compiler"] = messages.as_str().into();
            report["checks"] = json!([]);
        }
        Judged::Ran {
            checks, warnings, ..
        } => {
            let passed = checks.iter().filter(|c| c["status"] == "passed");
            report["status"] = ["passed", "failed", "error"][usize::from(code(judged))].into();
            report["points"] = passed
                .filter_map(|c| c["points"].as_u64())
                .sum::<u64>()
                .into();
            report["compiler"] = warnings.as_str().into();
            report["checks"] = checks.clone().into();
        }
    }
    report
}

/// Whether the last run of an exercise is still about what is in its files.
pub fn last_run(workshop: &Workshop, exercise: &Exercise) -> Option<(usize, usize)> {
    let progress = Progress::load(&workshop.root, exercise).ok()?;
    (!progress.checks.is_empty()).then(|| {
        (
            progress.checks.iter().filter(|c| c.passed).count(),
            progress.checks.len(),
        )
    })
}
