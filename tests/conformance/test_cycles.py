"""An image in a cycle is collected."""

import gc


class Holder:
    pass


def test_an_image_that_holds_itself(ink):
    before = ink.live_allocations()
    image = ink.Image(1, 1)
    image.tag = image
    del image
    gc.collect()
    assert ink.live_allocations() == before


def test_a_cycle_through_python_objects(ink):
    before = ink.live_allocations()
    image, holder = ink.Image(1, 1), Holder()
    holder.images = [image]
    image.tag = holder
    del image, holder
    gc.collect()
    assert ink.live_allocations() == before


def test_a_cycle_that_is_looked_at(ink):
    before = ink.live_allocations()
    image = ink.Image(1, 1)
    image.tag = image.pixels()
    del image
    gc.collect()
    assert ink.live_allocations() == before


def test_a_tag_is_any_object(ink):
    image, tag = ink.Image(1, 1), object()
    assert image.tag is None
    image.tag = tag
    assert image.tag is tag
    image.tag = None
    assert image.tag is None
