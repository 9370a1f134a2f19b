//! One experiment as its folder describes it: `experiment.toml`, and beside it
//! `measure.py` and whatever that needs to be built. Runs nothing.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::LabError;
use crate::condition::Condition;
use crate::expression::Expression;

/// A question, how it is answered, and what is looked for in the numbers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Experiment {
    /// The folder's name.
    #[serde(skip)]
    pub name: String,
    /// Its folder.
    #[serde(skip)]
    pub folder: PathBuf,
    /// A heading.
    pub title: String,
    /// What somebody would ask.
    pub question: String,
    /// How it is found out, in a few sentences.
    pub method: String,
    /// What came out, in words; `{name}` is a figure.
    pub answer: String,
    /// How long a quick run takes on two cores, in seconds: for the time left.
    pub seconds: f64,
    /// Whether `measure.py` runs once for each binding of ink.
    #[serde(default)]
    pub each_binding: bool,
    /// Whether it needs what few machines have, such as a Python without a GIL, so that
    /// nobody is surprised where it is missing.
    #[serde(default)]
    pub rare: bool,
    /// Which packages are at hand.
    #[serde(default)]
    pub packages: Set,
    /// Folders with builds that several experiments use.
    #[serde(default)]
    pub uses: Vec<String>,
    /// What is built for it.
    #[serde(default)]
    pub build: Vec<Build>,
    /// Series whose instructions are counted, where that is possible.
    #[serde(default)]
    pub instructions: Vec<String>,
    /// Numbers computed from what was measured.
    #[serde(default)]
    pub figure: Vec<Figure>,
    /// What holds or does not.
    #[serde(default)]
    pub finding: Vec<Finding>,
    /// Pictures of the figures.
    #[serde(default)]
    pub chart: Vec<Chart>,
}

/// Which of the private environments is used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Set {
    /// The tools of the examples.
    #[default]
    Examples,
    /// Compilers for Python itself, such as numba.
    Lab,
}

/// Something that is compiled before the experiment begins.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Build {
    /// What `measure.py` calls it; also the name of a module.
    pub name: String,
    /// With what.
    pub kind: Kind,
    /// The files, from the folder of the description.
    #[serde(default)]
    pub sources: Vec<PathBuf>,
    /// Further words for the compiler.
    #[serde(default)]
    pub flags: Vec<String>,
    /// Further words for Cython or SWIG.
    #[serde(default)]
    pub tool_flags: Vec<String>,
    /// Files that are read though no compiler is given them: headers, `.pxd`.
    #[serde(default)]
    pub headers: Vec<PathBuf>,
    /// The folder of the description.
    #[serde(skip)]
    pub folder: PathBuf,
}

/// The ways to build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// C or C++ to a shared library.
    Library,
    /// C or C++ to an extension module.
    Extension,
    /// C or C++ to a program that embeds Python.
    Host,
    /// A `.pyx` file to an extension module.
    Cython,
    /// C++ with pybind11 to an extension module.
    Pybind11,
    /// C++ with nanobind to an extension module.
    Nanobind,
    /// C++ with Boost.Python to an extension module.
    Boost,
    /// A `.i` file, and C or C++ after it, to an extension module and its proxy.
    Swig,
    /// A Python file with an `ffibuilder`, to an extension module.
    Cffi,
    /// An example of the crate in this folder, optimised, to an extension module.
    Cargo,
}

/// A number computed from what was measured.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// What pages call it.
    pub name: String,
    /// How it is computed from series (nanoseconds an operation), counts and
    /// `instructions(SERIES)`.
    pub value: Expression,
    /// What it counts.
    #[serde(default)]
    pub unit: Unit,
    /// What it is, for tables and charts.
    pub says: String,
}

/// What a figure counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// A ratio.
    #[default]
    Times,
    /// Nanoseconds, shown in whatever unit fits.
    Time,
    /// Bytes, shown in whatever unit fits.
    Bytes,
    /// A share of one, shown in percent.
    Share,
    /// A plain number.
    Number,
}

/// Something that holds or does not, in words and as conditions that must all hold.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// What claims call it.
    pub name: String,
    /// The statement.
    pub says: String,
    /// When it holds.
    pub holds_if: Vec<Condition>,
}

