//! Every binding of ink is built as its users build it, installed, and held to one
//! suite: `tests/conformance`, where the same assertions stand for all of them.
//!
//! For each example there are up to four trials. `conforms` runs the suite on a binding,
//! `holds_the_books_session` what the book shows of each, `own_tests` the few tests of what an
//! example has beyond it, `demo` what its README shows. What a machine lacks is skipped aloud, and in CI nothing is. One trial more
//! compares the capability matrix with the sources, and with the table in the book.
//!
//! `cargo test -p proof --test bindings -- pybind11` tries one.

mod capabilities;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;

use gallery::{Bench, Binding, Example, Gallery, News, Prepared, PreparedProgram, Ready};
use interpreter::{Environment, Packages};
use libtest_mimic::{Arguments, Failed, Trial};
use proof::{root, strict};

struct Workshop {
    bench: Bench,
    gallery: Gallery,
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let opened = Bench::open(&root()).and_then(|bench| {
        let gallery = Gallery::open(&root())?;
        Ok(Arc::new(Workshop { bench, gallery }))
    });
    let workshop = match opened {
        Ok(workshop) => workshop,
        Err(error) => {
            eprintln!("error: {error}\n\nhint: {}", error.hint());
            return ExitCode::FAILURE;
        }
    };
    let mut trials = vec![
        trial("matrix::every_manifest_can_be_read", &workshop, manifests),
        trial("matrix::is_what_the_sources_say", &workshop, matrix),
    ];
    for (index, example) in workshop.gallery.examples().iter().enumerate() {
        let name = &example.about().name;
        let mut add = |what: &str, run: fn(&Workshop, &Example) -> Result<(), Failed>| {
            let workshop = workshop.clone();
            trials.push(Trial::test(format!("{name}::{what}"), move || {
                run(&workshop, &workshop.gallery.examples()[index])
            }));
        };
        if let Example::Binding(_) = example {
            add("conforms", conforms);
            add("holds_the_books_session", session);
        }
        if has_python_tests(&example.about().folder) {
            add("own_tests", own_tests);
        }
        add("demo", demo);
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn trial(name: &str, workshop: &Arc<Workshop>, run: fn(&Workshop) -> Result<(), Failed>) -> Trial {
    let workshop = workshop.clone();
    Trial::test(name, move || run(&workshop))
}

/// The binding, ready to be imported, or nothing if this machine cannot build it.
fn ready(workshop: &Workshop, binding: &Binding) -> Result<Option<Ready>, Failed> {
    let mut quiet = |_: News<'_>| {};
    let prepared = workshop
        .bench
        .prepare(&workshop.gallery, binding, &mut quiet);
    match prepared.map_err(|e| format!("{e}\n\nhint: {}", e.hint()))? {
        Prepared::Ready(ready) => Ok(Some(ready)),
        Prepared::Skipped(missing) => skipped(
            &binding.about.name,
            &missing.why,
            &missing.hint,
            excused(workshop, binding),
        ),
    }
}

/// A binding that no machine can build for this Python may be left out in CI too.
fn excused(workshop: &Workshop, binding: &Binding) -> bool {
    let version = workshop.bench.interpreter().version();
    let range = binding.about.python.as_ref();
    range.is_some_and(|(range, _)| !range.allows(version))
}

fn skipped<T>(name: &str, why: &str, hint: &str, excused: bool) -> Result<Option<T>, Failed> {
    if strict() && !excused {
        return Err(format!("`{name}` cannot be tried here: {why}\n\nhint: {hint}").into());
    }
    eprintln!("skipped: `{name}`: {why}; {hint}");
    Ok(None)
}

fn binding(example: &Example) -> &Binding {
    match example {
        Example::Binding(binding) => binding,
        Example::Program(program) => unreachable!("{} is a program", program.about.name),
    }
}

/// The suite, in one process of the private environment's Python.
fn conforms(workshop: &Workshop, example: &Example) -> Result<(), Failed> {
    let binding = binding(example);
    let Some(ready) = ready(workshop, binding)? else {
        return Ok(());
    };
    let suite = root().join("tests/conformance");
    let mut command = pytest(workshop.bench.python(&ready), &suite);
    command.args(["-c", "pytest.ini", "--module", &ready.module]);
    command.args(["--binding", &binding.about.name, "--capabilities"]);
    command.arg(&ready.capabilities).arg("--gate").arg(gate()?);
    run(command.arg("."))
}

/// What the pages on the side trips show: one session, which prints the same with every
/// binding. `BLESS=1` records what the last one printed.
fn session(workshop: &Workshop, example: &Example) -> Result<(), Failed> {
    let Some(ready) = ready(workshop, binding(example))? else {
        return Ok(());
    };
    let sessions = root().join("book/sessions");
    let mut command = workshop.bench.python(&ready);
    command.arg(sessions.join("ink.py")).arg(&ready.module);
    let output = command.stdin(Stdio::null()).output()?;
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{}\n{printed}{said}", output.status).into());
    }
    let record = sessions.join("ink.out");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&record, &printed)?;
    }
    let recorded = std::fs::read_to_string(&record)?;
    if printed != recorded {
        let name = record.display();
        return Err(format!("--- {name}\n{recorded}\n--- printed now\n{printed}").into());
    }
    Ok(())
}

