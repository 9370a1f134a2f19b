//! What a jailed program may do.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// What keeps a program in: the first of them that works here is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    /// User, mount, PID, network, IPC and UTS namespaces of our own making, with an empty
    /// root, a system call filter and limits.
    Namespaces,
    /// The same by bubblewrap, where only that may make namespaces.
    Bubblewrap,
    /// Landlock, a system call filter and limits, where there are no namespaces to be had.
    Landlock,
    /// Nothing. Only for somebody who has asked for that.
    Unsandboxed,
}

/// Everything that a jailed program may do.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Policy {
    /// What keeps it in.
    pub tier: Tier,
    /// The files and folders that are there for it, at the places where they are outside.
    /// Nothing else is.
    pub readable: Vec<PathBuf>,
    /// The folders that it may write into. They outlive it.
    pub writable: Vec<PathBuf>,
    /// The descriptors that it keeps of its starter's, beside the three that everybody has.
    #[serde(default)]
    pub descriptors: Vec<i32>,
    /// What it may put into `/tmp` and `/dev/shm`, which are its own and go with it, in bytes.
    pub scratch: u64,
    /// How much of everything it may use.
    pub limits: Limits,
    /// Who of its processes is trusted.
    pub children: Children,
}

/// Who in a jail is trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Children {
    /// Nobody: the program itself is confined before it starts.
    Untrusted,
    /// The program is ours and forks the untrusted ones, each into a PID namespace of its own.
    /// It is told in `BINDERY_CONFINE` how each of them is to be confined.
    Forked,
}

#[cfg(target_os = "linux")]
impl Children {
    /// For how many programs there is room. Of those that are forked each has a keeper who
    /// counts; here is what they share.
    pub(crate) fn at_a_time(self) -> u64 {
        match self {
            Children::Untrusted => 1,
            Children::Forked => 4,
        }
    }
}

#[cfg(target_os = "linux")]
impl Policy {
    /// Where the kernel stops those who are faster than their keepers: these have to see first
    /// that there are too many.
    pub(crate) fn most_processes(&self) -> u64 {
        let keepers_and_the_door = 16;
        self.limits.processes * self.children.at_a_time() + keepers_and_the_door
    }
}

/// How much of everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Processes and threads at a time. Who has so many is ended.
    pub processes: u64,
    /// Memory, in bytes.
    pub memory: u64,
    /// The longest file it may write, in bytes.
    pub file_size: u64,
    /// Processor time of one process, in seconds.
    pub cpu_seconds: u64,
    /// Open files of one process.
    pub open_files: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            processes: 128,
            memory: 2 << 30,
            file_size: 64 << 20,
            cpu_seconds: 60,
            open_files: 256,
        }
    }
}
