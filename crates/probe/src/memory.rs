//! How much memory the C allocator has handed out.

/// Bytes in use, where the C library keeps count.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn bytes_in_use() -> Option<i64> {
    /// glibc's `struct mallinfo2`.
    #[repr(C)]
    struct Mallinfo2 {
        arena: usize,
        ordblks: usize,
        smblks: usize,
        hblks: usize,
        hblkhd: usize,
        usmblks: usize,
        fsmblks: usize,
        uordblks: usize,
        fordblks: usize,
        keepcost: usize,
    }
    unsafe extern "C" {
        fn mallinfo2() -> Mallinfo2;
    }
    // SAFETY: takes nothing, returns a plain struct, declared as in <malloc.h>.
    let info = unsafe { mallinfo2() };
    i64::try_from(info.uordblks + info.hblkhd).ok()
}

/// Elsewhere the driver falls back to the size of the process.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn bytes_in_use() -> Option<i64> {
    None
}
