//! What concerns the library as a whole: which one this is, and what it has handed out.

use super::guard_value;

/// The version of the ABI this header describes: functions, types and their meaning. It grows
/// when something that exists changes; what is only added leaves it alone.
pub const INK_ABI_VERSION: u32 = 1;

/// The INK_ABI_VERSION of the library that was found at run time. Compare it with the one in
/// your header before anything else, and refuse to go on if they differ: a library of another
/// version would read your arguments differently, and nothing would notice.
#[unsafe(no_mangle)]
pub extern "C" fn ink_version() -> u32 {
    guard_value(0, || Ok(INK_ABI_VERSION))
}

/// How many images and strings have been handed out and not freed. For tests: a program that
/// frees what it owns comes back to where it began.
///
/// Each copy of the library counts for itself.
#[unsafe(no_mangle)]
pub extern "C" fn ink_live_allocations() -> usize {
    guard_value(0, || Ok(crate::live_allocations()))
}
