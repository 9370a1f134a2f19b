//! `doctor`: whether this machine has what the exercises need, and for each
//! thing that is missing the command that brings it. What the examples need as well
//! stands in a section of its own, and none of it is needed for an exercise.

use std::process::{Command, ExitCode, Stdio};

use builder::{compiler, target_folder};
use console::style;
use gallery::{Bench, Gallery, Need};
use interpreter::{Environment, Interpreter, Libpython, Packages};
use serde_json::json;

use crate::grade::judging;
use crate::screen::me;
use crate::trouble::Trouble;
use crate::workshop::Workshop;

/// One line of the diagnosis.
struct Finding {
    name: String,
    needed: bool,
    /// What was found, or what is wrong and how to mend it.
    outcome: Result<String, (String, String)>,
}

pub fn show(as_json: bool) -> Result<ExitCode, Trouble> {
    let workshop = Workshop::open()?;
    let mut findings = vec![
        tool(
            "Rust",
            true,
            "rustc",
            "install it from your system's packages or with rustup",
        ),
        tool(
            "cargo",
            true,
            "cargo",
            "install it from your system's packages or with rustup",
        ),
        c_compiler(),
    ];
    findings.extend(python(&workshop));
    findings.extend([
        tool(
            "gdb",
            false,
            "gdb",
            "install `gdb` to see what each thread of a deadlock waits for",
        ),
        tool(
            "valgrind",
            false,
            "valgrind",
            "install `valgrind` to look for memory errors in C",
        ),
        tool(
            "clang",
            false,
            "clang",
            "install `clang` for its sanitizers",
        ),
        tool(
            "uv",
            false,
            "uv",
            "install `uv` to make the Python environment faster",
        ),
    ]);
    findings.extend(jails());
    let for_examples = examples(&workshop);
    let missing = findings
        .iter()
        .filter(|f| f.needed && f.outcome.is_err())
        .count();
    if as_json {
        let line = |f: &Finding| match &f.outcome {
            Ok(found) => json!({"name": f.name, "needed": f.needed, "ok": true, "found": found}),
            Err((wrong, fix)) => {
                json!({"name": f.name, "needed": f.needed, "ok": false, "wrong": wrong, "fix": fix})
            }
        };
        let lines = |findings: &[Finding]| findings.iter().map(line).collect::<Vec<_>>();
        println!(
            "{}",
            json!({"version": 1, "findings": lines(&findings), "examples": lines(&for_examples)})
        );
        return Ok(ExitCode::from(u8::from(missing > 0)));
    }
    print(&findings);
    if !for_examples.is_empty() {
        println!("\n  for the examples (`{} demo`)", me());
        print(&for_examples);
    }
    match missing {
        0 => println!("\nEverything that is needed is here."),
        1 => println!("\nOne thing is missing."),
        n => println!("\n{n} things are missing."),
    }
    Ok(ExitCode::from(u8::from(missing > 0)))
}

/// What could keep strangers' programs in, where somebody grades a class here.
fn jails() -> Vec<Finding> {
    let Ok(keeper) = judging::keeper() else {
        return Vec::new();
    };
    let probed = sandbox::probe(&[keeper.into_os_string(), "jail".into()]);
    let one = |(tier, works): (sandbox::Tier, Result<(), sandbox::Why>)| Finding {
        name: format!("jail: {}", judging::name_of(tier)),
        needed: false,
        outcome: match works {
            Ok(()) => Ok("works".to_owned()),
            Err(why) => Err((why.to_string(), "one of the jails is enough".to_owned())),
        },
    };
    probed.into_iter().map(one).collect()
}

fn print(findings: &[Finding]) {
    for Finding {
        name,
        needed,
        outcome,
    } in findings
    {
        match outcome {
            Ok(found) => println!("  {}       {name:<20} {found}", style("ok").green()),
            Err((wrong, fix)) => {
                let word = if *needed {
                    style("MISSING").red().bold()
                } else {
                    style("absent ").yellow()
                };
                println!("  {word}  {name:<20} {wrong}\n{:31}hint: {fix}", "");
            }
        }
    }
}

