//! Judging: in what jail, on how many workers, and what is seen of it meanwhile.

use std::ffi::OsString;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use builder::Running;
use grader::model::Judgement;
use grader::{Engine, Event, GraderError, Records, Tally, Work};
use sandbox::Tier;
use serde_json::json;

use super::plan::{Bench, Planned};
use crate::screen::{Status, here, me};
use crate::trouble::Trouble;

#[derive(clap::Args)]
#[group(id = "judging")]
pub struct Options {
    /// So many answers at once; without it, one for each processor
    #[arg(long, value_name = "NUMBER")]
    workers: Option<usize>,
    /// Grade on a machine that has no jail for strangers' programs; the marks say so
    #[arg(long)]
    allow_unsandboxed: bool,
    /// Use this jail: namespaces, bubblewrap or landlock; without it, the best that works
    #[arg(long, value_name = "TIER", value_parser = named)]
    sandbox: Option<Tier>,
}

/// Judges everything that a class handed in.
pub fn judge(planned: &Planned, how: &Options) -> Result<Tally, GraderError> {
    judge_all(&planned.bench, &planned.work, &planned.out, how)
}

pub fn judge_all(
    bench: &Bench,
    work: &Work,
    out: &Path,
    how: &Options,
) -> Result<Tally, GraderError> {
    let records = Records::in_folder(&out.join("records"));
    let processors = std::thread::available_parallelism().map_or(1, |n| n.get());
    let court = bench.court();
    let engine = Engine {
        court: &court,
        exercises: &bench.exercises,
        records: &records,
        workers: how.workers.unwrap_or(processors),
    };
    let known = work
        .answers
        .keys()
        .filter(|key| records.find(key).is_some())
        .count();
    let seen = Mutex::new(Seen {
        status: Status::new(),
        audit: out.join("audit.jsonl"),
        begun: Instant::now(),
        judged: 0,
        all: work.answers.len() - known,
    });
    engine.run(work, &|event| {
        let mut seen = seen
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        seen.hear(event);
    })
}

/// What is seen while it goes on.
struct Seen {
    status: Status,
    audit: PathBuf,
    begun: Instant,
    judged: usize,
    all: usize,
}

impl Seen {
    fn hear(&mut self, event: Event<'_>) {
        match event {
            Event::Judged(judgement, took) => {
                self.judged += 1;
                audit(&self.audit, judgement, took);
            }
            Event::TriedAgain(judgement) => {
                let what = &judgement.exercise;
                self.status.say(&format!(
                    "an answer to {what} ran out of time, and is tried alone"
                ));
                return;
            }
        }
        let rate = self.judged as f64 / self.begun.elapsed().as_secs_f64().max(0.001);
        let left = Duration::from_secs_f64((self.all - self.judged.min(self.all)) as f64 / rate);
        self.status.say(&format!(
            "judged {} of {}, {rate:.1} a second, {} left",
            self.judged,
            self.all,
            minutes(left)
        ));
    }
}

/// Adds a line on when and where an answer was judged, and how long that took: what differs
/// from run to run, and therefore stands nowhere else.
fn audit(file: &Path, judgement: &Judgement, took: Duration) {
    let line = json!({
        "at": jiff::Timestamp::now().to_string(),
        "key": judgement.key,
        "exercise": judgement.exercise,
        "outcome": judgement.outcome,
        "seconds": (took.as_secs_f64() * 1000.0).round() / 1000.0,
        "process": std::process::id(),
        "made_by": judgement.made_by,
    });
    let file = OpenOptions::new().create(true).append(true).open(file);
    // The marks do not need it, and where it cannot be written they cannot either.
    let _ = file.and_then(|mut file| writeln!(file, "{line}"));
}