fn has_python_tests(folder: &Path) -> bool {
    let tests = std::fs::read_dir(folder.join("tests"))
        .into_iter()
        .flatten()
        .flatten();
    let mut names = tests.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.any(|name| name.starts_with("test_") && name.ends_with(".py"))
}

/// What an example has beyond the common API.
fn own_tests(workshop: &Workshop, example: &Example) -> Result<(), Failed> {
    let tests = example.about().folder.join("tests");
    let mut command = match example {
        Example::Binding(binding) => match ready(workshop, binding)? {
            Some(ready) => pytest(workshop.bench.python(&ready), &tests),
            None => return Ok(()),
        },
        Example::Program(_) => {
            let (python, home) = (workshop.bench.interpreter(), workshop.bench.home());
            let made = Environment::ensure(python, Packages::EXAMPLES, home, &mut |_| {});
            let environment = made.map_err(|e| format!("{e}\n\nhint: {}", e.hint()))?;
            let mut command = Command::new(environment.python());
            command.arg("-B").env_remove("PYTHONPATH");
            pytest(command, &tests)
        }
    };
    run(command.args(["-p", "no:cacheprovider", "."]))
}

fn pytest(mut python: Command, folder: &Path) -> Command {
    python.current_dir(folder);
    python.args(["-m", "pytest", "-q", "--tb=short", "--color=no", "-rfE"]);
    python
}

/// What `bindery demo NAME` does, and that the README shows that command.
fn demo(workshop: &Workshop, example: &Example) -> Result<(), Failed> {
    let about = example.about();
    let readme = about.folder.join("README.md");
    let page =
        std::fs::read_to_string(&readme).map_err(|e| format!("{}: {e}", readme.display()))?;
    let shown = format!("$ cargo bindery demo {}", about.name);
    if !page.lines().any(|line| line == shown) {
        return Err(format!("{} does not show `{shown}`", readme.display()).into());
    }
    let headings = [
        "Who frees",
        "Who holds the GIL",
        "How errors travel",
        "How to crash it",
    ];
    for heading in headings.map(|heading| format!("## {heading}")) {
        if !page.lines().any(|line| line == heading) {
            return Err(format!("{} has no section `{heading}`", readme.display()).into());
        }
    }
    let (mut command, pictures) = match example {
        Example::Binding(binding) => {
            let Some(ready) = ready(workshop, binding)? else {
                return Ok(());
            };
            let pictures = workshop.bench.pictures(&about.name);
            std::fs::create_dir_all(&pictures)?;
            let mut command = workshop.bench.python(&ready);
            command.args(["-c", gallery::DEMO, &ready.module]);
            command.arg(&pictures);
            (command, pictures)
        }
        Example::Program(program) => {
            let mut quiet = |_: News<'_>| {};
            let prepared = workshop.bench.prepare_program(program, &mut quiet);
            match prepared.map_err(|e| format!("{e}\n\nhint: {}", e.hint()))? {
                PreparedProgram::Ready(ready) => (ready.command, ready.out),
                PreparedProgram::Skipped(missing) => {
                    return skipped::<()>(&about.name, &missing.why, &missing.hint, false)
                        .map(drop);
                }
            }
        }
    };
    let printed = output(&mut command)?;
    if printed.lines().count() < 5 {
        return Err(format!("that is hardly worth seeing:\n{printed}").into());
    }
    if printed.contains("before.png") {
        let [before, after] =
            ["before.png", "after.png"].map(|name| std::fs::read(pictures.join(name)));
        let (before, after) = (before?, after?);
        if before == after || !before.starts_with(b"\x89PNG") || !after.starts_with(b"\x89PNG") {
            return Err("the two pictures are not two pictures".into());
        }
    }
    Ok(())
}

