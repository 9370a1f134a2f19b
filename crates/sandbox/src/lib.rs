//! A jail for a program that nobody trusts.
//!
//! Knows nothing of Python and nothing of exercises: it is told which folders a program may
//! read, where it may write and how much of everything it may use, and starts it so.
//!
//! Three processes stand between who asks and the program. The one that was started waits at the
//! door (`enter`) and ends as the program ends. Its child is the keeper, which nothing in
//! the jail can reach: it makes the walls, watches how much is used, and ends whatever is left.
//! The keeper's child confines itself (`confine`) and becomes the program.

mod policy;
mod probe;
mod system;

#[cfg(target_os = "linux")]
mod bubblewrap;
#[cfg(target_os = "linux")]
mod cgroup;
#[cfg(target_os = "linux")]
mod confine;
#[cfg(not(target_os = "linux"))]
mod elsewhere;
#[cfg(target_os = "linux")]
mod enter;
#[cfg(target_os = "linux")]
mod filter;
#[cfg(target_os = "linux")]
mod keeper;
#[cfg(target_os = "linux")]
mod namespaces;
#[cfg(target_os = "linux")]
mod tree;
#[cfg(target_os = "linux")]
mod wall;

#[cfg(not(target_os = "linux"))]
pub use elsewhere::{Error, enter};
#[cfg(target_os = "linux")]
pub use enter::{Error, enter};
pub use policy::{Children, Limits, Policy, Tier};
pub use probe::{Why, best, probe, try_out};
pub use system::system_folders;

/// With this code the door ends where there is no jail. Nothing that was jailed does: its door
/// ends with 1 instead, so that nobody takes the one for the other.
pub const NO_JAIL: u8 = 125;
