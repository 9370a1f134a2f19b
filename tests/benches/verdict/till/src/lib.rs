//! A till with a C ABI: coins go in, coins come out.

/// The coins, in pence.
pub struct Till {
    coins: Vec<i64>,
}

#[unsafe(no_mangle)]
pub extern "C" fn till_new() -> *mut Till {
    let coins = Vec::with_capacity(8);
    Box::into_raw(Box::new(Till { coins }))
}

/// # Safety
/// The till came from `till_new`, or is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn till_free(till: *mut Till) {
    if !till.is_null() {
        // SAFETY: it came from the box in `till_new`.
        drop(unsafe { Box::from_raw(till) });
    }
}

/// # Safety
/// As for `till_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn till_put(till: *mut Till, coin: i64) -> i32 {
    // SAFETY: as for `till_free`.
    let Some(till) = (unsafe { till.as_mut() }) else {
        return -1;
    };
    till.coins.push(coin);
    0
}

/// # Safety
/// As for `till_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn till_take(till: *mut Till, coin: i64) -> i32 {
    // SAFETY: as for `till_free`.
    let Some(till) = (unsafe { till.as_mut() }) else {
        return -1;
    };
    let Some(place) = till.coins.iter().position(|c| *c == coin) else {
        return 1;
    };
    till.coins.swap_remove(place);
    0
}

/// # Safety
/// As for `till_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn till_total(till: *const Till) -> i64 {
    // SAFETY: as for `till_free`.
    unsafe { till.as_ref() }.map_or(-1, |till| till.coins.iter().sum())
}

/// # Safety
/// As for `till_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn till_count(till: *const Till) -> i64 {
    // SAFETY: as for `till_free`.
    unsafe { till.as_ref() }.map_or(-1, |till| till.coins.len() as i64)
}

/// # Safety
/// As for `till_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn till_largest(till: *const Till) -> i64 {
    // SAFETY: as for `till_free`.
    unsafe { till.as_ref() }.map_or(-1, |till| till.coins.iter().copied().max().unwrap_or(0))
}

#[unsafe(no_mangle)]
pub extern "C" fn till_change(price: i64, given: i64) -> i64 {
    given - price
}
