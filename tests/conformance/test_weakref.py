"""An image can be weakly referenced."""

import weakref


def test_a_weak_reference_sees_it_go(ink):
    image = ink.Image(1, 1)
    seen = []
    watch = weakref.ref(image, lambda _: seen.append("gone"))
    assert watch() is image
    del image
    assert watch() is None
    assert seen == ["gone"]


def test_a_table_of_weak_keys(ink):
    table = weakref.WeakKeyDictionary()
    image = ink.Image(1, 1)
    table[image] = "this one"
    assert table[image] == "this one"
    del image
    assert len(table) == 0
