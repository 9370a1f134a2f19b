//! Counts instructions with callgrind, where valgrind is. A count hardly differs from one
//! run to the next, however busy the machine is.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use gallery::Bench;

use crate::LabError;
use crate::error::io_error;
use crate::judge::Samples;
use crate::worker::{Surroundings, Worker};

/// Counts one operation of each series, or says what is missing for it.
pub(crate) fn count(
    bench: &Bench,
    home: &Path,
    python: &Path,
    surroundings: &Surroundings<'_>,
    names: &[String],
    samples: &mut Samples,
) -> Result<(), LabError> {
    let there = bench
        .command(Path::new("valgrind"))
        .arg("--version")
        .output();
    let counter = match there.is_ok_and(|output| output.status.success()) {
        true => counter(home),
        false => None,
    };
    let Some(counter) = counter else {
        let why = "instructions are counted where valgrind and its headers are installed";
        samples.missing.insert("instructions".into(), why.into());
        return Ok(());
    };
    let scratch = surroundings.scratch;
    let folder = tempfile::tempdir_in(scratch).map_err(io_error("write in", scratch))?;
    let out = folder.path().join("out");
    let mut command = bench.command(Path::new("valgrind"));
    command
        .args(["--tool=callgrind", "--instr-atstart=no", "--quiet"])
        .arg(format!("--callgrind-out-file={}", out.display()))
        .arg(python);
    let (told, loops) = Worker::start_counting(surroundings, command, &counter, names)?;
    for (index, name) in names.iter().enumerate() {
        let path = PathBuf::from(format!("{}.{}", out.display(), index + 1));
        let text = std::fs::read_to_string(&path).map_err(io_error("read", &path))?;
        let total = text.lines().find_map(|line| line.strip_prefix("totals: "));
        if let Some(total) = total.and_then(|total| total.trim().parse::<f64>().ok()) {
            let operations = loops * told.series.get(name).copied().unwrap_or(1.0);
            samples
                .instructions
                .insert(name.clone(), total / operations);
        }
    }
    Ok(())
}

/// The library that turns callgrind's counter on and off, compiled once.
fn counter(home: &Path) -> Option<PathBuf> {
    let target = home.join(format!("libcounter{}", std::env::consts::DLL_SUFFIX));
    if target.is_file() {
        return Some(target);
    }
    let source = home.join("counter.c");
    std::fs::write(&source, include_str!("counter.c")).ok()?;
    let fresh = home.join(format!(".counter.{}", std::process::id()));
    let mut command: Command = builder::compiler().ok()?;
    command
        .args(["-O1", "-shared", "-fPIC", "-o"])
        .arg(&fresh)
        .arg(&source);
    let compiled = command.stdin(Stdio::null()).output().ok()?;
    compiled.status.success().then_some(())?;
    std::fs::rename(&fresh, &target).ok()?;
    Some(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counter_is_compiled_once() {
        let home = tempfile::tempdir().expect("there is room");
        let Some(first) = counter(home.path()) else {
            println!("skipped: valgrind's headers are not here");
            return;
        };
        assert_eq!(counter(home.path()), Some(first));
    }
}
