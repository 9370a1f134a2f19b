//! The progress hook, which a check of a binding uses to look into the middle of a computation.
//! It belongs to the whole process, so the tests here take turns.

use std::ffi::{CStr, c_void};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;

use ink::abi::{Status, ink_image_blur, ink_last_error_message, ink_set_work_hook};
use ink::{Image, Pixel};

fn my_turn() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

unsafe extern "C-unwind" fn count(data: *mut c_void) {
    // SAFETY: every test that sets this hook gives it a counter that outlives it.
    unsafe { &*data.cast::<AtomicUsize>() }.fetch_add(1, Ordering::SeqCst);
}

#[test]
fn is_called_once_for_each_blur_until_it_is_cleared() {
    let _turn = my_turn();
    let calls = AtomicUsize::new(0);
    let data = (&raw const calls).cast_mut().cast();
    let mut image = Image::new(8, 8).unwrap();
    // SAFETY: `calls` outlives the hook, and may be shared between threads.
    unsafe {
        ink_set_work_hook(Some(count), data);
        assert_eq!(ink_image_blur(&mut image, 1), Status::Ok); // through C
        image.blur(1).unwrap(); // and from Rust
        assert_eq!(ink_image_blur(null_mut(), 1), Status::NullArgument); // never entered
        ink_set_work_hook(None, null_mut());
        assert_eq!(ink_image_blur(&mut image, 1), Status::Ok);
    }
    assert_eq!(calls.into_inner(), 2);
}

/// The two phases of a proof that something runs beside a computation: it is inside, and only
/// then is the other side asked to do something; what it does lets the computation go on.
#[test]
fn can_hold_a_computation_while_another_thread_goes_on() {
    let _turn = my_turn();
    let (entered, inside) = mpsc::channel();
    let (go_on, may_go_on) = mpsc::channel();
    let may_go_on = Mutex::new(may_go_on);
    ink::set_work_hook(Some(Arc::new(move || {
        entered.send(()).unwrap();
        may_go_on.lock().unwrap().recv().unwrap();
    })));
    let worker = thread::spawn(|| {
        let mut image = Image::new(2, 1).unwrap();
        image.set_pixel(0, 0, Pixel::new(100, 0, 0)).unwrap();
        image.blur(1).unwrap();
        image
    });
    inside.recv().unwrap();
    assert!(!worker.is_finished());
    go_on.send(()).unwrap();
    assert_eq!(worker.join().unwrap().bytes(), [50, 0, 0, 50, 0, 0]);
    ink::set_work_hook(None);
}

#[test]
fn may_clear_itself() {
    let _turn = my_turn();
    ink::set_work_hook(Some(Arc::new(|| ink::set_work_hook(None))));
    Image::new(1, 1).unwrap().blur(1).unwrap();
}

#[test]
fn may_be_set_and_cleared_while_other_threads_compute() {
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    let _turn = my_turn();
    let start = Barrier::new(5);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let mut image = Image::new(4, 4).unwrap();
                start.wait();
                (0..200).for_each(|_| image.blur(1).unwrap());
            });
        }
        start.wait();
        for _ in 0..200 {
            // SAFETY: a static outlives every hook.
            unsafe { ink_set_work_hook(Some(count), (&raw const CALLS).cast_mut().cast()) };
            ink::set_work_hook(None);
        }
    });
    assert!(CALLS.load(Ordering::SeqCst) <= 800);
}

unsafe extern "C-unwind" fn spill(_: *mut c_void) {
    panic!("spilt");
}

#[test]
fn a_panic_in_it_is_a_status() {
    let _turn = my_turn();
    let mut image = Image::new(2, 2).unwrap();
    // SAFETY: a hook that needs no data; the message is read before the next call.
    unsafe {
        ink_set_work_hook(Some(spill), null_mut());
        assert_eq!(ink_image_blur(&mut image, 1), Status::Panic);
        let message = CStr::from_ptr(ink_last_error_message());
        assert_eq!(message, c"the library panicked: spilt");
        ink_set_work_hook(None, null_mut());
        assert_eq!(ink_image_blur(&mut image, 1), Status::Ok);
    }
}
