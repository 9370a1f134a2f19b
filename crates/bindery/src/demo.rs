//! `demo`: the examples, and each of them at work.

use std::process::{Command, ExitCode, ExitStatus};

use console::{Alignment, Term, pad_str, style, truncate_str};
use gallery::{
    Bench, Binding, Example, Gallery, Missing, Prepared, PreparedProgram, Program, State,
};
use serde_json::{Value, json};

use crate::news::Ticker;
use crate::screen::{here, me};
use crate::trouble::Trouble;
use crate::workshop::root;

pub fn run(name: Option<&str>, as_json: bool) -> Result<ExitCode, Trouble> {
    let root = root()?;
    let gallery = Gallery::open(&root)?;
    let Some(name) = name else {
        let bench = Bench::open(&root)?;
        match as_json {
            true => println!("{}", in_json(&gallery, &bench)?),
            false => list(&gallery, &bench)?,
        }
        return Ok(ExitCode::SUCCESS);
    };
    let example = named(&gallery, name)?;
    let bench = Bench::open(&root)?;
    match example {
        Example::Binding(binding) => show(&gallery, &bench, binding),
        Example::Program(program) => start(&bench, program),
    }
}

fn named<'a>(gallery: &'a Gallery, name: &str) -> Result<&'a Example, Trouble> {
    if let Some(example) = gallery.find(name) {
        return Ok(example);
    }
    // Its manifest may be one of those that cannot be read.
    let of_its_folder = |path: &std::path::Path| {
        let folder = path.parent().and_then(|folder| folder.file_name());
        folder.is_some_and(|folder| folder.to_string_lossy().contains(name))
    };
    for trouble in gallery.troubles() {
        if let gallery::GalleryError::Manifest { path, .. } = trouble
            && of_its_folder(path)
        {
            return Err(Trouble::new(trouble.to_string(), trouble.hint()));
        }
    }
    let near: String = gallery
        .near(name)
        .into_iter()
        .map(|e| format!("\n    {:<16} {}", e.about().name, e.about().summary))
        .collect();
    let like = match near.is_empty() {
        true => near,
        false => format!("; similar:{near}"),
    };
    Err(Trouble::new(
        format!("there is no example `{name}`{like}"),
        format!("run `{} demo` to see them all", me()),
    ))
}

fn show(gallery: &Gallery, bench: &Bench, binding: &Binding) -> Result<ExitCode, Trouble> {
    let mut ticker = Ticker::new();
    let prepared = bench.prepare(gallery, binding, &mut |news| ticker.hear(news));
    ticker.end();
    let ready = match prepared? {
        Prepared::Ready(ready) => ready,
        Prepared::Skipped(missing) => return Err(cannot(&binding.about.name, missing)),
    };
    let script = bench.home().join("demo.py");
    let out = bench.pictures(&binding.about.name);
    std::fs::write(&script, gallery::DEMO).map_err(|e| {
        Trouble::new(
            format!("cannot write `{}`: {e}", script.display()),
            "see who may write there",
        )
    })?;
    println!(
        "{}  {}",
        style(&binding.about.name).bold(),
        style(&binding.about.summary).dim()
    );
    let mut command = bench.python(&ready);
    command.arg(script).arg(&ready.module).arg(out);
    command.arg(bench.built_with(binding, &ready));
    // Paths are shown as they could be typed from here.
    if let Ok(here) = std::env::current_dir() {
        command.current_dir(here);
    }
    let status = status(&mut command)?;
    match status.code() {
        Some(0) => Ok(ExitCode::SUCCESS),
        Some(_) => Ok(ExitCode::from(1)),
        None => {
            eprintln!(
                "{} Python died in `{}` ({status})",
                style("error:").for_stderr().red().bold(),
                ready.module
            );
            Ok(ExitCode::from(1))
        }
    }
}

