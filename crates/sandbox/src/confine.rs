//! The last steps of a process before it becomes the jailed program: each takes something away,
//! and none can be taken back.

use std::ffi::{OsStr, OsString};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use rustix::process::{
    Pid, Resource, Rlimit, Signal, getppid, set_parent_process_death_signal, setrlimit, setsid,
};
use rustix::thread::{
    CapabilitySet, CapabilitySets, clear_ambient_capability_set,
    configure_capability_in_ambient_set, remove_capability_from_bounding_set, set_capabilities,
    set_no_new_privs,
};
use seccompiler::BpfProgram;
use serde_json::json;

use crate::enter::{Error, Naming, signals};
use crate::wall::Wall;
use crate::{Children, Limits, Policy, Tier, tree};

/// Tells a trusted program how to confine each process that it forks.
const CONFINE: &str = "BINDERY_CONFINE";

/// All that can be made ready beforehand.
pub struct Confinement {
    filter: BpfProgram,
    wall: Option<Wall>,
    scratch: Option<OsString>,
}

impl Confinement {
    pub fn prepare(policy: &Policy, scratch: Option<&Path>) -> Result<Confinement, Error> {
        Ok(Confinement {
            filter: crate::filter::program()?,
            wall: Wall::plan(policy, scratch)?,
            scratch: match policy.tier {
                Tier::Landlock => scratch.map(Into::into),
                _ => Some("/tmp".into()),
            },
        })
    }
}

/// Confines this process, a child of the keeper, and starts the program in it.
pub fn become_the_program(
    confinement: Confinement,
    policy: &Policy,
    keeper: Pid,
    program: &OsStr,
    args: &[OsString],
) -> Error {
    let scratch = confinement.scratch.clone();
    let confined = match policy.children {
        Children::Untrusted => confine(confinement, policy, keeper),
        Children::Forked => entrust(confinement, policy, keeper),
    };
    if let Err(error) = confined {
        return error;
    }
    let mut command = Command::new(program);
    if let Some(scratch) = scratch {
        command.env("TMPDIR", scratch);
    }
    let error = command.args(args).exec();
    Error::new(format!("`{}` does not start: {error}", program.display()))
}

fn confine(confinement: Confinement, policy: &Policy, keeper: Pid) -> Result<(), Error> {
    begin(keeper)?;
    for (resource, most) in limits(policy) {
        let both = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        setrlimit(resource, both).naming("a limit cannot be set")?;
    }
    drop_capabilities()?;
    set_no_new_privs(true).naming("privileges cannot be given up")?;
    if let Some(wall) = confinement.wall {
        wall.stand()?;
    }
    signals::unblock();
    seccompiler::apply_filter(&confinement.filter).naming("the system call filter is refused")
}

/// A program of ours that needs to make namespaces, and is told how to confine its children.
fn entrust(confinement: Confinement, policy: &Policy, keeper: Pid) -> Result<(), Error> {
    begin(keeper)?;
    let has_namespaces = policy.tier == Tier::Namespaces;
    if has_namespaces {
        hand_on_capabilities()?;
    }
    set_no_new_privs(true).naming("privileges cannot be given up")?;
    let wall = confinement.wall.as_ref().map(Wall::described);
    let filter: String = confinement.filter.iter().map(in_digits).collect();
    let limits = limits(policy).map(|(resource, most)| (number_of(resource), most));
    let Limits {
        processes, memory, ..
    } = policy.limits;
    let inside_tmp = policy.readable.iter().chain(&policy.writable);
    let inside_tmp: Vec<_> = inside_tmp.filter(|path| path.starts_with("/tmp")).collect();
    let confine = json!({
        "namespaces": has_namespaces,
        "wall": wall,
        "filter": filter,
        "limits": limits.collect::<Vec<_>>(),
        "processes": processes,
        "memory": memory,
        "scratch": policy.scratch,
        "temporary": confinement.scratch.as_deref().map(OsStr::to_string_lossy),
        "inside_tmp": inside_tmp,
    });
    signals::unblock();
    // SAFETY: there is one thread.
    unsafe { std::env::set_var(CONFINE, confine.to_string()) };
    Ok(())
}

fn begin(keeper: Pid) -> Result<(), Error> {
    setsid().naming("no session of its own")?;
    set_parent_process_death_signal(Some(Signal::KILL)).naming("cannot be tied to the keeper")?;
    match getppid() == Some(keeper) {
        true => Ok(()),
        false => Err(Error::new("the keeper is gone")),
    }
}

/// An instruction of the filter as the kernel has it in memory, in hexadecimal digits.
fn in_digits(instruction: &seccompiler::sock_filter) -> String {
    let [c0, c1] = instruction.code.to_ne_bytes();
    let [k0, k1, k2, k3] = instruction.k.to_ne_bytes();
    [c0, c1, instruction.jt, instruction.jf, k0, k1, k2, k3]
        .map(|byte| format!("{byte:02x}"))
        .concat()
}

/// What a process may have at most.
fn limits(policy: &Policy) -> impl Iterator<Item = (Resource, u64)> {
    let Limits {
        memory,
        file_size,
        cpu_seconds,
        open_files,
        ..
    } = policy.limits;
    let others = match policy.tier {
        // Without a user namespace this counts whatever else the user runs.
        Tier::Landlock => tree::threads_of_ours(),
        _ => 0,
    };
    [
        (Resource::Core, 0),
        (Resource::Data, memory),
        (Resource::Fsize, file_size),
        (Resource::Cpu, cpu_seconds),
        (Resource::Nofile, open_files),
        (Resource::Memlock, 64 << 10),
        (Resource::Msgqueue, 0),
        (Resource::Nproc, policy.most_processes() + others),
    ]
    .into_iter()
}

fn number_of(resource: Resource) -> u32 {
    resource as u32
}

fn drop_capabilities() -> Result<(), Error> {
    let failed = "capabilities cannot be given up";
    for capability in CapabilitySet::all().iter() {
        match remove_capability_from_bounding_set(capability) {
            // An older kernel does not know it; or there is nothing to be taken from.
            Err(rustix::io::Errno::INVAL | rustix::io::Errno::PERM) | Ok(()) => {}
            error => error.naming(failed)?,
        }
    }
    clear_ambient_capability_set().naming(failed)?;
    let none = CapabilitySets {
        effective: CapabilitySet::empty(),
        permitted: CapabilitySet::empty(),
        inheritable: CapabilitySet::empty(),
    };
    set_capabilities(None, none).naming(failed)
}

/// So that the program has them too, whoever it runs as: to make namespaces for its children,
/// and to take from these what it has itself.
fn hand_on_capabilities() -> Result<(), Error> {
    let failed = "capabilities cannot be handed on";
    let needed = CapabilitySet::SYS_ADMIN | CapabilitySet::SETPCAP;
    let sets = CapabilitySets {
        effective: needed,
        permitted: needed,
        inheritable: needed,
    };
    set_capabilities(None, sets).naming(failed)?;
    for capability in needed.iter() {
        configure_capability_in_ambient_set(capability, true).naming(failed)?;
    }
    Ok(())
}
