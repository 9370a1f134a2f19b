//! A class on more than this machine: whoever can start a command several times judges the
//! shards of a plan.
//!
//! All machines see the workbook and the folder of results at the same paths, as on a cluster.
//! Where they do not, `plan`, `run` and `merge` are called one by one.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use builder::Running;
use sandbox::Tier;

use super::{class, judging, plan, shards};
use crate::screen::{here, me};
use crate::trouble::Trouble;
use crate::workshop;

#[derive(clap::Args)]
#[group(id = "engines")]
pub struct Options {
    /// Who judges in place of this program: a job array of Slurm, or a command that is started
    /// for each shard
    #[arg(long, value_enum)]
    engine: Option<Name>,
    /// In so many shards, with an engine
    #[arg(long, value_name = "N", default_value_t = 4, requires = "engine", value_parser = clap::value_parser!(u32).range(1..=4096))]
    shards: u32,
    /// Handed to `sbatch`, as `--slurm-arg=--partition=long`; may be given again
    #[arg(
        long,
        value_name = "ARG",
        allow_hyphen_values = true,
        requires = "engine"
    )]
    slurm_arg: Vec<String>,
    /// For `--engine command`: what judges a shard, with {shard}, {shards} and {out} filled in
    #[arg(
        long,
        value_name = "COMMAND",
        required_if_eq("engine", "command"),
        requires = "engine"
    )]
    with: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Name {
    Slurm,
    Command,
}

/// Grades a class with whatever engine is asked for.
pub fn grade(class: &class::Options, options: &Options) -> Result<ExitCode, Trouble> {
    let Some(engine) = options.engine else {
        return class::grade(class);
    };
    let planned = plan::make(class)?;
    class.marks.rules(&planned.roll)?;
    let (tier, running) = (planned.roll.tier, planned.bench.running.clone());
    // From here on the folder is the shards'.
    drop(planned);
    let out = absolute(&class.out);
    match &options.with {
        Some(command) if engine == Name::Command => {
            start_each(command, options.shards, &out, &running)?;
            shards::merge(&out, &[], &class.marks)
        }
        _ => submit(class, options, tier, &out),
    }
}

/// Starts the command once for each shard, all at a time, and waits for all of them. One that
/// fails leaves gaps, which the merge names.
fn start_each(command: &str, all: u32, out: &Path, running: &Running) -> Result<(), Trouble> {
    let mut started = Vec::new();
    for shard in 1..=all {
        let line = command
            .replace("{shards}", &all.to_string())
            .replace("{shard}", &shard.to_string())
            .replace("{out}", &quoted(out.as_os_str()));
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(&line).stdin(Stdio::null());
        let child = running.spawn(&mut shell).map_err(|e| {
            Trouble::new(
                format!("`{line}` cannot be started: {e}"),
                "see that there is a shell, and run the same command again",
            )
        })?;
        started.push((shard, child));
    }
    for (shard, mut child) in started {
        let ended = running.wait(&mut child);
        if !ended.is_ok_and(|status| status.success()) {
            eprintln!("shard {shard} of {all} failed");
        }
    }
    match judging::was_interrupted() {
        true => Err(grader::GraderError::Stopped.into()),
        false => Ok(()),
    }
}

/// A job array of the shards, and a merge when all of them have ended, however they did.
fn submit(
    class: &class::Options,
    options: &Options,
    tier: Tier,
    out: &Path,
) -> Result<ExitCode, Trouble> {
    let said = out.join("slurm");
    std::fs::create_dir_all(&said).map_err(|e| {
        Trouble::new(
            format!("`{}` cannot be made: {e}", here(&said)),
            "name another folder with `--out`",
        )
    })?;
    let program = judging::keeper()?;
    let all = options.shards;
    let share = format!("\"$SLURM_ARRAY_TASK_ID\"/{all}");
    let run = [
        program.as_os_str(),
        "grade".as_ref(),
        "run".as_ref(),
        out.as_os_str(),
    ];
    let mut run = format!("exec {} --shard {share}", in_a_line(run));
    for argument in class.how.as_arguments(tier) {
        run += &format!(" {argument}");
    }
    let array = Job {
        name: "bindery-run",
        more: vec![
            format!("--array=1-{all}").into(),
            // A shard that is begun again goes on where it was.
            "--requeue".into(),
        ],
        words: said.join("run-%a.txt"),
    };
    let array = array.submit(&run, &options.slurm_arg)?;
    let merge = [
        program.as_os_str(),
        "grade".as_ref(),
        "merge".as_ref(),
        out.as_os_str(),
    ];
    let rules = class.marks.as_arguments();
    let merge = merge
        .into_iter()
        .chain(rules.iter().map(OsString::as_os_str));
    let merged = Job {
        name: "bindery-merge",
        more: vec![format!("--dependency=afterany:{array}").into()],
        words: said.join("merge.txt"),
    };
    let merged = merged.submit(&format!("exec {}", in_a_line(merge)), &options.slurm_arg)?;
    println!(
        "Submitted {all} shards as job {array}, and the merge after them as job {merged}.\n\
         `squeue --jobs {array},{merged}` shows how far they are; what the merge says will be in `{}`.",
        here(&said.join("merge.txt"))
    );
    Ok(ExitCode::SUCCESS)
}

/// What Slurm is to run.
struct Job {
    name: &'static str,
    more: Vec<OsString>,
    /// Where what it prints goes.
    words: PathBuf,
}

impl Job {
    /// The number that Slurm gives it.
    fn submit(&self, line: &str, given: &[String]) -> Result<String, Trouble> {
        let mut sbatch = Command::new("sbatch");
        sbatch
            .args(["--parsable", "--open-mode=append"])
            .arg(format!("--job-name={}", self.name))
            .arg(with("--output=", &self.words))
            .arg(with("--chdir=", &workshop::root()?))
            .args(&self.more)
            .args(given)
            .arg(format!("--wrap={line}"))
            .stdin(Stdio::null());
        let output = sbatch.output().map_err(|e| {
            Trouble::new(
                format!("`sbatch` cannot be started: {e}"),
                "submit from a machine of the cluster, or leave out `--engine slurm`",
            )
        })?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(Trouble::new(
                format!("Slurm does not take the job: {}", said.trim()),
                format!("mend the `--slurm-arg`, and run `{} grade` again", me()),
            ));
        }
        // A cluster of several adds its name after a semicolon.
        let number = String::from_utf8_lossy(&output.stdout);
        let number = number.trim().split(';').next().unwrap_or_default();
        Ok(number.to_owned())
    }
}

fn with(option: &str, path: &Path) -> OsString {
    let mut word = OsString::from(option);
    word.push(path);
    word
}

/// From wherever a job runs.
pub fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn in_a_line<'a>(words: impl IntoIterator<Item = &'a OsStr>) -> String {
    let words: Vec<String> = words.into_iter().map(quoted).collect();
    words.join(" ")
}

/// A word for a shell, whatever is in it.
fn quoted(word: &OsStr) -> String {
    format!("'{}'", word.to_string_lossy().replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_gets_each_word_as_it_is() {
        let words = ["it's", "two words", "$HOME", "a\nb"];
        let line = format!("printf '<%s>' {}", in_a_line(words.map(OsStr::new)));
        let output = Command::new("sh").args(["-c", &line]).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(said, "<it's><two words><$HOME><a\nb>");
    }
}
