//! `cargo bench --profile dev -p proof --bench grading`
//!
//! What a submission of a class costs: `bindery grade` in a jail and without one, beside
//! `cargo test` for each submission, in one target folder and in folders of their own. They take
//! turns, round by round, and what is printed are ratios of medians: the milliseconds are this
//! machine's, today. Each submission is another text, so that nothing is graded twice.

#[path = "verdict/sample.rs"]
#[expect(dead_code, reason = "the other benchmark uses the rest")]
mod sample;
#[path = "verdict/shell.rs"]
#[expect(dead_code, reason = "the other benchmark uses the rest")]
mod shell;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use builder::target_folder;
use clap::Parser;
use grader::workshop::{copy_folder, lay_out};
use interpreter::{Interpreter, Libpython};
use proof::root;

use crate::sample::{SHOP, write};
use crate::shell::{command, run};

/// Measures what a submission of a class costs.
#[derive(Parser)]
struct Options {
    /// So many rounds
    #[arg(long, default_value_t = 3)]
    rounds: u64,
    /// So many submissions in a class
    #[arg(long, default_value_t = 100)]
    class: u64,
    /// So many in the class that shows whether anything grows
    #[arg(long, default_value_t = 1000)]
    large: u64,
    /// What cargo says to every benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> ExitCode {
    match measure(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// What one way of grading took.
struct Series {
    name: &'static str,
    /// For each submission, in milliseconds; one for each round.
    each: Vec<f64>,
}

impl Series {
    fn of(name: &'static str) -> Series {
        Series {
            name,
            each: Vec::new(),
        }
    }

    fn median(&self) -> f64 {
        let mut each = self.each.clone();
        each.sort_by(f64::total_cmp);
        let n = each.len();
        match n {
            0 => f64::NAN,
            _ => (each[(n - 1) / 2] + each[n / 2]) / 2.0,
        }
    }
}

fn measure(options: &Options) -> Result<(), String> {
    let root = root();
    let place = target_folder(&root, None).join("bench");
    let bindery = build(&root)?;
    let class = Class::lay_out(&root, &place)?;
    // Everything is built and warm before anybody's turn.
    class.grade(&bindery, 2, 0, &[])?;
    let cargo = Cargo::lay_out(&place)?;
    cargo.test(0, &cargo.shared())?;
    let mut next = Numbers::new();
    let mut jailed = Series::of("bindery grade, in a jail");
    let mut free = Series::of("bindery grade, without a jail");
    let mut again = Series::of("bindery grade, nothing new");
    let mut small = Series::of("bindery grade, a class of 10");
    let mut shared = Series::of("cargo test, one target folder");
    let mut apart = Series::of("cargo test, folders of their own");
    for round in 1..=options.rounds {
        eprintln!("round {round} of {} …", options.rounds);
        let first = next.take(options.class);
        let (took, _) = class.grade(&bindery, options.class, first, &[])?;
        jailed.each.push(took / options.class as f64);
        let (took, _) = class.regrade(&bindery)?;
        again.each.push(took / options.class as f64);
        let first = next.take(options.class);
        let (took, _) = class.grade(&bindery, options.class, first, &FREE)?;
        free.each.push(took / options.class as f64);
        let (took, _) = class.grade(&bindery, 10, next.take(10), &[])?;
        small.each.push(took / 10.0);
        for _ in 0..5 {
            shared.each.push(cargo.test(next.take(1), &cargo.shared())?);
        }
        apart.each.push(cargo.test_apart(next.take(1))?);
    }
    eprintln!("a class of {} …", options.large);
    let (_, memory_small) = class.grade(&bindery, 10, next.take(10), &[])?;
    let first = next.take(options.large);
    let (took, memory_large) = class.grade(&bindery, options.large, first, &[])?;
    let large = took / options.large as f64;
    println!(
        "cores     {}",
        std::thread::available_parallelism().map_or(1, |n| n.get())
    );
    println!(
        "rounds    {}, {} submissions each\n",
        options.rounds, options.class
    );
    for series in [&jailed, &free, &again, &small, &shared, &apart] {
        println!(
            "{:<40} {:>8.1} ms a submission",
            series.name,
            series.median()
        );
    }
    println!(
        "{:<40} {large:>8.1} ms a submission",
        format!("bindery grade, a class of {}", options.large)
    );
    println!(
        "{:<40} {memory_small:>8} kB, and of {}: {memory_large} kB\n",
        "memory, a class of 10", options.large
    );
    let ratio = |what: &str, ours: f64, theirs: f64, limit: f64| {
        let ratio = ours / theirs;
        let verdict = if ratio <= limit { "met" } else { "missed" };
        println!("{what:<52} {ratio:>7.4} {limit:>6}  {verdict}");
    };
    println!("{:<52} {:>7} {:>6}", "ratio", "", "at most");
    ratio(
        "in a jail / cargo test, one target folder",
        jailed.median(),
        shared.median(),
        0.16,
    );
    ratio(
        "in a jail / cargo test, folders of their own",
        jailed.median(),
        apart.median(),
        0.02,
    );
    ratio("in a jail / without", jailed.median(), free.median(), 1.35);
    ratio(
        "each of the large class / each of 10",
        large,
        small.median(),
        1.1,
    );
    ratio(
        "nothing new / the first run",
        again.median(),
        jailed.median(),
        0.02,
    );
    ratio(
        "memory, the large class / 10",
        memory_large as f64,
        memory_small as f64,
        2.0,
    );
    Ok(())
}

const FREE: [&str; 3] = ["--allow-unsandboxed", "--sandbox", "unsandboxed"];

/// No text comes twice, not even in another run.
struct Numbers(u64);

impl Numbers {
    fn new() -> Numbers {
        let now = std::time::SystemTime::UNIX_EPOCH
            .elapsed()
            .unwrap_or_default();
        Numbers(now.as_secs() * 100_000)
    }

    fn take(&mut self, count: u64) -> u64 {
        self.0 += count;
        self.0 - count
    }
}

/// A workbook with one exercise, and a class.
struct Class {
    workbook: PathBuf,
    collection: PathBuf,
    out: PathBuf,
}

impl Class {
    fn lay_out(root: &Path, place: &Path) -> Result<Class, String> {
        let workbook = place.join("workbook-class");
        let fail = |e: std::io::Error| format!("{}: {e}", workbook.display());
        lay_out(root, &workbook).map_err(fail)?;
        copy_folder(&SHOP.folder(), &workbook.join(SHOP.place)).map_err(fail)?;
        Ok(Class {
            collection: workbook.join("handed-in"),
            out: workbook.join("graded"),
            workbook,
        })
    }

    /// Grades a class of new texts; the milliseconds it took, and the supervisor's memory.
    fn grade(
        &self,
        bindery: &Path,
        class: u64,
        first: u64,
        how: &[&str],
    ) -> Result<(f64, u64), String> {
        let _ = std::fs::remove_dir_all(&self.collection);
        let _ = std::fs::remove_dir_all(&self.out);
        for number in 0..class {
            let folder = self
                .collection
                .join(format!("s{number:04}"))
                .join(SHOP.slug);
            write(&folder, &[("src/lib.rs", &SHOP.edited(first + number))])?;
        }
        self.run(bindery, how)
    }

    fn regrade(&self, bindery: &Path) -> Result<(f64, u64), String> {
        self.run(bindery, &[])
    }

    fn run(&self, bindery: &Path, how: &[&str]) -> Result<(f64, u64), String> {
        let mut grade = command(bindery, &self.workbook);
        grade
            .args([
                "grade",
                "handed-in",
                "--out",
                "graded",
                "--seed",
                "1",
                "--workers",
                "2",
            ])
            .args(how)
            .stdout(Stdio::null());
        let begun = Instant::now();
        let mut child = grade.spawn().map_err(|e| e.to_string())?;
        let memory = most_memory(&mut child)?;
        let took = begun.elapsed().as_secs_f64() * 1000.0;
        let results = std::fs::read_to_string(self.out.join("grades.csv")).unwrap_or_default();
        let right = results.lines().skip(1).all(|line| !line.contains(",0.00,"));
        match right && results.lines().count() > 1 {
            true => Ok((took, memory)),
            false => Err(format!("right answers were not graded as such:\n{results}")),
        }
    }
}

/// Waits for a process, and gives the most memory that it itself has had, in kB.
fn most_memory(child: &mut Child) -> Result<u64, String> {
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    loop {
        let now = std::fs::read_to_string(&status).unwrap_or_default();
        let now = now.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let now = now.and_then(|text| text.trim().trim_end_matches(" kB").parse().ok());
        most = most.max(now.unwrap_or(0));
        match child.try_wait().map_err(|e| e.to_string())? {
            Some(status) if status.success() => return Ok(most),
            Some(status) => return Err(format!("`bindery grade` ended with {status}")),
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    }
}

/// `cargo test` for each submission, as it is done where nobody thinks about it.
struct Cargo {
    folder: PathBuf,
    manifest: String,
    library: PathBuf,
}

impl Cargo {
    fn lay_out(place: &Path) -> Result<Cargo, String> {
        let python = Interpreter::resolve(place).map_err(|e| e.to_string())?;
        let version = pyo3_version()?;
        Ok(Cargo {
            folder: place.join("class-by-cargo"),
            manifest: format!(
                "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
                 [lib]\ncrate-type = [\"cdylib\", \"rlib\"]\n\n\
                 [dependencies]\npyo3 = \"{version}\"\n\n\
                 [dev-dependencies]\npyo3 = {{ version = \"{version}\", features = [\"auto-initialize\"] }}\n\n\
                 [workspace]\n"
            ),
            library: match python.libpython() {
                Libpython::Shared(path) => path.parent().map(Path::to_owned).unwrap_or_default(),
                _ => PathBuf::new(),
            },
        })
    }

    fn shared(&self) -> PathBuf {
        self.folder.join("target")
    }

    /// A submission in a folder of its own, with cargo's usual target folder there.
    fn test_apart(&self, number: u64) -> Result<f64, String> {
        let target = self.folder.join(format!("apart-{number}"));
        let took = self.test(number, &target);
        let _ = std::fs::remove_dir_all(&target);
        took
    }

    fn test(&self, number: u64, target: &Path) -> Result<f64, String> {
        let folder = self.folder.join(format!("s{number}"));
        let answer = SHOP.edited(number);
        let tests = include_str!("verdict/shop/embedded.rs");
        write(
            &folder,
            &[
                ("Cargo.toml", &*self.manifest),
                ("src/lib.rs", &answer),
                ("tests/checks.rs", tests),
            ],
        )?;
        // The same versions for everybody, as a class would have them.
        let lock = self.folder.join("Cargo.lock");
        if lock.is_file() {
            std::fs::copy(&lock, folder.join("Cargo.lock")).map_err(|e| e.to_string())?;
        }
        let mut test: Command = command("cargo", &folder);
        test.arg("test")
            .args(lock.is_file().then_some("--offline"))
            .env("CARGO_TARGET_DIR", target)
            .env("LD_LIBRARY_PATH", &self.library);
        let begun = Instant::now();
        let said = run(&mut test)?;
        let took = begun.elapsed().as_secs_f64() * 1000.0;
        if !said.contains("8 passed") {
            return Err(format!("`cargo test` did not run the checks:\n{said}"));
        }
        std::fs::copy(folder.join("Cargo.lock"), &lock).map_err(|e| e.to_string())?;
        let _ = std::fs::remove_dir_all(&folder);
        Ok(took)
    }
}

fn pyo3_version() -> Result<String, String> {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).map_err(|e| e.to_string())?;
    let manifest: toml::Table = manifest.parse().map_err(|e| format!("Cargo.toml: {e}"))?;
    let version = manifest["workspace"]["dependencies"]["pyo3"]["version"].as_str();
    version
        .map(str::to_owned)
        .ok_or_else(|| "Cargo.toml pins no pyo3".to_owned())
}

fn build(root: &Path) -> Result<PathBuf, String> {
    let mut build = builder::cargo();
    run(build
        .current_dir(root)
        .args(["build", "--quiet", "--package", "bindery"]))?;
    Ok(target_folder(root, None).join("debug").join("bindery"))
}
