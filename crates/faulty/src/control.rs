//! Which call is to fail, which have been made, and what has been released.
//!
//! The judge's side of it are the functions `bindery_…`, which the library that
//! this ends up in exports; they are those of the judge's header for C. The
//! wrappers' side is [`raised`], [`fails`] and [`release`].
//!
//! Atomics, since a `static` must not be changed otherwise; nothing relies on
//! their order. The judge arms a library, calls it and settles from one thread.

use std::ffi::{CStr, c_char, c_int, c_void};
use std::panic::Location;
use std::ptr;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicPtr, AtomicUsize, Ordering::Relaxed};

use pyo3_ffi::*;

const CALLS: usize = 256;
const ASIDE: usize = 512;

/// Whether the judge has armed the library and not yet settled.
static WATCHING: AtomicBool = AtomicBool::new(false);
/// The calls since the last arming, and which of them is to fail (0: none).
static MADE: AtomicI32 = AtomicI32::new(0);
static AT: AtomicI32 = AtomicI32::new(0);
/// Name and line of each of these calls, as far as there is room.
static NAMES: [AtomicPtr<c_char>; CALLS] = [const { AtomicPtr::new(ptr::null_mut()) }; CALLS];
static LINES: [AtomicI32; CALLS] = [const { AtomicI32::new(0) }; CALLS];
/// Objects whose last owner has released them, and where.
static DEAD: [AtomicPtr<PyObject>; ASIDE] = [const { AtomicPtr::new(ptr::null_mut()) }; ASIDE];
static DEAD_LINES: [AtomicI32; ASIDE] = [const { AtomicI32::new(0) }; ASIDE];
/// How often dead objects refer to each of them.
static DEAD_SEEN: [AtomicI32; ASIDE] = [const { AtomicI32::new(0) }; ASIDE];
static DEAD_COUNT: AtomicUsize = AtomicUsize::new(0);
/// The line that released what had no owner left.
static OVER_RELEASED: AtomicI32 = AtomicI32::new(0);

// --- what the judge calls ----------------------------------------------------

/// From here on the calls are counted, and the one with this number fails.
#[unsafe(no_mangle)]
pub extern "C" fn bindery_fault_arm(at: c_int) {
    MADE.store(0, Relaxed);
    AT.store(at, Relaxed);
    DEAD_COUNT.store(0, Relaxed);
    OVER_RELEASED.store(0, Relaxed);
    WATCHING.store(true, Relaxed);
}

/// How many calls there were since then.
#[unsafe(no_mangle)]
pub extern "C" fn bindery_fault_count() -> c_int {
    MADE.load(Relaxed)
}

/// The name of one of them, counted from 1.
#[unsafe(no_mangle)]
pub extern "C" fn bindery_fault_name(at: c_int) -> *const c_char {
    let name = entry(&NAMES, at).map_or(ptr::null_mut(), |name| name.load(Relaxed));
    if name.is_null() { c"".as_ptr() } else { name }
}

/// The line on which it stands.
#[unsafe(no_mangle)]
pub extern "C" fn bindery_fault_line(at: c_int) -> c_int {
    entry(&LINES, at).map_or(0, |line| line.load(Relaxed))
}

/// Ends what [`bindery_fault_arm`] began: nothing fails any more, and what was
/// laid aside is freed. Gives the line of a release too many, or 0.
///
/// # Safety
/// The thread is attached.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bindery_fault_settle() -> c_int {
    AT.store(0, Relaxed);
    WATCHING.store(false, Relaxed);
    let dead = &DEAD[..DEAD_COUNT.load(Relaxed)];
    for seen in &DEAD_SEEN {
        seen.store(0, Relaxed);
    }
    for op in dead {
        // SAFETY: what was laid aside is kept alive by a reference of ours.
        unsafe { look_into(op.load(Relaxed)) };
    }
    // Each was laid aside with its last reference and one of ours. Where fewer
    // are left, or one dead object still leans on another, one was released
    // that belonged to somebody else.
    for (at, op) in dead.iter().enumerate() {
        let expected = 2 + DEAD_SEEN[at].load(Relaxed) as Py_ssize_t;
        // SAFETY: as above.
        if unsafe { Py_REFCNT(op.load(Relaxed)) } < expected {
            remember_over_release(DEAD_LINES[at].load(Relaxed));
        }
    }
    DEAD_COUNT.store(0, Relaxed);
    let over = OVER_RELEASED.load(Relaxed);
    // After that nobody knows any more who owns what: free nothing.
    if over == 0 {
        for op in dead.iter().rev() {
            let op = op.load(Relaxed);
            // SAFETY: the one that its last owner gave up, and ours.
            unsafe {
                Py_DECREF(op);
                Py_DECREF(op);
            }
        }
    }
    over
}