fn minutes(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..60 => format!("{seconds} s"),
        seconds => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

impl Options {
    /// The same options for another `grade run`, with the jail that a plan says.
    pub fn as_arguments(&self, tier: Tier) -> Vec<String> {
        let workers = self.workers.map(|n| format!("--workers={n}"));
        let without_jail = tier == Tier::Unsandboxed;
        let allowed = without_jail.then(|| "--allow-unsandboxed".to_owned());
        workers.into_iter().chain(allowed).collect()
    }
}

/// The jail that there will be: the first that works, or the one that is asked for. Without any,
/// nothing is graded unless somebody asks for that.
pub fn tier(how: &Options) -> Result<Tier, Trouble> {
    if let Some(wanted) = how.sandbox {
        return see_that_it_works(wanted, how).map(|()| wanted);
    }
    let mut why = String::new();
    for tier in [Tier::Namespaces, Tier::Bubblewrap, Tier::Landlock] {
        match sandbox::try_out(&jail()?, tier) {
            Ok(()) => return Ok(tier),
            Err(no) => why += &format!("\n  {}: {no}", name_of(tier)),
        }
    }
    match how.allow_unsandboxed {
        true => Ok(Tier::Unsandboxed),
        false => Err(Trouble::new(
            format!("this machine has no jail for strangers' programs{why}"),
            "install bubblewrap, or grade only what you trust with `--allow-unsandboxed`",
        )),
    }
}

/// Tries the jail that somebody wants.
pub fn see_that_it_works(wanted: Tier, how: &Options) -> Result<(), Trouble> {
    if wanted == Tier::Unsandboxed {
        return match how.allow_unsandboxed {
            true => Ok(()),
            false => Err(Trouble::new(
                "`unsandboxed` is no jail",
                "grade only what you trust with `--allow-unsandboxed`",
            )),
        };
    }
    sandbox::try_out(&jail()?, wanted).map_err(|why| {
        Trouble::new(
            format!(
                "the jail `{}` does not work on this machine: {why}",
                name_of(wanted)
            ),
            format!("run `{} doctor` to see which do", me()),
        )
    })
}

fn jail() -> Result<[OsString; 2], Trouble> {
    Ok([keeper()?.into_os_string(), OsString::from("jail")])
}

/// As it is spelt.
pub fn name_of(tier: Tier) -> &'static str {
    match tier {
        Tier::Namespaces => "namespaces",
        Tier::Bubblewrap => "bubblewrap",
        Tier::Landlock => "landlock",
        Tier::Unsandboxed => "unsandboxed",
    }
}

fn named(text: &str) -> Result<Tier, String> {
    let tiers = [
        Tier::Namespaces,
        Tier::Bubblewrap,
        Tier::Landlock,
        Tier::Unsandboxed,
    ];
    let found = tiers.into_iter().find(|tier| name_of(*tier) == text);
    found.ok_or_else(|| "there are namespaces, bubblewrap, landlock and unsandboxed".to_owned())
}

/// The seed of a class: given, or drawn once and kept beside the results, so that no student
/// knows it in advance and the same answer gets the same mark.
pub fn seed(out: &Path, given: Option<u64>) -> Result<u64, Trouble> {
    let file = out.join("seed");
    let kept = std::fs::read_to_string(&file).ok();
    let kept = kept.and_then(|text| text.trim().parse().ok());
    let seed = given.or(kept).unwrap_or_else(drawn);
    let keep = grader::write_if_new(&file, seed.to_string().as_bytes());
    keep.map_err(|e| {
        Trouble::new(
            format!("`{}` cannot be written: {e}", here(&file)),
            "name another folder with `--out`",
        )
    })?;
    Ok(seed)
}

fn drawn() -> u64 {
    use std::hash::{BuildHasher, Hasher};
    std::hash::RandomState::new().build_hasher().finish()
}

/// This very program: its subcommand `jail` is what strangers' programs are started through.
pub fn keeper() -> Result<PathBuf, Trouble> {
    let me = std::env::current_exe().and_then(|path| path.canonicalize());
    me.map_err(|e| Trouble::new(format!("this program is not found: {e}"), "start it again"))
}

/// Whether somebody has pressed Ctrl-C.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Whether the command was stopped: whatever went wrong then came of that.
pub fn was_interrupted() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}

/// What is running; Ctrl-C ends it, and what was judged by then is kept.
pub fn until_interrupted() -> Result<Arc<Running>, Trouble> {
    let running = Arc::new(Running::apart());
    #[cfg(unix)]
    {
        use signal_hook::consts::{SIGINT, SIGTERM};
        let ended = running.clone();
        let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM])
            .map_err(|e| Trouble::new(format!("Ctrl-C cannot be heard: {e}"), "try again"))?;
        std::thread::spawn(move || {
            if signals.forever().next().is_some() {
                INTERRUPTED.store(true, Ordering::SeqCst);
                ended.end();
            }
        });
    }
    Ok(running)
}