/// What the examples need beside all that: only what one of them asks for.
fn examples(workshop: &Workshop) -> Vec<Finding> {
    let (Ok(gallery), Ok(bench)) = (Gallery::open(&workshop.root), Bench::open(&workshop.root))
    else {
        // There are none, or there is no Python, which is said already.
        return Vec::new();
    };
    let wanted_by = |need: Need| {
        let examples = gallery.examples().iter().map(gallery::Example::about);
        let names = examples.filter(|about| about.needs.contains(&need));
        names
            .map(|about| about.name.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut findings = Vec::new();
    // The others are needed for the exercises too.
    for need in [Need::Cpp, Need::Boost] {
        let names = wanted_by(need);
        if names.is_empty() {
            continue;
        }
        let missing = |m: gallery::Missing| (format!("{}; needed by {names}", m.why), m.hint);
        findings.push(Finding {
            name: need.to_string(),
            needed: false,
            outcome: bench.probe(need).map_err(missing),
        });
    }
    if gallery.bindings().next().is_some() {
        let set = Packages::EXAMPLES;
        findings.push(Finding {
            name: "build tools".to_owned(),
            needed: false,
            outcome: Ok(match bench.environment() {
                Some(environment) => format!("in {}", environment.root().display()),
                None => format!(
                    "{} are installed on first use: {}",
                    set.contents(),
                    set.size()
                ),
            }),
        });
    }
    findings
}

/// A program that tells its version.
fn tool(name: &'static str, needed: bool, program: &str, fix: &str) -> Finding {
    let output = Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .output();
    let outcome = match output {
        Ok(output) if output.status.success() => Ok(String::from_utf8_lossy(&output.stdout)
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned()),
        Ok(_) => Err((format!("`{program} --version` fails"), fix.to_owned())),
        Err(_) => Err((format!("`{program}` is not on your PATH"), fix.to_owned())),
    };
    Finding {
        name: name.to_owned(),
        needed,
        outcome,
    }
}

/// The compiler, tried: it is also what rustc links with.
fn c_compiler() -> Finding {
    let fix =
        "install one: `apt install gcc`, `dnf install gcc`, `xcode-select --install`".to_owned();
    let outcome = compiler()
        .map_err(|e| (e.to_string(), fix.clone()))
        .and_then(|mut command| {
            let program = command.get_program().to_string_lossy().into_owned();
            let folder = tempfile::tempdir().map_err(|e| {
                (
                    e.to_string(),
                    "make room in the temporary folder".to_owned(),
                )
            })?;
            let source = folder.path().join("try.c");
            let tried =
                std::fs::write(&source, "int answer(void) { return 42; }\n").and_then(|()| {
                    command
                        .args(["-shared", "-fPIC", "-o"])
                        .arg(folder.path().join("try.so"))
                        .arg(source)
                        .output()
                });
            match tried {
                Ok(output) if output.status.success() => {
                    Ok(format!("`{program}` compiles and links"))
                }
                Ok(output) => Err((
                    String::from_utf8_lossy(&output.stderr).trim().to_owned(),
                    fix,
                )),
                Err(e) => Err((format!("`{program}`: {e}"), fix)),
            }
        });
    Finding {
        name: "C compiler, linker".to_owned(),
        needed: true,
        outcome,
    }
}

fn python(workshop: &Workshop) -> Vec<Finding> {
    let home = target_folder(&workshop.root, None).join("bindery");
    let needed = |name: &str, outcome| Finding {
        name: name.to_owned(),
        needed: true,
        outcome,
    };
    let python = match Interpreter::resolve(&home) {
        Err(error) => return vec![needed("Python", Err((error.to_string(), error.hint())))],
        Ok(python) => python,
    };
    let shared = match python.libpython() {
        Libpython::Shared(_) => "shared libpython",
        Libpython::Static(_) => "static libpython",
        Libpython::None => "no libpython",
    };
    let kind = if python.is_free_threaded() {
        ", free-threaded"
    } else {
        ""
    };
    let found = format!(
        "{}{kind}, {shared}: {}",
        python.version_string(),
        python.executable().display()
    );
    let headers = python
        .require_headers()
        .map(|folder| folder.display().to_string());
    let headers = headers.map_err(|e| (e.to_string(), e.hint()));
    vec![
        needed("Python", Ok(found)),
        needed("Python headers", headers),
        needed("cffi", cffi(&python, &home)),
    ]
}

/// The private environment, as it is now; `doctor` installs nothing.
fn cffi(python: &Interpreter, home: &std::path::Path) -> Result<String, (String, String)> {
    if let Some(environment) = Environment::find(python, Packages::EXERCISES, home) {
        return Ok(format!("in {}", environment.root().display()));
    }
    let can = Command::new(python.executable())
        .args(["-I", "-c", "import venv, ensurepip"])
        .output();
    match can {
        Ok(output) if output.status.success() => {
            Ok("is installed into a private environment on first use".into())
        }
        _ => Err((
            format!(
                "`{}` cannot make virtual environments",
                python.executable().display()
            ),
            "install the missing module: `apt install python3-venv`".into(),
        )),
    }
}