// --- what the wrappers call --------------------------------------------------

/// The name of a wrapped function as the judge is told it.
pub(crate) const fn spoken(name: &'static str) -> &'static CStr {
    match CStr::from_bytes_with_nul(name.as_bytes()) {
        Ok(name) => name,
        Err(_) => panic!("a name ends with a zero byte"),
    }
}

/// Counts a call; whether it is the one to fail.
#[track_caller]
pub(crate) fn fails(name: &'static CStr) -> bool {
    if !WATCHING.load(Relaxed) {
        return false;
    }
    let made = MADE.fetch_add(1, Relaxed).saturating_add(1);
    if let (Some(slot), Some(line)) = (entry(&NAMES, made), entry(&LINES, made)) {
        slot.store(name.as_ptr().cast_mut(), Relaxed);
        line.store(line_of(Location::caller()), Relaxed);
    }
    made == AT.load(Relaxed)
}

/// The same, and fails as the API fails: with an exception set.
///
/// # Safety
/// The thread is attached.
#[track_caller]
pub(crate) unsafe fn raised(name: &'static CStr) -> bool {
    let fails = fails(name);
    if fails {
        // SAFETY: the thread is attached, says the caller.
        unsafe { PyErr_NoMemory() };
    }
    fails
}

/// Releases a reference. An object that its last owner releases while the judge
/// watches is laid aside until the call is over, so that a second release of it
/// meets the object and not whatever lies there next.
///
/// # Safety
/// That of `Py_DECREF`, but for a second release while the judge watches.
#[track_caller]
pub(crate) unsafe fn release(op: *mut PyObject) {
    let count = DEAD_COUNT.load(Relaxed);
    if WATCHING.load(Relaxed) {
        if find(op).is_some() {
            return remember_over_release(line_of(Location::caller()));
        }
        // SAFETY: nobody has freed it: it would have been laid aside.
        if unsafe { Py_REFCNT(op) } == 1 && count < ASIDE {
            // SAFETY: as above.
            unsafe { Py_INCREF(op) };
            DEAD[count].store(op, Relaxed);
            DEAD_LINES[count].store(line_of(Location::caller()), Relaxed);
            DEAD_COUNT.store(count + 1, Relaxed);
            return;
        }
    }
    // SAFETY: the caller owns the reference.
    unsafe { Py_DECREF(op) };
}

// --- the rest ----------------------------------------------------------------

/// The entry with this number, counted from 1.
fn entry<T>(table: &[T], at: c_int) -> Option<&T> {
    table.get(usize::try_from(at).ok()?.checked_sub(1)?)
}

fn line_of(place: &Location<'_>) -> c_int {
    c_int::try_from(place.line()).unwrap_or(c_int::MAX)
}

fn find(op: *mut PyObject) -> Option<usize> {
    let dead = &DEAD[..DEAD_COUNT.load(Relaxed)];
    dead.iter().position(|known| known.load(Relaxed) == op)
}

/// The first is the one that is told.
fn remember_over_release(line: c_int) {
    let _ = OVER_RELEASED.compare_exchange(0, line, Relaxed, Relaxed);
}

/// Notes which of the dead this one refers to.
///
/// # Safety
/// It is an object, and the thread is attached.
unsafe fn look_into(op: *mut PyObject) {
    // SAFETY: slots of these numbers hold functions of these types, or nothing,
    // and are called with an object of the type that they belong to.
    unsafe {
        let kind = Py_TYPE(op);
        let traverse = PyType_GetSlot(kind, Py_tp_traverse);
        if traverse.is_null() || PyType_IS_GC(kind) == 0 {
            return;
        }
        let is_gc = PyType_GetSlot(kind, Py_tp_is_gc);
        if !is_gc.is_null() && std::mem::transmute::<*mut c_void, inquiry>(is_gc)(op) == 0 {
            return;
        }
        std::mem::transmute::<*mut c_void, traverseproc>(traverse)(op, visit, ptr::null_mut());
    }
}

extern "C" fn visit(op: *mut PyObject, _: *mut c_void) -> c_int {
    if let Some(at) = find(op) {
        DEAD_SEEN[at].fetch_add(1, Relaxed);
    }
    0
}
