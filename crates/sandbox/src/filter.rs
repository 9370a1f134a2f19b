//! Which system calls a jailed program may make.
//!
//! A list of what is refused, since compilers and interpreters use most of the rest. Whatever
//! is newer than the list is refused too.

use std::collections::BTreeMap;

use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, sock_filter,
};

use crate::enter::{Error, Naming};

/// Refused whatever is asked.
const REFUSED: &[i64] = &[
    // other processes, their memory and their descriptors
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_process_madvise,
    libc::SYS_kcmp,
    libc::SYS_pidfd_getfd,
    libc::SYS_move_pages,
    libc::SYS_migrate_pages,
    // parts of the kernel that have been a way out
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_keyctl,
    libc::SYS_fanotify_init,
    libc::SYS_name_to_handle_at,
    libc::SYS_open_by_handle_at,
    // namespaces and mounts
    libc::SYS_unshare,
    libc::SYS_setns,
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_pivot_root,
    libc::SYS_chroot,
    libc::SYS_move_mount,
    libc::SYS_open_tree,
    libc::SYS_fsopen,
    libc::SYS_fsconfig,
    libc::SYS_fsmount,
    libc::SYS_fspick,
    libc::SYS_mount_setattr,
    // the machine
    libc::SYS_kexec_load,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_delete_module,
    libc::SYS_reboot,
    libc::SYS_swapon,
    libc::SYS_swapoff,
    libc::SYS_acct,
    libc::SYS_quotactl,
    libc::SYS_syslog,
    libc::SYS_settimeofday,
    libc::SYS_clock_settime,
    libc::SYS_clock_adjtime,
    libc::SYS_adjtimex,
    libc::SYS_sethostname,
    libc::SYS_setdomainname,
    libc::SYS_vhangup,
    // what strangers could meet by: a pair of sockets is made by `socketpair`
    libc::SYS_socket,
    libc::SYS_shmget,
    libc::SYS_semget,
    libc::SYS_msgget,
    libc::SYS_mq_open,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_kexec_file_load,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_iopl,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_ioperm,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_modify_ldt,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_uselib,
];

/// These take a process: nobody's but the caller's own, which is 0.
const OF_OTHERS: &[(i64, u8)] = &[
    (libc::SYS_prlimit64, 0),
    (libc::SYS_sched_setaffinity, 0),
    (libc::SYS_sched_setattr, 0),
    (libc::SYS_sched_setparam, 0),
    (libc::SYS_sched_setscheduler, 0),
    (libc::SYS_setpriority, 1),
    (libc::SYS_ioprio_set, 1),
];

const NAMESPACES: [i32; 7] = [
    libc::CLONE_NEWNS,
    libc::CLONE_NEWUTS,
    libc::CLONE_NEWIPC,
    libc::CLONE_NEWUSER,
    libc::CLONE_NEWPID,
    libc::CLONE_NEWNET,
    libc::CLONE_NEWCGROUP,
];

/// Types a character into the terminal, as if the instructor had.
const TIOCSTI: u64 = 0x5412;
/// The same on a console, among other things.
const TIOCLINUX: u64 = 0x541c;
/// The newest call that somebody has looked at: `mseal`.
const NEWEST: u32 = 462;

/// The program that the kernel runs at each call.
pub fn program() -> Result<BpfProgram, Error> {
    let filter = SeccompFilter::new(
        rules()?,
        SeccompAction::Allow,
        SeccompAction::Errno(libc::EPERM as u32),
        std::env::consts::ARCH.try_into().naming("no filter")?,
    );
    let filter: BpfProgram = filter.and_then(TryInto::try_into).naming("no filter")?;
    Ok(beginning().into_iter().chain(filter).collect())
}

fn rules() -> Result<BTreeMap<i64, Vec<SeccompRule>>, Error> {
    use SeccompCmpOp::{Eq, MaskedEq, Ne};
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> = BTreeMap::new();
    rules.extend(REFUSED.iter().map(|call| (*call, Vec::new())));
    for (call, argument) in OF_OTHERS {
        rules.insert(*call, vec![when(*argument, Ne, 0)?]);
    }
    for flag in NAMESPACES {
        let flag = flag as u64;
        let rule = when(0, MaskedEq(flag), flag)?;
        rules.entry(libc::SYS_clone).or_default().push(rule);
    }
    let typing = vec![when(1, Eq, TIOCSTI)?, when(1, Eq, TIOCLINUX)?];
    rules.insert(libc::SYS_ioctl, typing);
    let foreign = vec![when(0, Ne, libc::AF_UNIX as u64)?];
    rules.insert(libc::SYS_socketpair, foreign);
    Ok(rules)
}

/// Holds where this argument, as the kernel reads it, is so.
fn when(argument: u8, how: SeccompCmpOp, value: u64) -> Result<SeccompRule, Error> {
    let condition = SeccompCondition::new(argument, SeccompCmpArgLen::Dword, how, value);
    condition
        .and_then(|condition| SeccompRule::new(vec![condition]))
        .naming("no filter")
}

/// What a list of calls cannot say. `clone3` keeps its flags in memory, where a filter cannot
/// look: without it a C library falls back on `clone`. Calls of another numbering (x32) have
/// numbers above all others.
fn beginning() -> Vec<sock_filter> {
    let statement = |code: u32, k: u32, jt: u8, jf: u8| sock_filter {
        code: code as u16,
        jt,
        jf,
        k,
    };
    let jump = |how| libc::BPF_JMP | how | libc::BPF_K;
    vec![
        statement(libc::BPF_LD | libc::BPF_W | libc::BPF_ABS, 0, 0, 0),
        statement(jump(libc::BPF_JGT), NEWEST, 1, 0),
        statement(jump(libc::BPF_JEQ), libc::SYS_clone3 as u32, 0, 1),
        statement(
            libc::BPF_RET | libc::BPF_K,
            libc::SECCOMP_RET_ERRNO | libc::ENOSYS as u32,
            0,
            0,
        ),
    ]
}