fn start(bench: &Bench, program: &Program) -> Result<ExitCode, Trouble> {
    let mut ticker = Ticker::new();
    let prepared = bench.prepare_program(program, &mut |news| ticker.hear(news));
    ticker.end();
    let mut ready = match prepared? {
        PreparedProgram::Ready(ready) => ready,
        PreparedProgram::Skipped(missing) => return Err(cannot(&program.about.name, missing)),
    };
    let status = status(&mut ready.command)?;
    // A signal has no code; shells say 128 and the signal.
    #[cfg(unix)]
    let signal = std::os::unix::process::ExitStatusExt::signal(&status).map(|s| 128 + s);
    #[cfg(not(unix))]
    let signal = None;
    let code = status.code().or(signal).unwrap_or(1);
    Ok(ExitCode::from(u8::try_from(code).unwrap_or(1)))
}

fn status(command: &mut Command) -> Result<ExitStatus, Trouble> {
    command.status().map_err(|e| {
        let program = command.get_program().to_string_lossy().into_owned();
        Trouble::new(
            format!("cannot start `{program}`: {e}"),
            "see that it is installed and on your PATH",
        )
    })
}

fn cannot(name: &str, missing: Missing) -> Trouble {
    Trouble::new(
        format!("`{name}` cannot be built here: {}", missing.why),
        missing.hint,
    )
}

fn word(state: &State) -> &'static str {
    match state {
        State::Ready => "ready",
        State::NotBuilt => "not built",
        State::Skipped(_) => "skipped",
    }
}

fn list(gallery: &Gallery, bench: &Bench) -> Result<(), Trouble> {
    if gallery.examples().is_empty() {
        println!("There are no examples in this workbook.");
    }
    let mut ticker = Ticker::new();
    let width = usize::from(Term::stdout().size().1).max(60);
    let examples = gallery.examples();
    let names = examples.iter().map(|e| e.about().name.len());
    let longest = names.max().unwrap_or_default();
    let (mut skipped, mut next) = (Vec::new(), None);
    for example in examples {
        let about = example.about();
        ticker.hear(gallery::News::Line(&format!(
            "trying what `{}` needs",
            about.name
        )));
        let state = bench.state(example)?;
        ticker.pause();
        let shown = match &state {
            State::Ready => style(word(&state)).green(),
            State::NotBuilt => {
                next.get_or_insert(&about.name);
                style(word(&state))
            }
            State::Skipped(missing) => {
                skipped.push((&about.name, missing.clone()));
                style(word(&state)).yellow()
            }
        };
        let line = format!(
            "{}  {}  {}",
            pad_str(&about.name, longest, Alignment::Left, None),
            pad_str(&shown.to_string(), 9, Alignment::Left, None),
            about.summary
        );
        println!("{}", truncate_str(&line, width, "…"));
    }
    ticker.end();
    for (name, missing) in skipped {
        println!("\n{} {name}: {}", style("skipped").yellow(), missing.why);
        println!("   hint: {}", missing.hint);
    }
    for trouble in gallery.troubles() {
        eprintln!("\n{} {trouble}", style("left out:").for_stderr().yellow());
        eprintln!("   hint: {}", trouble.hint());
    }
    println!(
        "\nPython {}: {}",
        bench.interpreter().version_string(),
        here(bench.interpreter().executable())
    );
    match (next, examples.first()) {
        (Some(next), _) => println!("next: `{} demo {next}` builds it and shows it", me()),
        (None, Some(first)) => println!("`{} demo {}` shows one", me(), first.about().name),
        (None, None) => {}
    }
    Ok(())
}

fn in_json(gallery: &Gallery, bench: &Bench) -> Result<Value, Trouble> {
    let mut examples = Vec::new();
    for example in gallery.examples() {
        let about = example.about();
        let state = bench.state(example)?;
        let mut line = json!({
            "name": about.name,
            "kind": "program",
            "summary": about.summary,
            "folder": about.folder,
            "state": word(&state),
        });
        if let Example::Binding(binding) = example {
            line["kind"] = "binding".into();
            line["module"] = binding.module.as_str().into();
        }
        if let State::Skipped(missing) = state {
            line["why"] = missing.why.into();
            line["hint"] = missing.hint.into();
        }
        examples.push(line);
    }
    let troubles = gallery.troubles().iter();
    let left_out = troubles.map(|t| json!({"message": t.to_string(), "hint": t.hint()}));
    Ok(json!({
        "version": 1,
        "python": bench.interpreter().version_string(),
        "examples": examples,
        "left_out": left_out.collect::<Vec<_>>(),
    }))
}
