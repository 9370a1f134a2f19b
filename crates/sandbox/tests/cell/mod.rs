//! A jail with a folder it may read and one it may write, and the program that tries to get out.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::OnceLock;

use sandbox::{Children, Limits, Policy, Tier, probe, system_folders};

/// The command that enters a jail.
pub const JAIL: &str = env!("CARGO_BIN_EXE_jail");

/// Those that work here.
pub fn tiers() -> &'static [Tier] {
    static TIERS: OnceLock<Vec<Tier>> = OnceLock::new();
    TIERS.get_or_init(|| {
        let probed = probe(&[JAIL.into()]);
        for (tier, works) in &probed {
            eprintln!("{tier:?}: {works:?}");
        }
        let works = probed.into_iter().filter(|(_, works)| works.is_ok());
        let works: Vec<Tier> = works.map(|(tier, _)| tier).collect();
        assert!(!works.is_empty(), "this machine has no jail at all");
        works
    })
}

pub struct Cell {
    pub home: tempfile::TempDir,
    pub policy: Policy,
}

impl Cell {
    pub fn of(tier: Tier) -> Cell {
        let home = tempfile::tempdir().unwrap();
        for folder in ["open", "ours"] {
            fs::create_dir(home.path().join(folder)).unwrap();
        }
        fs::write(home.path().join("open/known"), "x").unwrap();
        fs::write(home.path().join("secret"), "secret").unwrap();
        fs::copy(attempts(), home.path().join("open/attempts")).unwrap();
        let policy = Policy {
            tier,
            readable: [system_folders(), vec![home.path().join("open")]].concat(),
            writable: vec![home.path().join("ours")],
            descriptors: Vec::new(),
            scratch: 8 << 20,
            limits: Limits {
                processes: 40,
                memory: 256 << 20,
                ..Limits::default()
            },
            children: Children::Untrusted,
        };
        Cell { home, policy }
    }

    pub fn at(&self, path: &str) -> String {
        self.home.path().join(path).to_str().unwrap().to_owned()
    }

    pub fn command(&self, program: &str, args: &[&str]) -> Command {
        let file = self.home.path().join("policy.json");
        fs::write(&file, serde_json::to_string(&self.policy).unwrap()).unwrap();
        let mut command = Command::new(JAIL);
        command
            .arg(file)
            .args(["--", program])
            .args(args)
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        command
    }

    /// What an attempt says in the jail, how it ended, and which process stood at the door.
    pub fn attempt(&self, args: &[&str]) -> (String, ExitStatus, u32) {
        let mut child = self
            .command(&self.at("open/attempts"), args)
            .spawn()
            .unwrap();
        let (said, status) = end_of(&mut child);
        (said, status, child.id())
    }

    pub fn succeeds(&self, args: &[&str]) -> bool {
        self.attempt(args).0 == "done"
    }
}

/// What it said, and how it ended.
pub fn end_of(child: &mut Child) -> (String, ExitStatus) {
    let mut said = String::new();
    child
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut said)
        .unwrap();
    (said.trim().to_owned(), child.wait().unwrap())
}

/// The same attempt without a jail, which shows that it can succeed.
pub fn succeeds_outside(args: &[&str]) -> bool {
    let mut command = Command::new(attempts());
    command
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    end_of(&mut command.spawn().unwrap()).0 == "done"
}

#[track_caller]
pub fn is_kept_from(args: &[&str]) {
    assert!(succeeds_outside(args), "{args:?} fails outside too");
    for tier in tiers() {
        assert!(
            !Cell::of(*tier).succeeds(args),
            "{tier:?} lets {args:?} happen"
        );
    }
}

fn attempts() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("attempts");
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/attempts.c");
        let fresh = program.with_extension(std::process::id().to_string());
        let mut cc = Command::new("cc");
        let built = cc.args(["-O1", source, "-o"]).arg(&fresh).status().unwrap();
        assert!(built.success());
        fs::rename(fresh, &program).unwrap();
        program
    })
}