/// A picture of some figures.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chart {
    /// The file's name, without its ending.
    pub name: String,
    /// A heading.
    pub title: String,
    /// What can be read from it, for who cannot see it.
    pub alt: String,
    /// Whether each step of the axis of values is ten times the one before.
    #[serde(default)]
    pub logarithmic: bool,
    /// The figures, as bars from the top down.
    #[serde(default)]
    pub bars: Vec<String>,
    /// Curves over one axis.
    #[serde(default)]
    pub curves: Vec<Curve>,
    /// What the axis below the curves counts.
    #[serde(default)]
    pub across: String,
}

/// A curve of a chart.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Curve {
    /// Its name.
    pub says: String,
    /// Where each point stands on the axis below, and the figure that is its height.
    pub points: Vec<(f64, String)>,
    /// Whether it is computed and not measured: drawn without marks.
    #[serde(default)]
    pub model: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kit {
    build: Vec<Build>,
}

impl Experiment {
    /// Reads the folder.
    pub fn read(folder: &Path) -> Result<Self, LabError> {
        let path = folder.join("experiment.toml");
        let mut read: Self = parse(&path)?;
        read.name = folder
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        read.folder = folder.to_owned();
        for build in &mut read.build {
            build.folder = folder.to_owned();
        }
        let uses = std::mem::take(&mut read.uses);
        for other in &uses {
            let folder = folder.join(other);
            let kit: Kit = parse(&folder.join("kit.toml"))?;
            read.build.extend(kit.build.into_iter().map(|mut build| {
                build.folder.clone_from(&folder);
                build
            }));
        }
        read.uses = uses;
        match read.fault() {
            None => Ok(read),
            Some(why) => Err(LabError::Description { path, why }),
        }
    }

    /// The first thing about it that cannot be.
    fn fault(&self) -> Option<String> {
        let names = |what: &str, names: Vec<&str>| {
            let twice = names
                .iter()
                .enumerate()
                .find(|(i, n)| names[..*i].contains(n));
            let twice = twice.map(|(_, name)| format!("has two {what}s called `{name}`"));
            let odd = |name: &&&str| !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            let odd = names.iter().find(odd);
            let odd = odd.map(|n| format!("has a {what} `{n}`: letters, digits and `_` only"));
            twice.or(odd)
        };
        let figures: Vec<&str> = self.figure.iter().map(|f| f.name.as_str()).collect();
        let bars = self.chart.iter().flat_map(|chart| &chart.bars);
        let points = self.chart.iter().flat_map(|chart| &chart.curves);
        let points = points.flat_map(|curve| curve.points.iter().map(|(_, name)| name));
        let unknown = bars
            .chain(points)
            .find(|name| !figures.contains(&name.as_str()));
        let unknown = unknown.map(|name| format!("has a chart of `{name}`, which is no figure"));
        let lines = self.chart.iter();
        let both = lines.filter(|chart| chart.bars.is_empty() == chart.curves.is_empty());
        let both = both.map(|c| {
            format!(
                "has a chart `{}` without bars or curves, or with both",
                c.name
            )
        });
        let both = both.chain(unknown).next();
        names("figure", figures.clone())
            .or_else(|| {
                names(
                    "finding",
                    self.finding.iter().map(|f| f.name.as_str()).collect(),
                )
            })
            .or_else(|| {
                names(
                    "chart",
                    self.chart.iter().map(|c| c.name.as_str()).collect(),
                )
            })
            .or_else(|| {
                names(
                    "build",
                    self.build.iter().map(|b| b.name.as_str()).collect(),
                )
            })
            .or_else(|| {
                self.finding
                    .is_empty()
                    .then(|| "finds nothing out: it has no `[[finding]]`".to_owned())
            })
            .or(both)
    }
}

pub(crate) fn parse<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, LabError> {
    let text = std::fs::read_to_string(path).map_err(crate::error::io_error("read", path))?;
    toml::from_str(&text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start));
        let line = before.map_or(1, |text| text.matches('\n').count() + 1);
        LabError::Description {
            path: path.to_owned(),
            why: format!("cannot be read, line {line}: {}", error.message().trim()),
        }
    })
}
