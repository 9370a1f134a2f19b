//! rows: 12, 20
//! exercise: first_so
//! tries: has the compiler say what stands in the grader's environment
//! blocked-by: the jail
//! comes-to: does-not-build
//! earns: 0

const _: () = panic!(env!("BINDERY_CANARY"));

#[unsafe(no_mangle)]
pub extern "C" fn add(a: i64, b: i64) -> i64 {
    a.wrapping_add(b)
}
