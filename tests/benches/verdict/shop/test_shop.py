"""The eight checks of `shop` for pytest."""

import pytest
import shop


def test_an_item_has_a_name_and_a_price():
    item = shop.Item("plum", 12)
    assert item.name == "plum"
    assert item.price == 12


def test_an_item_looks_like_its_call():
    assert repr(shop.Item("plum", 12)) == "Item('plum', 12)"


def test_a_price_is_not_negative():
    with pytest.raises(ValueError):
        shop.Item("plum", -1)


def test_a_quantity_multiplies():
    assert shop.Item("plum", 12).times(5) == 60


def test_a_basket_adds_up():
    basket = shop.Basket()
    basket.put(shop.Item("plum", 12), 5)
    basket.put(shop.Item("pear", 30))
    assert basket.total() == 90
    assert len(basket) == 2


def test_what_is_taken_is_gone():
    basket = shop.Basket()
    basket.put(shop.Item("plum", 12), 5)
    assert basket.take("plum") == 5
    with pytest.raises(KeyError):
        basket.take("plum")


def test_a_line_is_read():
    assert repr(shop.read("pear 30")) == "Item('pear', 30)"
    with pytest.raises(ValueError):
        shop.read("pear")


def test_the_cheapest_is_found():
    items = [shop.Item("pear", 30), shop.Item("plum", 12)]
    assert shop.cheapest(items).name == "plum"
    assert shop.cheapest([]) is None
