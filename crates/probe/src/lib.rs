//! What the judge puts inside a subject process.
//!
//! Three small native parts, which must not need the interpreter to do their
//! work: the [`gate`] that a supplied kernel passes while it is judged, the
//! `crash` handler that prints a native stack when the process dies, and a
//! reading of the `memory` that the C allocator has handed out.
//!
//! An exercise links this crate for the gate. The subject's driver loads the
//! same code as a shared library and calls the `bindery_…` functions below.
//! Nothing here judges: it reports, and the judge outside decides.

#[cfg(unix)]
mod crash;
pub mod gate;
mod memory;

/// Passes the gate, for callers that come through the C ABI. `ctypes.PyDLL`
/// calls this with the GIL held and `ctypes.CDLL` without: one right and one
/// wrong answer to every question about the GIL.
#[unsafe(no_mangle)]
pub extern "C" fn bindery_pass_gate() {
    gate::pass();
}

/// Bytes that the process's allocator has handed out and not got back, or −1
/// where the C library does not say.
#[unsafe(no_mangle)]
pub extern "C" fn bindery_bytes_in_use() -> i64 {
    memory::bytes_in_use().unwrap_or(-1)
}

/// From now on a fatal signal prints the native stack to `descriptor` before
/// the process dies of it.
#[cfg(unix)]
#[unsafe(no_mangle)]
pub extern "C" fn bindery_report_crashes_to(descriptor: i32) {
    crash::install(descriptor);
}

/// From now on the handlers of this thread have a stack of their own that is
/// large enough; called once `faulthandler` has installed its own.
#[cfg(unix)]
#[unsafe(no_mangle)]
pub extern "C" fn bindery_make_room_for_crashes() {
    crash::make_room();
}
