//! The progress hook: one function, called whenever a long computation has been entered.
//!
//! A progress bar may start here. A test of a binding uses it otherwise: while the hook waits,
//! the computation is known to be running, and whatever else can run then runs beside it.

use std::sync::{Arc, Mutex, PoisonError};

/// What is called when a long computation has been entered, on the thread that computes.
pub type WorkHook = Arc<dyn Fn() + Send + Sync>;

static HOOK: Mutex<Option<WorkHook>> = Mutex::new(None);

/// Sets the progress hook of the whole process; `None` clears it.
///
/// A call that is already running in another thread finishes.
pub fn set_work_hook(hook: Option<WorkHook>) {
    let old = std::mem::replace(&mut *lock(), hook);
    drop(old); // after the lock is released: dropping runs the caller's code
}

/// Calls the hook, if there is one.
pub(crate) fn entered() {
    // The lock is released before the call, so a hook may wait, or set another hook.
    let hook = lock().clone();
    if let Some(hook) = hook {
        hook();
    }
}

fn lock() -> std::sync::MutexGuard<'static, Option<WorkHook>> {
    // A panic cannot leave an `Option` half written, so a poisoned lock is as good as any.
    HOOK.lock().unwrap_or_else(PoisonError::into_inner)
}
