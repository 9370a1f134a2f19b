//! Which jails this machine has: found out by trying each, since no version number tells what
//! an administrator, a container or a security module forbids.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Children, Limits, Policy, Tier, system_folders};

/// Why there is no such jail here, in a sentence without its full stop.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Why(pub String);

/// Tries each tier, the best first. `jail` is the command that calls [`crate::enter`], to which
/// a policy, `--` and a program are added.
pub fn probe(jail: &[OsString]) -> Vec<(Tier, Result<(), Why>)> {
    [Tier::Namespaces, Tier::Bubblewrap, Tier::Landlock]
        .map(|tier| (tier, try_out(jail, tier)))
        .into()
}

/// The best of those that work.
pub fn best(probed: &[(Tier, Result<(), Why>)]) -> Option<Tier> {
    probed
        .iter()
        .find(|(_, works)| works.is_ok())
        .map(|(tier, _)| *tier)
}

/// Tries this tier alone. It works if a program runs in it, and does not see a file that is not
/// for it.
pub fn try_out(jail: &[OsString], tier: Tier) -> Result<(), Why> {
    let why = |e: std::io::Error| Why(format!("it cannot be tried: {e}"));
    let folder = Trial::new().map_err(why)?;
    let secret = folder.0.join("secret");
    let file = folder.0.join("policy.json");
    std::fs::write(&secret, "seen").map_err(why)?;
    let policy = Policy {
        tier,
        readable: system_folders(),
        writable: Vec::new(),
        descriptors: Vec::new(),
        scratch: 1 << 20,
        limits: Limits::default(),
        children: Children::Untrusted,
    };
    let text = serde_json::to_string(&policy).expect("a policy is plain data");
    let mut written = std::fs::File::create(&file).map_err(why)?;
    written.write_all(text.as_bytes()).map_err(why)?;
    let script = r#"read -r line < "$1" && echo "$line"; echo alive"#;
    let (program, rest) = jail
        .split_first()
        .ok_or(Why("there is no command".into()))?;
    let output = Command::new(program)
        .args(rest)
        .arg(&file)
        .args(["--", "/bin/sh", "-c", script, "sh"])
        .arg(&secret)
        .current_dir("/")
        .output()
        .map_err(why)?;
    match String::from_utf8_lossy(&output.stdout).trim() {
        "alive" => Ok(()),
        "" => Err(Why(in_a_line(&output.stderr))),
        _ => Err(Why("what is outside can be read".into())),
    }
}

fn in_a_line(said: &[u8]) -> String {
    let said = String::from_utf8_lossy(said);
    let lines: Vec<&str> = said
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect();
    let said = lines.join("; ");
    let said = said.strip_prefix("error: ").unwrap_or(&said);
    match said.is_empty() {
        true => "the program did not run".into(),
        false => said.into(),
    }
}

/// A folder for one trial, outside of what any jail shows.
struct Trial(PathBuf);

impl Trial {
    fn new() -> std::io::Result<Trial> {
        use std::sync::atomic::{AtomicU32, Ordering};
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("bindery-probe-{}-{number}", std::process::id());
        let folder: &Path = &std::env::temp_dir().join(name);
        std::fs::create_dir(folder)?;
        Ok(Trial(folder.into()))
    }
}

impl Drop for Trial {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_that_works_is_taken() {
        let no = || Err(Why("no".into()));
        let probed = [
            (Tier::Namespaces, no()),
            (Tier::Bubblewrap, Ok(())),
            (Tier::Landlock, Ok(())),
        ];
        assert_eq!(best(&probed), Some(Tier::Bubblewrap));
        assert_eq!(best(&[(Tier::Landlock, no())]), None);
    }
}
