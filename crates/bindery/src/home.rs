//! The home screen: where you are, what comes next, and one key to go on.

use std::process::ExitCode;

use console::{Key, Term, style};
use gallery::Gallery;

use ::lab::Lab;

use crate::screen::{bar, here, me, prose};
use crate::trouble::Trouble;
use crate::workshop::Workshop;
use crate::{check, demo, doctor, hint, lab, list, read, watch};

pub fn show() -> Result<ExitCode, Trouble> {
    let term = Term::stdout();
    let interactive = console::user_attended() && console::user_attended_stderr();
    loop {
        let workshop = Workshop::open()?;
        print_screen(&workshop);
        println!("  book     `{} read`: the book, in your browser", me());
        print_examples(&workshop);
        print_lab(&workshop);
        if !interactive {
            return Ok(ExitCode::SUCCESS);
        }
        println!(
            "\n  {} go on   {} check   {} hint   {} list   {} book\n  {} examples   {} lab   {} doctor   {} quit",
            key("Enter"),
            key("c"),
            key("h"),
            key("l"),
            key("b"),
            key("e"),
            key("m"),
            key("d"),
            key("q")
        );
        let outcome = loop {
            break match term.read_key() {
                Ok(Key::Enter) => return watch::run(&watch::Options::default()),
                Ok(Key::Char('c')) => check::run(None, false, false, false),
                Ok(Key::Char('h')) => hint::show(None, None, None),
                Ok(Key::Char('l')) => list::show(&list::Options::default()),
                Ok(Key::Char('b')) => read::run(None, None, false).map(|never| match never {}),
                Ok(Key::Char('e')) => demo::run(None, false),
                Ok(Key::Char('m')) => lab::run(None, false),
                Ok(Key::Char('d')) => doctor::show(false),
                Ok(Key::Char('q') | Key::Escape) => return Ok(ExitCode::SUCCESS),
                Ok(_) => continue,
                // Ctrl-C, or the terminal is gone.
                Err(_) => return Ok(ExitCode::from(130)),
            };
        };
        println!();
        if let Err(trouble) = outcome {
            eprintln!("{}", trouble.rendered());
        }
        println!("\n  {}  back    {}  quit", key("any key"), key("q"));
        match term.read_key() {
            Ok(Key::Char('q')) | Err(_) => return Ok(ExitCode::SUCCESS),
            Ok(_) => println!(),
        }
    }
}

fn key(name: &str) -> String {
    style(name).bold().to_string()
}

fn print_screen(workshop: &Workshop) {
    let (done, all) = (workshop.done(), workshop.exercises().len());
    println!(
        "{}  how native code and Python are joined\n",
        style("Bindery").bold()
    );
    println!("  {} {done} of {all} exercises done", bar(done, all, 30));
    for trouble in &workshop.survey.troubles {
        println!("\n{}", prose(&format!("left out: {trouble}"), 2));
        println!("{}", prose(&format!("hint: {}", trouble.hint()), 6));
    }
    let Some(next) = workshop.next() else {
        println!("\n  All of them. `{} list` shows them again.", me());
        return;
    };
    let manifest = &next.manifest;
    println!(
        "\n  next     {}  {}",
        style(&next.slug).bold(),
        manifest.title
    );
    println!(
        "  about    {}, {} minutes",
        manifest.concepts.join(", "),
        manifest.minutes
    );
    println!("  read     {}", here(&next.dir.join("README.md")));
    let files: Vec<String> = next
        .editable_paths()
        .map(|path| here(&path).into_owned())
        .collect();
    println!("  edit     {}", files.join(", "));
    println!(
        "  check    `{} check {}`, or `cargo test -p {}`",
        me(),
        next.slug,
        next.slug
    );
    if let Some((passed, run)) = check::last_run(workshop, next) {
        println!("  so far   {passed} of {run} checks pass");
    }
}

fn print_lab(workshop: &Workshop) {
    let count = Lab::open(&workshop.root).map_or(0, |lab| lab.experiments().len());
    if count > 0 {
        println!(
            "  lab      `{} lab`: what people say, measured in {count} experiments",
            me()
        );
    }
}

fn print_examples(workshop: &Workshop) {
    let count = Gallery::open(&workshop.root).map_or(0, |gallery| gallery.examples().len());
    if count > 0 {
        println!(
            "  demo     `{} demo`: one library joined to Python, in {count} ways",
            me()
        );
    }
}
