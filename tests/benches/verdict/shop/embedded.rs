//! The eight checks of `shop` for `cargo test`: each runs Python in the test's own process.

use shop::shop;

use pyo3::prelude::*;

fn python_agrees(code: &std::ffi::CStr) {
    Python::attach(|py| {
        let names = pyo3::types::PyDict::new(py);
        names
            .set_item("shop", pyo3::wrap_pymodule!(shop)(py))
            .unwrap();
        py.run(code, Some(&names), None).unwrap();
    });
}

#[test]
fn an_item_has_a_name_and_a_price() {
    python_agrees(
        c"
item = shop.Item('plum', 12)
assert item.name == 'plum'
assert item.price == 12
",
    );
}

#[test]
fn an_item_looks_like_its_call() {
    python_agrees(c"assert repr(shop.Item('plum', 12)) == \"Item('plum', 12)\"");
}

#[test]
fn a_price_is_not_negative() {
    python_agrees(
        c"
try:
    shop.Item('plum', -1)
except ValueError:
    pass
else:
    raise AssertionError
",
    );
}

#[test]
fn a_quantity_multiplies() {
    python_agrees(c"assert shop.Item('plum', 12).times(5) == 60");
}

#[test]
fn a_basket_adds_up() {
    python_agrees(
        c"
basket = shop.Basket()
basket.put(shop.Item('plum', 12), 5)
basket.put(shop.Item('pear', 30))
assert basket.total() == 90
assert len(basket) == 2
",
    );
}

#[test]
fn what_is_taken_is_gone() {
    python_agrees(
        c"
basket = shop.Basket()
basket.put(shop.Item('plum', 12), 5)
assert basket.take('plum') == 5
try:
    basket.take('plum')
except KeyError:
    pass
else:
    raise AssertionError
",
    );
}

#[test]
fn a_line_is_read() {
    python_agrees(
        c"
assert repr(shop.read('pear 30')) == \"Item('pear', 30)\"
try:
    shop.read('pear')
except ValueError:
    pass
else:
    raise AssertionError
",
    );
}

#[test]
fn the_cheapest_is_found() {
    python_agrees(
        c"
items = [shop.Item('pear', 30), shop.Item('plum', 12)]
assert shop.cheapest(items).name == 'plum'
assert shop.cheapest([]) is None
",
    );
}
