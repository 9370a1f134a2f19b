//! What subjects that a warm Python forks in a jail can do to each other and to it, in each tier
//! that this machine has. The Python is the judge's, with a driver of these tests' own.

#![cfg(target_os = "linux")]

#[allow(dead_code, reason = "the other tests use all of it")]
mod cell;

use std::fs;
use std::io::{IoSlice, Read, Write};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command};

use cell::{Cell, tiers};
use rustix::net::{
    AddressFamily, RecvFlags, SendAncillaryBuffer, SendAncillaryMessage, SendFlags, SocketFlags,
    SocketType, recv, send, sendmsg, socketpair,
};
use sandbox::{Children, Tier};

const PARTS: [(&str, &str); 3] = [
    ("warm.py", include_str!("../../oracle/src/warm.py")),
    ("confine.py", include_str!("../../oracle/src/confine.py")),
    ("driver.py", include_str!("forked.py")),
];

#[test]
fn a_subject_sees_and_signals_neither_its_neighbour_nor_the_one_that_forks() {
    for tier in tiers() {
        let warm = Warm::start(*tier);
        let (mut one, mut other) = (warm.fork(), warm.fork());
        let neighbour = one.says("os.getpid()");
        assert_eq!(one.says("is_called('neighbour')"), "True");
        assert_eq!(one.says("sees('neighbour', 0)"), "True", "{tier:?}");
        let seen = other.says(&format!("sees('neighbour', {neighbour})"));
        assert_eq!(seen, "False", "{tier:?}");
        assert_eq!(other.says("signals(daemon('child'))"), "True", "{tier:?}");
        for pid in ["WARM", &neighbour] {
            let signals = other.says(&format!("signals({pid})"));
            assert_eq!(signals, "False", "{tier:?}: {pid}");
        }
    }
}

#[test]
fn a_subject_has_temporary_files_that_nobody_else_reads_and_that_go_with_it() {
    for tier in tiers() {
        let warm = Warm::start(*tier);
        let (mut one, mut other) = (warm.fork(), warm.fork());
        let file = one.says("keeps()");
        let read = format!("reads('{file}')");
        assert_eq!(one.says(&read), "mine", "{tier:?}");
        assert_eq!(other.says(&read), "nothing", "{tier:?}");
        assert_eq!(
            Path::new(&file).exists(),
            *tier == Tier::Landlock,
            "{tier:?}"
        );
        warm.reap(one);
        assert_eq!(warm.fork().says(&read), "nothing", "{tier:?}");
        assert!(!Path::new(&file).exists(), "{tier:?}");
    }
}

#[test]
fn nobody_outlives_a_subject_and_the_next_one_is_forked() {
    for tier in tiers() {
        let warm = Warm::start(*tier);
        // A name has room for 15 letters.
        let name = format!("{:.3}{}", format!("{tier:?}"), std::process::id());
        let mut one = warm.fork();
        one.says(&format!("daemon('{name}')"));
        assert_eq!(running(&name), 1, "{tier:?}");
        warm.reap(one);
        assert_eq!(warm.fork().says("1 + 1"), "2", "{tier:?}");
        assert_eq!(running(&name), 0, "{tier:?}");
    }
}

/// A Python that waits in a jail.
struct Warm {
    door: Child,
    control: OwnedFd,
    _cell: Cell,
}

/// One that it forked.
struct Subject {
    number: String,
    channel: UnixStream,
}

impl Warm {
    fn start(tier: Tier) -> Warm {
        let mut cell = Cell::of(tier);
        for (name, text) in PARTS {
            fs::write(cell.at(&format!("open/{name}")), text).unwrap();
        }
        let script = "import sys; print(sys.executable); print(sys.base_prefix)";
        let said = Command::new("python3").args(["-c", script]).output();
        let said = String::from_utf8(said.unwrap().stdout).unwrap();
        let (python, prefix) = said.trim().split_once('\n').unwrap();
        cell.policy.readable.push(prefix.into());
        cell.policy.descriptors = (3..=7).collect();
        cell.policy.children = Children::Forked;
        let kind = (AddressFamily::UNIX, SocketType::SEQPACKET);
        let (control, theirs) = socketpair(kind.0, kind.1, SocketFlags::CLOEXEC, None).unwrap();
        let [warm, driver] = ["open/warm.py", "open/driver.py"].map(|path| cell.at(path));
        let mut command = cell.command(python, &["-I", "-S", &warm, &driver, "libc.so.6", ""]);
        // As the grader has it: what its checks make is in a folder that all subjects share.
        command.env("TMPDIR", cell.at("ours"));
        let theirs = theirs.as_raw_fd();
        // SAFETY: between fork and exec only descriptors are copied.
        unsafe {
            command.pre_exec(move || {
                let theirs = libc::fcntl(theirs, libc::F_DUPFD, 10);
                for place in 3..=7 {
                    libc::dup2(theirs, place);
                }
                Ok(())
            });
        }
        let door = command.spawn().unwrap();
        let warm = Warm {
            door,
            control,
            _cell: cell,
        };
        assert_eq!(warm.hears(), "ready", "{tier:?}");
        warm
    }

    fn fork(&self) -> Subject {
        let (channel, theirs) = UnixStream::pair().unwrap();
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(5))];
        let mut ancillary = SendAncillaryBuffer::new(&mut space);
        let ends = [theirs.as_fd(); 5];
        assert!(ancillary.push(SendAncillaryMessage::ScmRights(&ends)));
        let words = [IoSlice::new(b"fork")];
        sendmsg(&self.control, &words, &mut ancillary, SendFlags::NOSIGNAL).unwrap();
        let number = self.hears();
        assert!(number.parse::<u32>().is_ok(), "{number}");
        Subject { number, channel }
    }

    fn reap(&self, subject: Subject) {
        let words = format!("reap {}", subject.number);
        send(&self.control, words.as_bytes(), SendFlags::NOSIGNAL).unwrap();
    }

    fn hears(&self) -> String {
        let mut buffer = [0; 64];
        let (_, length) = recv(&self.control, &mut buffer, RecvFlags::empty()).unwrap();
        String::from_utf8_lossy(&buffer[..length]).into_owned()
    }
}

impl Drop for Warm {
    fn drop(&mut self) {
        let pid = rustix::process::Pid::from_child(&self.door);
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
        let _ = self.door.wait();
    }
}

impl Subject {
    fn says(&mut self, ask: &str) -> String {
        self.channel.write_all(ask.as_bytes()).unwrap();
        let mut buffer = [0; 4096];
        let length = self.channel.read(&mut buffer).unwrap();
        String::from_utf8_lossy(&buffer[..length]).into_owned()
    }
}

/// How many processes call themselves so.
fn running(name: &str) -> usize {
    let name_of = |entry: fs::DirEntry| fs::read_to_string(entry.path().join("comm")).ok();
    let all = fs::read_dir("/proc").unwrap().flatten().filter_map(name_of);
    all.filter(|found| found.trim() == name).count()
}
