//! The command. It parses what was typed, asks the crates that know, and prints
//! what they say. It decides nothing about exercises and examples itself.

mod check;
mod demo;
mod doctor;
mod grade;
mod hint;
mod home;
mod init;
mod jail;
mod judging;
mod lab;
mod list;
mod new;
mod news;
mod progress;
mod read;
mod release;
mod reset;
mod results;
mod screen;
mod similar;
mod skeleton;
mod solution;
mod supply;
mod terminal;
mod trouble;
mod update;
mod verdict;
mod watch;
mod workshop;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::trouble::Trouble;

/// A workbook about joining native code and Python.
///
/// Without a command it shows where you are and what comes next.
#[derive(Parser)]
#[command(name = "bindery", bin_name = screen::me(), version, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Work on an exercise: it is checked each time you save
    Watch(watch::Options),
    /// Show all exercises and what you have done of each
    List(list::Options),
    /// Build an exercise and judge it: the next one, or the one you name
    Check {
        /// An exercise, or part of its name
        name: Option<String>,
        /// Check every exercise that you have changed
        #[arg(long, conflicts_with = "name")]
        all: bool,
        /// Print JSON instead
        #[arg(long, long_help = check::JSON)]
        json: bool,
        /// Say how it was built
        #[arg(long, short)]
        verbose: bool,
    },
    /// Show the next hint of an exercise
    Hint {
        /// An exercise, or part of its name; without one, the next exercise
        name: Option<String>,
        /// Show this step, 1 to 3, and those before it
        #[arg(long, value_parser = clap::value_parser!(u8).range(1..=3))]
        step: Option<u8>,
        /// Show the hint for this message or error code
        #[arg(long = "for", value_name = "MESSAGE", conflicts_with = "step")]
        message: Option<String>,
    },
    /// Bring back an exercise's starter; what you wrote is kept
    Reset(reset::Options),
    /// Show how the solution differs from your answer, once yours passes
    Diff(solution::Options),
    /// Print what you have done, as a table or as JSON
    Progress(results::Options),
    /// Write a copy of the workbook to work in
    Init(init::Options),
    /// Bring what is new in the course into this copy; your answers stay as they are
    Update(update::Options),
    /// Write the two folders of a new exercise
    New(new::Options),
    /// Show the examples: one library, joined to Python with each tool
    Demo {
        /// An example; without one, all are listed
        name: Option<String>,
        /// Print the list as JSON
        #[arg(long, conflicts_with = "name")]
        json: bool,
    },
    /// Measure what people say about bindings, on this machine
    #[command(args_conflicts_with_subcommands = true)]
    Lab {
        #[command(subcommand)]
        command: Option<lab::LabCommand>,
        /// Print the list as JSON
        #[arg(long)]
        json: bool,
    },
    /// Read the book in a browser; it is built again when a file changes
    Read {
        /// A page, as `gil/detach`, or an exercise; without one, the first page
        page: Option<String>,
        /// The port to listen on, on this machine alone
        #[arg(long)]
        port: Option<u16>,
        /// Open no browser
        #[arg(long)]
        no_open: bool,
    },
    /// Grade what a class handed in
    Grade(Box<grade::Options>),
    /// Show which answers of a class have places in common
    Similar(similar::Options),
    /// Write the students' copy: a folder, an archive or a commit, without solutions
    Release(release::Options),
    /// See whether this machine has what the exercises need
    Doctor {
        /// Print JSON instead
        #[arg(long)]
        json: bool,
    },
    #[command(hide = true)]
    Jail(jail::Options),
    /// Print a completion script for your shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// A reader that has seen enough closes the pipe, as `head` does. That is nobody's mistake,
/// so it ends the program as it would end any other, with what shells say of SIGPIPE.
fn end_quietly_on_a_closed_pipe() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let words = panic.payload().downcast_ref::<String>();
        if words.is_some_and(|words| words.starts_with("failed printing to std")) {
            std::process::exit(141);
        }
        usual(panic);
    }));
}

fn main() -> ExitCode {
    end_quietly_on_a_closed_pipe();
    let outcome = match Cli::parse().command {
        None => home::show(),
        Some(Command::Watch(options)) => watch::run(&options),
        Some(Command::List(options)) => list::show(&options),
        Some(Command::Check {
            name,
            all,
            json,
            verbose,
        }) => check::run(name.as_deref(), all, json, verbose),
        Some(Command::Hint {
            name,
            step,
            message,
        }) => hint::show(name.as_deref(), step, message.as_deref()),
        Some(Command::Reset(options)) => reset::run(&options),
        Some(Command::Diff(options)) => solution::run(&options),
        Some(Command::Progress(options)) => results::run(&options),
        Some(Command::Init(options)) => init::run(&options),
        Some(Command::Update(options)) => update::run(&options),
        Some(Command::New(options)) => new::run(&options),
        Some(Command::Demo { name, json }) => demo::run(name.as_deref(), json),
        Some(Command::Lab { command, json }) => lab::run(command, json),
        Some(Command::Read {
            page,
            port,
            no_open,
        }) => read::run(page.as_deref(), port, no_open).map(|never| match never {}),
        Some(Command::Jail(options)) => jail::run(&options),
        Some(Command::Grade(options)) => grade::run(&options),
        Some(Command::Similar(options)) => similar::run(&options),
        Some(Command::Release(options)) => release::run(&options),
        Some(Command::Doctor { json }) => doctor::show(json),
        Some(Command::Completions { shell }) => {
            clap_complete::generate(
                shell,
                &mut Cli::command(),
                "bindery",
                &mut std::io::stdout(),
            );
            Ok(ExitCode::SUCCESS)
        }
    };
    outcome.unwrap_or_else(|trouble: Trouble| {
        eprintln!("{}", trouble.rendered());
        ExitCode::from(2)
    })
}
