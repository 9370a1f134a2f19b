//! The quick way: only the learner's file is compiled, by `rustc` called directly, against
//! what cargo has built before.
//!
//! Cargo builds an exercise once, and what it said then is written down as a *plan*: the
//! compiler, its arguments, the libraries, the check program ([`recipe`]). A plan is good as
//! long as everything that went into it is as it was ([`stamps`]); it is asked no questions
//! beyond that. Whatever is out of the ordinary has no plan, and cargo builds it.

mod call;
mod compile;
mod messages;
mod recipe;
mod stamps;
mod stock;
mod surroundings;
mod toolchain;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use compile::{Built, Failed, NOT_STARTED, Stage};
pub use recipe::Said;

use crate::{BuildError, CheckPrograms};

use stamps::Stamps;

/// Changed whenever a plan of an older program must not be followed.
const VERSION: u32 = 6;

/// The compiler of a workbook, as it says itself: `rustc 1.95.0 (59807616e 2026-04-14)`.
pub fn which_rustc(root: &Path) -> Option<String> {
    let mut command = std::process::Command::new("rustc");
    let said = command.arg("-V").current_dir(root).output().ok()?;
    Some(String::from_utf8_lossy(&said.stdout).trim().to_owned())
}

/// What there is on this machine that would make cargo build otherwise than a plan does: then
/// there is no plan for anything.
pub fn unusual(root: &Path) -> Option<Why> {
    surroundings::are_usual(root).err()
}

/// Where and for what an exercise is built.
#[derive(Clone, Copy, Debug)]
pub struct Site<'a> {
    /// The workbook.
    pub root: &'a Path,
    /// Cargo's target folder.
    pub target: &'a Path,
    /// Where plans and what they make are kept.
    pub home: &'a Path,
    /// The interpreter it is for.
    pub python: &'a Path,
}

impl Site<'_> {
    /// Where what is made of an exercise lies.
    fn folder(&self, slug: &str) -> PathBuf {
        self.home.join("fast").join(slug)
    }
}

/// How one exercise is built without cargo.
#[derive(Debug, Serialize, Deserialize)]
pub struct Plan {
    version: u32,
    slug: String,
    python: PathBuf,
    target: PathBuf,
    /// The toolchain that was asked for by name, where another would have been started.
    toolchain: Option<String>,
    /// The programs made of `tests/*.rs`.
    programs: BTreeMap<String, PathBuf>,
    /// One after another; none where nothing of the learner's is Rust.
    steps: Vec<compile::Compiler>,
    stamps: Stamps,
}

/// Why cargo has to do it.
#[derive(Debug)]
pub struct Why(String);

impl Why {
    fn new(why: impl Into<String>) -> Why {
        Why(why.into())
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Plan {
    /// The plan for this exercise, if there is one that is still true.
    pub fn find(site: Site<'_>, slug: &str) -> Result<Plan, Why> {
        surroundings::are_usual(site.root)?;
        let never = || Why::new("it has not been built here yet");
        let text = std::fs::read(Plan::file(site, slug)).map_err(|_| never())?;
        let plan: Plan = serde_json::from_slice(&text).map_err(|_| never())?;
        if plan.version != VERSION || plan.slug != slug {
            return Err(never());
        }
        if plan.python != site.python {
            return Err(Why::new("it was built for another Python"));
        }
        if plan.target != site.target {
            return Err(Why::new("it was built in another target folder"));
        }
        surroundings::have_toolchain(plan.steps.first().map(|c| c.rustc.as_path()))?;
        if let (Some(named), None) = (&plan.toolchain, std::env::var_os("RUSTUP_TOOLCHAIN")) {
            return Err(Why::new(format!("the toolchain was `{named}`")));
        }
        if !plan.programs.values().all(|program| program.is_file()) {
            return Err(Why::new("its check program is gone"));
        }
        plan.stamps.hold()?;
        Ok(plan)
    }

    /// Writes down how cargo has just built it.
    pub fn record(site: Site<'_>, slug: &str, built: &CheckPrograms) -> Result<Plan, Why> {
        surroundings::are_usual(site.root)?;
        let recipe = built.said.recipe(site, slug)?;
        let mut stamps = Stamps::default();
        for path in recipe.rests_on {
            stamps.add(path);
        }
        let plan = Plan {
            version: VERSION,
            slug: slug.to_owned(),
            python: site.python.to_owned(),
            target: site.target.to_owned(),
            toolchain: recipe.toolchain,
            programs: built.programs.clone(),
            steps: recipe.steps,
            stamps,
        };
        let text = serde_json::to_vec_pretty(&plan).map_err(|e| Why::new(e.to_string()))?;
        let file = Plan::file(site, slug);
        crate::files::write_whole(&file, &text).map_err(|e| Why::new(e.to_string()))?;
        Ok(plan)
    }

    /// Every file that cargo would look at before it built the check programs again.
    pub fn rests_on(&self) -> impl Iterator<Item = &Path> {
        self.stamps.paths()
    }

    /// All that the compiler reads beside the answer itself, and all that what it makes is
    /// loaded with: files and folders.
    pub fn needs(&self) -> Vec<PathBuf> {
        let mut needs = std::collections::BTreeSet::new();
        for step in &self.steps {
            let toolchain = step.rustc.parent().and_then(Path::parent);
            needs.extend(toolchain.map(Path::to_owned));
            for argument in &step.arguments {
                let named = argument.rsplit_once('=').map_or("", |(_, path)| path);
                let path = Path::new(named);
                if path.is_absolute() && path.exists() && !step.reads.contains(&path.to_owned()) {
                    needs.insert(path.to_owned());
                }
            }
            let out = step.env.iter().filter(|(name, _)| name == "OUT_DIR");
            needs.extend(out.map(|(_, folder)| PathBuf::from(folder)));
        }
        needs.into_iter().collect()
    }

    /// The names of its check programs.
    pub fn programs(&self) -> impl Iterator<Item = (&str, &Path)> {
        self.programs
            .iter()
            .map(|(name, path)| (name.as_str(), path.as_path()))
    }

    /// The program made of `tests/<name>.rs`.
    pub fn program(&self, name: &str) -> Result<&Path, BuildError> {
        let found = self.programs.get(name).map(PathBuf::as_path);
        found.ok_or_else(|| BuildError::NoProgram {
            what: name.to_owned(),
        })
    }

    fn file(site: Site<'_>, slug: &str) -> PathBuf {
        site.home.join("fast").join(format!("{slug}.json"))
    }
}
