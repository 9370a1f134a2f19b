//! The native stack of a process that is about to die.
//!
//! Python's own `faulthandler` is installed after this handler, so it runs
//! first: it prints the Python stack, puts this handler back and raises the
//! signal again. Here the native stack is printed, and the signal is raised a
//! last time with its default effect, so that the judge sees the true cause of
//! death.
//!
//! Walking and naming a stack allocates, which a signal handler must not do.
//! The process is lost already, and an alarm ends it should the handler hang.

use std::ffi::c_int;
use std::io::Write;
use std::mem::ManuallyDrop;
use std::os::fd::FromRawFd;
use std::sync::atomic::{AtomicI32, Ordering};

/// Where the stack goes.
static DESCRIPTOR: AtomicI32 = AtomicI32::new(-1);

/// Room for the handler when the thread's own stack is used up.
const STACK: usize = 512 * 1024;

const FATAL: [c_int; 5] = [
    libc::SIGSEGV,
    libc::SIGBUS,
    libc::SIGABRT,
    libc::SIGFPE,
    libc::SIGILL,
];

pub fn install(descriptor: i32) {
    DESCRIPTOR.store(descriptor, Ordering::Relaxed);
    for signal in FATAL {
        // SAFETY: all-zero is a valid `sigaction`, filled in below; the handler
        // has the signature that its flags announce.
        unsafe {
            let mut action: libc::sigaction = std::mem::zeroed();
            action.sa_sigaction = report as extern "C" fn(c_int) as usize;
            action.sa_flags = libc::SA_ONSTACK | libc::SA_NODEFER | libc::SA_RESETHAND;
            libc::sigaction(signal, &action, std::ptr::null_mut());
        }
    }
}

/// Gives the handlers of this thread a stack with room enough to name a stack.
/// Python's `faulthandler` brings one of its own, which in older versions is too
/// small for that, so this comes after it.
pub fn make_room() {
    // The stack belongs to the thread that installs it, and lives as long as
    // the process.
    let stack = Box::leak(vec![0u8; STACK].into_boxed_slice());
    let alternate = libc::stack_t {
        ss_sp: stack.as_mut_ptr().cast(),
        ss_flags: 0,
        ss_size: stack.len(),
    };
    // SAFETY: `alternate` describes memory that is never freed.
    unsafe { libc::sigaltstack(&alternate, std::ptr::null_mut()) };
}

extern "C" fn report(signal: c_int) {
    // SAFETY: plain system calls. The alarm's default effect ends the process,
    // should anything below wait for a lock that the dying thread holds.
    unsafe {
        libc::signal(libc::SIGALRM, libc::SIG_DFL);
        libc::alarm(5);
    }
    let descriptor = DESCRIPTOR.load(Ordering::Relaxed);
    // SAFETY: borrowed, not owned: `ManuallyDrop` keeps it open.
    let mut to = ManuallyDrop::new(unsafe { std::fs::File::from_raw_fd(descriptor) });
    let stack = std::backtrace::Backtrace::force_capture();
    let _ = to.write_all(format!("Native stack:\n{stack}\nEnd of native stack\n").as_bytes());
    // SAFETY: `SA_RESETHAND` restored the default effect: this ends the process.
    unsafe { libc::raise(signal) };
}
