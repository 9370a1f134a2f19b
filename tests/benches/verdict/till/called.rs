//! The four checks of `till` for `cargo test`, which calls it as any crate does.

use till::*;

/// A till with two coins.
fn with_coins() -> *mut Till {
    let till = till_new();
    unsafe {
        till_put(till, 20);
        till_put(till, 50);
    }
    till
}

#[test]
fn coins_add_up() {
    let till = with_coins();
    unsafe {
        assert_eq!(till_total(till), 70);
        assert_eq!(till_count(till), 2);
        assert_eq!(till_largest(till), 50);
        till_free(till);
    }
}

#[test]
fn what_is_taken_is_gone() {
    let till = with_coins();
    unsafe {
        assert_eq!(till_take(till, 20), 0);
        assert_eq!(till_take(till, 20), 1);
        till_free(till);
    }
}

#[test]
fn no_till_is_an_error() {
    let none = std::ptr::null_mut();
    unsafe {
        assert_eq!(till_put(none, 1), -1);
        assert_eq!(till_take(none, 1), -1);
        assert_eq!(till_total(none), -1);
    }
}

#[test]
fn change_is_given() {
    assert_eq!(till_change(12, 50), 38);
}
