//! What came of it: a table for people, and JSON for programs.

use std::process::Command;
use std::time::Duration;

use interpreter::Interpreter;
use serde_json::{Value, json};

use crate::floor::{BARE_PYTHON, PYTHON, RUSTC_SHOP, RUSTC_TILL};
use crate::peers::{CLOSEST_COURSE, RUSTLINGS, SHOP_ALONE as SHOP_BY_CARGO, TILL_ALONE};
use crate::workbook::{SHOP_ALONE, SHOP_IN_54, SHOP_RELEASED, TILL_IN_54, WATCHED, WORDS_IN_54};

/// Two that are compared, and what the first may take of the second's time.
struct Ratio {
    ours: &'static str,
    theirs: &'static str,
    at_most: Option<f64>,
}

const fn ratio(ours: &'static str, theirs: &'static str, at_most: f64) -> Ratio {
    Ratio {
        ours,
        theirs,
        at_most: Some(at_most),
    }
}

const fn beside(ours: &'static str, theirs: &'static str) -> Ratio {
    Ratio {
        ours,
        theirs,
        at_most: None,
    }
}

const RATIOS: [Ratio; 12] = [
    ratio(SHOP_IN_54, CLOSEST_COURSE, 0.035),
    ratio(SHOP_IN_54, RUSTLINGS, 0.18),
    ratio(SHOP_IN_54, SHOP_BY_CARGO, 0.34),
    ratio(TILL_IN_54, TILL_ALONE, 0.32),
    ratio(WORDS_IN_54, PYTHON, 3.0),
    ratio(SHOP_IN_54, SHOP_ALONE, 1.1),
    beside(SHOP_IN_54, RUSTC_SHOP),
    beside(TILL_IN_54, RUSTC_TILL),
    beside(WORDS_IN_54, BARE_PYTHON),
    beside(WATCHED, SHOP_IN_54),
    beside(WATCHED, RUSTC_SHOP),
    beside(SHOP_RELEASED, SHOP_IN_54),
];

/// How much slower the closest course was than `cargo test` where it was measured once, for
/// machines on which it cannot be installed.
const CLOSEST_COURSE_TO_CARGO: f64 = 9.6;

/// The times of one contender.
pub struct Series {
    name: &'static str,
    /// One for each round.
    pub times: Vec<Duration>,
}

impl Series {
    /// An empty one.
    pub fn of(name: &'static str) -> Series {
        Series {
            name,
            times: Vec::new(),
        }
    }

    fn sorted(&self) -> Vec<f64> {
        let mut times: Vec<f64> = self
            .times
            .iter()
            .map(|t| t.as_secs_f64() * 1000.0)
            .collect();
        times.sort_by(f64::total_cmp);
        times
    }

    fn least(&self) -> f64 {
        self.sorted().first().copied().unwrap_or(f64::NAN)
    }

    /// The one in the middle, or between the two there.
    fn median(&self) -> f64 {
        let times = self.sorted();
        match times.len() {
            0 => f64::NAN,
            n => (times[(n - 1) / 2] + times[n / 2]) / 2.0,
        }
    }
}

/// Somebody who was not measured.
pub struct Left {
    /// Who.
    pub name: &'static str,
    /// Why not.
    pub why: String,
}

/// Everything that was measured.
pub struct Table {
    /// On what, by title.
    pub machine: Vec<(&'static str, String)>,
    /// How often.
    pub rounds: u32,
    /// By whom.
    pub series: Vec<Series>,
    /// And by whom not.
    pub left: Vec<Left>,
}

/// A ratio that could be worked out.
struct Found {
    what: String,
    median: f64,
    least: f64,
    at_most: Option<f64>,
}

impl Found {
    fn verdict(&self) -> &'static str {
        match self.at_most {
            None => "",
            Some(limit) if self.median <= limit => "met",
            Some(_) => "missed",
        }
    }
}

impl Table {
    fn named(&self, name: &str) -> Option<&Series> {
        self.series.iter().find(|series| series.name == name)
    }

    fn found(&self) -> Vec<Found> {
        RATIOS.iter().filter_map(|ratio| self.find(ratio)).collect()
    }

    fn find(&self, ratio: &Ratio) -> Option<Found> {
        let ours = self.named(ratio.ours)?;
        // Where the closest course is not there, what is known of it stands for it.
        let (theirs, times, how) = match self.named(ratio.theirs) {
            Some(theirs) => (theirs, 1.0, ""),
            None if ratio.theirs == CLOSEST_COURSE => (
                self.named(SHOP_BY_CARGO)?,
                CLOSEST_COURSE_TO_CARGO,
                " (as recorded)",
            ),
            None => return None,
        };
        Some(Found {
            what: format!("{} / {}{how}", ratio.ours, ratio.theirs),
            median: ours.median() / (times * theirs.median()),
            least: ours.least() / (times * theirs.least()),
            at_most: ratio.at_most,
        })
    }

    /// For people.
    pub fn print(&self) {
        for (title, value) in &self.machine {
            println!("{title:<9} {value}");
        }
        println!("{:<9} {}\n", "rounds", self.rounds);
        println!(
            "{:<47} {:>9} {:>9}",
            "one-line edit to verdict, warm", "median", "least"
        );
        for series in &self.series {
            let (median, least) = (series.median(), series.least());
            println!("{:<47} {median:>6.0} ms {least:>6.0} ms", series.name);
        }
        println!(
            "\n{:<47} {:>7} {:>7} {:>8}",
            "ratio", "medians", "least", "at most"
        );
        for found in self.found() {
            let at_most = found
                .at_most
                .map_or(String::new(), |limit| format!("{limit}"));
            let line = format!(
                "{:<47} {:>7.3} {:>7.3} {at_most:>8}  {}",
                found.what,
                found.median,
                found.least,
                found.verdict()
            );
            println!("{}", line.trim_end());
        }
        for left in &self.left {
            println!("\nleft out: {}\n{}", left.name, left.why);
        }
    }

    /// For programs.
    pub fn in_json(&self) -> Value {
        let machine: serde_json::Map<String, Value> = self
            .machine
            .iter()
            .map(|(title, value)| ((*title).to_owned(), json!(value)))
            .collect();
        let series: Vec<Value> = self
            .series
            .iter()
            .map(|series| {
                let times: Vec<f64> = series
                    .times
                    .iter()
                    .map(|t| t.as_secs_f64() * 1000.0)
                    .collect();
                json!({
                    "name": series.name, "median_ms": series.median(),
                    "least_ms": series.least(), "ms": times,
                })
            })
            .collect();
        let ratios: Vec<Value> = self.found().iter().map(|found| {
            json!({
                "what": found.what, "medians": found.median, "least": found.least,
                "at_most": found.at_most, "met": found.at_most.map(|limit| found.median <= limit),
            })
        }).collect();
        let left: Vec<Value> = self
            .left
            .iter()
            .map(|left| json!({"name": left.name, "why": left.why}))
            .collect();
        json!({
            "version": 1, "machine": machine, "rounds": self.rounds,
            "contenders": series, "ratios": ratios, "left_out": left,
        })
    }
}

/// What everything ran on.
pub fn machine(python: &Interpreter) -> Vec<(&'static str, String)> {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let rustc = Command::new("rustc").arg("-V").output();
    let rustc = rustc.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or_default();
    vec![
        (
            "machine",
            format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        ),
        ("cores", cores.to_string()),
        ("load", format!("{load} before the first round")),
        ("rustc", rustc.unwrap_or_default()),
        ("python", python.version_string().to_owned()),
    ]
}