/// The library with the gate: cargo builds it beside this program.
fn gate() -> Result<PathBuf, Failed> {
    let here = std::env::current_exe()?;
    let name = format!(
        "{}probe{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    );
    let beside = here
        .ancestors()
        .skip(1)
        .take(2)
        .map(|folder| folder.join(&name));
    let found = beside.into_iter().find(|path| path.is_file());
    found.ok_or_else(|| format!("`{name}` is not beside {}", here.display()).into())
}

fn run(command: &mut Command) -> Result<(), Failed> {
    output(command).map(drop)
}

/// What a command prints, or all of it as the failure.
fn output(command: &mut Command) -> Result<String, Failed> {
    command.env("NO_COLOR", "1").env_remove("PYTEST_ADDOPTS");
    let output = command.stdin(Stdio::null()).output()?;
    let printed = [output.stdout, output.stderr].concat();
    let printed = String::from_utf8_lossy(&printed).into_owned();
    match output.status.success() {
        true => Ok(printed),
        false => Err(format!("{}\n{printed}", output.status).into()),
    }
}

fn manifests(workshop: &Workshop) -> Result<(), Failed> {
    let troubles = workshop.gallery.troubles().iter();
    let troubles: Vec<String> = troubles
        .map(|t| format!("{t}\nhint: {}", t.hint()))
        .collect();
    match troubles.is_empty() {
        true => Ok(()),
        false => Err(troubles.join("\n\n").into()),
    }
}

/// Two files are written from the sources: the matrix, and the table in the book.
fn matrix(workshop: &Workshop) -> Result<(), Failed> {
    let points = capabilities::points(&root().join("tests/conformance"))?;
    let bindings: Vec<&Binding> = workshop.gallery.bindings().collect();
    let mut columns = Vec::new();
    for binding in &bindings {
        let of_this_folder = bindings
            .iter()
            .filter(|b| b.about.folder == binding.about.folder);
        let others = of_this_folder.map(|b| b.module.as_str());
        let others: Vec<&str> = others.filter(|module| *module != binding.module).collect();
        columns.push(capabilities::column(binding, &others, &points)?);
    }
    columns.sort_by_key(|column| place(&column.name));
    let mut stale = Vec::new();
    for (path, text) in [
        (
            "tests/conformance/matrix.toml",
            capabilities::matrix(&columns, &points),
        ),
        (
            "book/src/choosing/capabilities_table.txt",
            capabilities::table(&columns, &points),
        ),
    ] {
        let full = root().join(path);
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&full, &text)?;
        } else if std::fs::read_to_string(&full).unwrap_or_default() != text {
            stale.push(path);
        }
    }
    match stale.is_empty() {
        true => Ok(()),
        false => Err(format!(
            "{} is not what the sources say\n\nhint: BLESS=1 cargo test -p proof --test bindings -- matrix",
            stale.join(" and ")
        )
        .into()),
    }
}

/// The order of the book: the four approaches first. What is new comes last.
fn place(name: &str) -> (usize, String) {
    let order = [
        "ctypes",
        "cffi-abi",
        "cffi-api",
        "capi-c",
        "capi-rust",
        "pyo3",
        "pyo3-abi3",
        "pybind11",
        "nanobind",
        "cython",
        "swig",
        "boost",
    ];
    let place = order.iter().position(|known| *known == name);
    (place.unwrap_or(order.len()), name.to_owned())
}
