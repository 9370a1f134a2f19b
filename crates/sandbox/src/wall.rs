//! Landlock: what of the file system a process may touch, and that it may signal nobody outside.
//!
//! The only wall of its tier, and a second one behind the namespaces' where the kernel has it.

use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, CompatLevel, Compatible, Ruleset, RulesetAttr,
    RulesetCreated, RulesetCreatedAttr, Scope, path_beneath_rules,
};

use crate::enter::{Error, Naming};
use crate::{Policy, Tier};

/// The newest kernel interface that is asked for: the one that keeps signals in.
const NEWEST: i32 = 6;
/// What everybody may write to.
const DEVICES: [&str; 5] = [
    "/dev/full",
    "/dev/null",
    "/dev/random",
    "/dev/urandom",
    "/dev/zero",
];

/// A wall, and which rights it is about.
pub struct Wall {
    rules: RulesetCreated,
    /// All rights to a folder, in the kernel's numbers.
    pub all: u64,
    /// The right to read in one.
    pub read: u64,
}

impl Wall {
    /// Nothing where the kernel has none and the tier does not rest on it.
    pub fn build(policy: &Policy, scratch: Option<&Path>) -> Result<Option<Wall>, Error> {
        let is_all = policy.tier == Tier::Landlock;
        let version = version();
        if version < if is_all { NEWEST } else { 1 } {
            return match is_all {
                false => Ok(None),
                true => Err(Error::new(
                    "the kernel's Landlock does not keep signals in: Linux 6.12 is the first that does",
                )),
            };
        }
        let abi = ABI::from(version.min(NEWEST));
        let level = match is_all {
            true => CompatLevel::HardRequirement,
            false => CompatLevel::BestEffort,
        };
        let every = AccessFs::from_all(abi);
        let read = AccessFs::from_read(abi);
        let rules = rules(policy, scratch, abi, level).naming("Landlock refuses")?;
        Ok(Some(Wall {
            rules,
            all: every.bits(),
            read: (read & !BitFlags::from(AccessFs::Execute)).bits(),
        }))
    }

    /// Puts up the wall around this process and all that it starts.
    pub fn stand(self) -> Result<(), Error> {
        // Its own account of itself, and nobody else's: of another process it would be a leak.
        let read = AccessFs::ReadFile | AccessFs::ReadDir;
        let rules = self
            .rules
            .add_rules(path_beneath_rules(["/proc/self"], read));
        rules
            .and_then(RulesetCreated::restrict_self)
            .map(drop)
            .naming("Landlock refuses")
    }

    /// For a trusted program, which puts it up around each that it forks.
    pub fn descriptor(self) -> Option<OwnedFd> {
        self.rules.into()
    }
}

fn rules(
    policy: &Policy,
    scratch: Option<&Path>,
    abi: ABI,
    level: CompatLevel,
) -> Result<RulesetCreated, landlock::RulesetError> {
    let every = AccessFs::from_all(abi);
    // Behind the other walls there is nothing that may not be seen.
    let (readable, own): (Vec<PathBuf>, Vec<PathBuf>) = match policy.tier {
        Tier::Landlock => (
            policy.readable.clone(),
            scratch.into_iter().map(Into::into).collect(),
        ),
        _ => (
            vec!["/".into()],
            ["/tmp", "/dev/shm"].map(PathBuf::from).into(),
        ),
    };
    Ruleset::default()
        .set_compatibility(level)
        .handle_access(every)?
        .handle_access(AccessNet::from_all(abi))?
        .scope(Scope::from_all(abi))?
        .create()?
        .add_rules(path_beneath_rules(readable, AccessFs::from_read(abi)))?
        .add_rules(path_beneath_rules(
            DEVICES,
            AccessFs::ReadFile | AccessFs::WriteFile,
        ))?
        .add_rules(path_beneath_rules(
            policy.writable.iter().cloned().chain(own),
            every,
        ))
}

/// Which interface the kernel has; 0 or less where it has none.
fn version() -> i32 {
    let only_the_version = 1;
    // SAFETY: without a ruleset the call reads nothing and says which version there is.
    let version = unsafe {
        libc::syscall(
            libc::SYS_landlock_create_ruleset,
            std::ptr::null::<u8>(),
            0_usize,
            only_the_version,
        )
    };
    version as i32
}
