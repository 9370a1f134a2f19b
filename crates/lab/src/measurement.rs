//! A measurement file: what was measured, on which machine, with which versions.
//!
//! It carries a hash of its own content, so that a figure changed by hand is noticed.

use std::collections::BTreeMap;
use std::path::Path;

use gallery::Bench;
use interpreter::Packages;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::LabError;
use crate::error::{io_error, put};
use crate::judge::Results;

/// The format's number.
const FORMAT: u32 = 1;

/// A run, or several run into one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measurement {
    format: u32,
    /// The day, as `2026-11-21`.
    pub date: String,
    /// Whether only a quick answer was wanted.
    pub quick: bool,
    /// Where.
    pub machine: Machine,
    /// By experiment.
    pub experiments: BTreeMap<String, Results>,
}

/// A machine and what was installed there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Machine {
    /// The processor's own name for itself.
    pub processor: String,
    /// How many threads run at once.
    pub cores: usize,
    /// Operating system and architecture.
    pub system: String,
    /// `CPython 3.11.7`.
    pub python: String,
    /// What the compilers say they are.
    pub compilers: Vec<String>,
    /// The tools among the packages, with their versions.
    pub packages: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    #[serde(flatten)]
    measurement: Measurement,
    seal: String,
}

impl Measurement {
    /// An empty one for this machine.
    pub fn new(bench: &Bench, quick: bool) -> Self {
        Self {
            format: FORMAT,
            date: today(),
            quick,
            machine: Machine::here(bench),
            experiments: BTreeMap::new(),
        }
    }

    #[cfg(test)]
    pub(crate) fn of(experiments: BTreeMap<String, Results>) -> Self {
        Self {
            format: FORMAT,
            date: "2026-11-21".into(),
            quick: false,
            machine: Machine {
                processor: "a processor".into(),
                cores: 2,
                system: "linux x86_64".into(),
                python: "CPython 3.11.7".into(),
                compilers: vec![],
                packages: BTreeMap::new(),
            },
            experiments,
        }
    }

    /// Reads a file, and refuses one that was changed by hand.
    pub fn read(path: &Path) -> Result<Self, LabError> {
        let (measurement, seal) = Self::read_unsealed(path)?;
        match measurement.seal() == seal {
            true => Ok(measurement),
            false => Err(LabError::Measurement {
                path: path.to_owned(),
                why: "was changed after it was measured: its seal does not fit".into(),
            }),
        }
    }

    /// Reads a file whatever its seal says, to tell what was changed in it; and the seal.
    pub fn read_unsealed(path: &Path) -> Result<(Self, String), LabError> {
        let bad = |why: String| LabError::Measurement {
            path: path.to_owned(),
            why,
        };
        let text = std::fs::read_to_string(path).map_err(io_error("read", path))?;
        let sealed: Sealed = serde_json::from_str(&text)
            .map_err(|error| bad(format!("is no measurement file: {error}")))?;
        let measurement = sealed.measurement;
        if measurement.format != FORMAT {
            let why = format!(
                "has format {}, and this program reads {FORMAT}",
                measurement.format
            );
            return Err(bad(why));
        }
        Ok((measurement, sealed.seal))
    }

    /// Adds what came of an experiment, to six digits: no clock is better, and short numbers
    /// are the same after they were written and read.
    pub fn insert(&mut self, experiment: &str, mut results: Results) {
        for ranges in [&mut results.series, &mut results.figures] {
            // What is infinite or no number is nothing that a file can hold.
            ranges.retain(|_, range| range.low.is_finite() && range.high.is_finite());
        }
        let ranges = results.series.values_mut();
        for range in ranges.chain(results.figures.values_mut()) {
            for number in [&mut range.value, &mut range.low, &mut range.high] {
                *number = rounded(*number);
            }
        }
        for count in results.instructions.values_mut() {
            *count = rounded(*count);
        }
        for fact in results.facts.values_mut() {
            if let Some(number) = fact.as_f64().filter(|_| fact.is_f64()) {
                *fact = rounded(number).into();
            }
        }
        self.experiments.insert(experiment.to_owned(), results);
    }

    /// Takes over what another one has, if that comes from this machine and was measured as
    /// carefully.
    pub fn take_over(&mut self, other: Self, path: &Path) -> Result<(), LabError> {
        let why = match (self.machine == other.machine, self.quick == other.quick) {
            (true, true) => {
                self.experiments = other.experiments;
                return Ok(());
            }
            (true, false) => "comes from a quick run",
            (false, _) => "comes from another machine, or from other versions",
        };
        Err(LabError::Measurement {
            path: path.to_owned(),
            why: why.to_owned(),
        })
    }

