//! Who descends from a process, and what they use together.

use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rustix::process::Pid;

/// What several processes use together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Processes and their threads.
    pub threads: u64,
    /// Memory, in bytes. What several of them share is counted for each.
    pub memory: u64,
}

/// Everybody below this process that has not been buried.
pub fn descendants(of: Pid) -> Vec<Pid> {
    let mut found = vec![of];
    let mut at = 0;
    while let Some(pid) = found.get(at) {
        let children = children(*pid);
        found.extend(children);
        at += 1;
    }
    found.split_off(1)
}

fn children(pid: Pid) -> Vec<Pid> {
    let tasks = std::fs::read_dir(format!("/proc/{}/task", pid.as_raw_nonzero()));
    let of_task = |task: std::fs::DirEntry| std::fs::read_to_string(task.path().join("children"));
    let lines = tasks.into_iter().flatten().flatten().flat_map(of_task);
    let pids = |line: String| -> Vec<Pid> {
        let numbers = line.split_whitespace().flat_map(str::parse);
        numbers.filter_map(Pid::from_raw).collect()
    };
    lines.flat_map(pids).collect()
}

/// The processes and threads of whoever runs this, in a jail or not.
pub fn threads_of_ours() -> u64 {
    let me = rustix::process::getuid().as_raw();
    let all = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let ours = all.filter(|entry| entry.metadata().is_ok_and(|m| m.uid() == me));
    let stats = ours.filter_map(|entry| std::fs::read_to_string(entry.path().join("stat")).ok());
    stats.filter_map(|stat| Some(in_stat(&stat)?.0)).sum()
}

/// What those below this process use.
pub fn usage(of: Pid) -> Usage {
    let below = descendants(of);
    let page = rustix::param::page_size() as u64;
    let mut usage = Usage::default();
    for pid in &below {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero()));
        let (threads, pages) = stat
            .ok()
            .and_then(|stat| in_stat(&stat))
            .unwrap_or_default();
        usage.threads += threads;
        usage.memory += pages * page;
    }
    usage
}

/// The memory of those below this process, where what they share is counted once. Takes longer,
/// and believes the other count of one that hides.
pub fn fair_memory(of: Pid) -> u64 {
    let page = rustix::param::page_size() as u64;
    let of_one = |pid: &Pid| {
        let place = format!("/proc/{}", pid.as_raw_nonzero());
        let rollup = std::fs::read_to_string(format!("{place}/smaps_rollup")).unwrap_or_default();
        in_rollup(&rollup).or_else(|| {
            let stat = std::fs::read_to_string(format!("{place}/stat")).ok()?;
            Some(in_stat(&stat)?.1 * page)
        })
    };
    descendants(of).iter().filter_map(of_one).sum()
}

fn in_rollup(rollup: &str) -> Option<u64> {
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes << 10)
}

/// What the files in a folder take, in bytes. Stops counting at `enough`.
pub fn size_of(folder: &Path, enough: u64) -> u64 {
    let mut size = 0;
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let Ok(metadata) = entry.metadata() else {
                continue;
            };
            // A file without content takes something too, in the end.
            size += metadata.len() + 4096;
            if metadata.is_dir() {
                folders.push(entry.path());
            }
            if size > enough {
                return size;
            }
        }
    }
    size
}

/// The threads of a process and its pages in memory.
fn in_stat(stat: &str) -> Option<(u64, u64)> {
    // The name may hold anything. The state is field 3, the threads are 20, the pages 24.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let field = |number: usize| fields.get(number - 3)?.parse().ok();
    Some((field(20)?, field(24)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_and_pages_are_read_past_a_name_with_a_bracket_in_it() {
        let stat = "7 (a) b) S 1 7 7 0 -1 0 0 0 0 0 0 0 0 0 20 0 4 0 99 1000 321 18446 1 1";
        assert_eq!(in_stat(stat), Some((4, 321)));
    }

    #[test]
    fn a_share_of_memory_is_read_in_bytes() {
        assert_eq!(
            in_rollup("Rss:  9 kB\nPss:      12 kB\nPss_Dirty: 4 kB\n"),
            Some(12 << 10)
        );
        assert_eq!(in_rollup(""), None);
    }

    #[test]
    fn a_child_is_found_and_counted() {
        let mut child = std::process::Command::new("sleep")
            .arg("30")
            .spawn()
            .unwrap();
        let pid = Pid::from_child(&child);
        assert!(descendants(rustix::process::getpid()).contains(&pid));
        assert!(usage(rustix::process::getpid()).threads >= 1);
        child.kill().unwrap();
        child.wait().unwrap();
    }
}
