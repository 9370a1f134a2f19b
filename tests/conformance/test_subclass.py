"""Image can be subclassed, and a subclass keeps its own."""

import gc


def test_a_subclass(ink):
    class Poster(ink.Image):
        def __init__(self, width, height, place):
            super().__init__(width, height)
            self.place = place

        def area(self):
            return self.width * self.height

        def describe(self):
            return super().describe() + " at " + self.place

    before = ink.live_allocations()
    poster = Poster(3, 2, "the door")
    assert isinstance(poster, ink.Image)
    assert poster.area() == 6
    assert poster.describe().endswith("at the door")
    poster.blur(1)
    del poster
    gc.collect()
    assert ink.live_allocations() == before


def test_a_subclass_that_adds_nothing(ink):
    class Poster(ink.Image):
        pass

    assert Poster(3, 2).width == 3


def test_a_subclass_that_forgets_to_initialise_is_no_crash(fresh):
    fresh.run(
        """
        class Forgetful(ink.Image):
            def __init__(self, *rest):
                pass
        try:
            image = Forgetful(2, 2)
            image.get(0, 0)
        except (ValueError, TypeError, RuntimeError, AttributeError):
            pass
        """
    )