    /// Writes it, whole or not at all.
    pub fn write(&self, path: &Path) -> Result<(), LabError> {
        let sealed = Sealed {
            seal: self.seal(),
            measurement: self.clone(),
        };
        let text = serde_json::to_string_pretty(&sealed).unwrap_or_default() + "\n";
        put(path, text.as_bytes())
    }

    fn seal(&self) -> String {
        // Through text and back: what is read from a file must give the same hash.
        let text = serde_json::to_string(self).unwrap_or_default();
        let digits = Sha256::digest(text.as_bytes());
        digits.iter().take(16).map(|b| format!("{b:02x}")).collect()
    }
}

impl Machine {
    /// This one.
    pub fn here(bench: &Bench) -> Self {
        let versions = bench.environment_packages(Packages::EXAMPLES);
        let own = bench.environment_packages(Packages::LAB);
        Self {
            processor: processor(),
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            python: format!("CPython {}", bench.interpreter().version_string()),
            compilers: bench.compilers().lines().map(str::to_owned).collect(),
            packages: own.into_iter().chain(versions).collect(),
        }
    }
}

fn processor() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let lines = info.lines();
    let named = lines
        .filter_map(|line| line.strip_prefix("model name"))
        .next();
    let name = named
        .and_then(|rest| rest.split_once(':'))
        .map(|(_, name)| name.trim());
    name.filter(|name| !name.is_empty())
        .unwrap_or("not known")
        .to_owned()
}

/// Six digits that mean something.
fn rounded(number: f64) -> f64 {
    format!("{number:.5e}").parse().unwrap_or(number)
}

/// The day in Greenwich.
fn today() -> String {
    let now = std::time::SystemTime::now();
    let since = now
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    let (year, month, day) = civil(since.as_secs() / 86_400);
    format!("{year}-{month:02}-{day:02}")
}

/// The date so many days after the first of January 1970.
fn civil(days: u64) -> (u64, u64, u64) {
    // Years are counted from March, so that a leap day is the last day of its year.
    let days = days + 719_468;
    let era = days / 146_097;
    let day_of_era = days % 146_097;
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    (era * 400 + year_of_era + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some() -> Measurement {
        let range = crate::Range {
            value: 0.1 + 0.2,
            low: 1.0 / 3.0,
            high: 2.0,
        };
        // Among many numbers there are always some that a quick reader gets wrong.
        let series = (1..5000_u32).map(|i| {
            let value = (f64::from(i) * 1.618_033_988_7).powi(7) / 1e9;
            (format!("x{i}"), crate::Range { value, ..range })
        });
        let results = Results {
            repetitions: 3,
            series: series.collect(),
            facts: [("share".to_owned(), (0.1_f64 + 0.7).into())].into(),
            ..Results::default()
        };
        let mut some = Measurement::of(BTreeMap::new());
        some.insert("calls", results);
        some
    }

    #[test]
    fn a_file_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().expect("there is room");
        let path = folder.path().join("m.json");
        some().write(&path).expect("it can be written");
        assert_eq!(Measurement::read(&path).expect("it can be read"), some());
    }

    #[test]
    fn a_figure_changed_by_hand_is_noticed() {
        let folder = tempfile::tempdir().expect("there is room");
        let path = folder.path().join("m.json");
        some().write(&path).expect("it can be written");
        let text = std::fs::read_to_string(&path).expect("it was written");
        std::fs::write(&path, text.replace("\"high\": 2.0", "\"high\": 3.0")).expect("written");
        let error = Measurement::read(&path).expect_err("it was changed");
        assert!(error.to_string().contains("was changed"), "{error}");
    }

    #[test]
    fn only_what_was_measured_alike_is_taken_over() {
        let path = Path::new("m.json");
        let mut fresh = Measurement::of(BTreeMap::new());
        fresh
            .take_over(some(), path)
            .expect("they are of one machine");
        assert_eq!(fresh.experiments.len(), 1);
        let mut quick = some();
        quick.quick = true;
        assert!(fresh.take_over(quick, path).is_err());
        let mut elsewhere = some();
        elsewhere.machine.cores = 96;
        assert!(fresh.take_over(elsewhere, path).is_err());
    }

    #[test]
    fn days_are_dates() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(11_016), (2000, 2, 29));
        assert_eq!(civil(20_778), (2026, 11, 21));
    }
}
