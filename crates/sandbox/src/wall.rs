//! Landlock: what of the file system a process may touch, and that it may signal nobody outside.
//!
//! The only wall of its tier, and a second one behind the namespaces' where the kernel has it.

use std::path::{Path, PathBuf};

use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, CompatLevel, Compatible, Ruleset, RulesetAttr,
    RulesetCreated, RulesetCreatedAttr, Scope, path_beneath_rules,
};
use serde_json::json;

use crate::enter::{Error, Naming};
use crate::{Children, Policy, Tier};

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

/// A wall that is yet to be put up: who is behind it may do this in these places, and no more.
pub struct Wall {
    abi: ABI,
    level: CompatLevel,
    rules: Vec<(PathBuf, BitFlags<AccessFs>)>,
}

impl Wall {
    /// Nothing where the kernel has none and the tier does not rest on it.
    pub fn plan(policy: &Policy, scratch: Option<&Path>) -> Result<Option<Wall>, Error> {
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
        Ok(Some(Wall {
            abi,
            level: match is_all {
                true => CompatLevel::HardRequirement,
                false => CompatLevel::BestEffort,
            },
            rules: rules(policy, scratch, abi),
        }))
    }

    /// Puts up the wall around this process and all that it starts.
    pub fn stand(self) -> Result<(), Error> {
        self.ruleset()
            .and_then(RulesetCreated::restrict_self)
            .map(drop)
            .naming("Landlock refuses")
    }

    fn ruleset(self) -> Result<RulesetCreated, landlock::RulesetError> {
        let mut ruleset = Ruleset::default()
            .set_compatibility(self.level)
            .handle_access(AccessFs::from_all(self.abi))?
            .handle_access(AccessNet::from_all(self.abi))?
            .scope(Scope::from_all(self.abi))?
            .create()?;
        for (path, access) in self.rules {
            ruleset = ruleset.add_rules(path_beneath_rules([path], access))?;
        }
        Ok(ruleset)
    }

    /// For a trusted program, which puts up one around each that it forks: every number is the
    /// kernel's.
    pub fn described(&self) -> serde_json::Value {
        let of_files = AccessFs::from_file(self.abi);
        let rule = |(path, access): &(PathBuf, BitFlags<AccessFs>)| {
            let access = match path.is_dir() {
                true => *access,
                false => *access & of_files,
            };
            json!([path, access.bits()])
        };
        json!({
            "handled": [
                AccessFs::from_all(self.abi).bits(),
                AccessNet::from_all(self.abi).bits(),
                Scope::from_all(self.abi).bits(),
            ],
            "rules": self.rules.iter().map(rule).collect::<Vec<_>>(),
            "all": AccessFs::from_all(self.abi).bits(),
        })
    }
}

fn rules(policy: &Policy, scratch: Option<&Path>, abi: ABI) -> Vec<(PathBuf, BitFlags<AccessFs>)> {
    let (all, read) = (AccessFs::from_all(abi), AccessFs::from_read(abi));
    let device = AccessFs::ReadFile | AccessFs::WriteFile;
    let mut rules = Vec::new();
    let mut allow = |path: &Path, access| rules.push((path.to_owned(), access));
    let are_neighbours = policy.children == Children::Forked && policy.tier != Tier::Namespaces;
    if policy.tier == Tier::Landlock || are_neighbours {
        policy.readable.iter().for_each(|path| allow(path, read));
        // Its own account of itself, and nobody else's: of another process it would be a leak.
        allow(
            "/proc/self".as_ref(),
            AccessFs::ReadFile | AccessFs::ReadDir,
        );
    } else {
        // Behind the other walls there is nothing that may not be seen.
        allow("/".as_ref(), read);
        allow("/tmp".as_ref(), all);
    }
    if policy.tier != Tier::Landlock {
        allow("/dev/shm".as_ref(), all);
    }
    // Neighbours have one each, in this folder, which none of them may touch.
    if let Some(scratch) = scratch.filter(|_| !are_neighbours) {
        allow(scratch, all);
    }
    policy.writable.iter().for_each(|path| allow(path, all));
    DEVICES.iter().for_each(|path| allow(path.as_ref(), device));
    rules
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
