//! A control group for a jail, where this process may make one: it stops a burst that the
//! keeper, who looks now and then, would see a moment later.
//!
//! A group that somebody else manages is left to them: only the root of a hierarchy is used, as
//! containers and machines without a manager have it.

use std::io::ErrorKind;
use std::path::PathBuf;
use std::time::Duration;

use crate::enter::{Error, Naming};
use crate::{Policy, Tier};

/// Under which names groups are made, so that what a killed jail left behind is found.
const NAME: &str = "bindery-jail-";

/// How often it is tried to remove a group that is in use, and with what pause.
const PATIENCE: u32 = 400;
const PAUSE: Duration = Duration::from_millis(5);

/// The folders of a group, one for each hierarchy. Removed with it.
#[derive(Default)]
pub struct Group {
    folders: Vec<PathBuf>,
}

impl Group {
    /// Without any folder where none can be made.
    pub fn make(policy: &Policy) -> Group {
        let limits = [
            ("pids", "pids.max", policy.most_processes()),
            (
                "memory",
                "memory.limit_in_bytes",
                policy.limits.memory * policy.children.at_a_time(),
            ),
        ];
        let mut group = Group::default();
        if policy.tier == Tier::Unsandboxed {
            return group;
        }
        let mine = std::fs::read_to_string("/proc/self/cgroup").unwrap_or_default();
        for (controller, file, limit) in limits {
            if !is_at_the_root(&mine, controller) {
                continue;
            }
            let hierarchy = PathBuf::from("/sys/fs/cgroup").join(controller);
            sweep(&hierarchy);
            let folder = hierarchy.join(format!("{NAME}{}", std::process::id()));
            if std::fs::create_dir(&folder).is_err() {
                continue;
            }
            // In a hierarchy whose limit cannot be set there is no use for a group.
            let _ = std::fs::write(folder.join(file), limit.to_string());
            group.folders.push(folder);
        }
        group
    }

    /// Puts this process into it, and with it all that it will start.
    pub fn join(&self) -> Result<(), Error> {
        for folder in &self.folders {
            // 0 is whoever writes it.
            std::fs::write(folder.join("cgroup.procs"), "0")
                .naming("cannot join a control group")?;
        }
        Ok(())
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        for folder in &self.folders {
            // Who was killed a moment ago is still on its way out.
            for _ in 0..PATIENCE {
                match std::fs::remove_dir(folder) {
                    Err(e) if e.kind() == ErrorKind::ResourceBusy => std::thread::sleep(PAUSE),
                    _ => break,
                }
            }
        }
    }
}

/// Whether no manager has put this process into a group of a hierarchy of the first kind.
fn is_at_the_root(mine: &str, controller: &str) -> bool {
    mine.lines().any(|line| {
        let mut parts = line.splitn(3, ':').skip(1);
        let (names, place) = (parts.next(), parts.next());
        names.is_some_and(|names| names.split(',').any(|name| name == controller))
            && place == Some("/")
    })
}

/// Removes groups whose jail was killed. One that is in use cannot be removed.
fn sweep(hierarchy: &std::path::Path) {
    for entry in std::fs::read_dir(hierarchy).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some(pid) = name.to_str().and_then(|name| name.strip_prefix(NAME)) else {
            continue;
        };
        // Its jail may be about to join it.
        if !PathBuf::from("/proc").join(pid).exists() {
            let _ = std::fs::remove_dir(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_of_somebody_elses_is_left_alone() {
        let mine = "8:pids:/\n4:memory:/slurm/job_7\n3:cpu,cpuacct:/\n0::/\n";
        assert!(is_at_the_root(mine, "pids"));
        assert!(is_at_the_root(mine, "cpuacct"));
        assert!(!is_at_the_root(mine, "memory"));
        assert!(!is_at_the_root(mine, "blkio"));
    }
}
