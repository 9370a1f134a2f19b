"""A callback that is kept stays alive as long as it is set, and no longer."""

import gc
import sys
import threading
import weakref

import pytest


class Bell:
    def __init__(self):
        self.rung = []

    def __call__(self):
        self.rung.append(threading.get_ident())


def test_it_is_called_when_work_begins(ink):
    bell = Bell()
    ink.on_work(bell)
    try:
        ink.Image(2, 2).blur(1)
        ink.Image(2, 2).blur(1)
    finally:
        ink.on_work(None)
    ink.Image(2, 2).blur(1)
    assert bell.rung == [threading.get_ident()] * 2


def test_it_lives_as_long_as_it_is_set(ink):
    bell = Bell()
    rung, watch = bell.rung, weakref.ref(bell)
    ink.on_work(bell)
    del bell
    for _ in range(3):
        gc.collect()
    junk = [bytearray(64) for _ in range(1000)]  # where it was, if it is gone
    ink.Image(2, 2).blur(1)
    assert len(rung) == 1
    ink.on_work(None)
    gc.collect()
    assert watch() is None
    del junk


def test_a_new_one_replaces_the_old(ink):
    old, new = Bell(), Bell()
    rung, watch = old.rung, weakref.ref(old)
    ink.on_work(old)
    ink.on_work(new)
    del old
    gc.collect()
    try:
        assert watch() is None
        ink.Image(2, 2).blur(1)
        assert (len(rung), len(new.rung)) == (0, 1)
    finally:
        ink.on_work(None)


def test_it_may_take_itself_away(ink):
    calls = []

    def once():
        calls.append(1)
        ink.on_work(None)

    ink.on_work(once)
    del once
    image = ink.Image(2, 2)
    image.blur(1)
    image.blur(1)
    assert calls == [1]


def test_what_it_raises_goes_to_the_unraisable_hook(ink, monkeypatch):
    seen = []

    def note(unraisable):
        seen.append((unraisable.exc_type, str(unraisable.exc_value)))

    def fail():
        raise ValueError("nobody can catch this")

    monkeypatch.setattr(sys, "unraisablehook", note)
    image = ink.Image.from_pixels(2, 1, bytes([0, 0, 0, 8, 8, 8]))
    ink.on_work(fail)
    try:
        image.blur(1)  # goes on
    finally:
        ink.on_work(None)
    assert image.get(0, 0).r == 4
    assert seen == [(ValueError, "nobody can catch this")]


def test_it_is_called_on_the_thread_that_works(ink):
    bell = Bell()
    ink.on_work(bell)
    try:
        thread = threading.Thread(target=lambda: ink.Image(2, 2).blur(1))
        thread.start()
        thread.join()
    finally:
        ink.on_work(None)
    assert len(bell.rung) == 1 and bell.rung[0] != threading.get_ident()


@pytest.mark.parametrize("stranger", [7, "bell"])
def test_what_is_no_function_is_a_type_error(ink, stranger):
    try:
        with pytest.raises(TypeError):
            ink.on_work(stranger)
    finally:
        ink.on_work(None)


def test_the_interpreter_may_end_while_it_is_set(fresh):
    fresh.run(
        """
        def bell(): pass
        ink.on_work(bell)
        ink.Image(2, 2).blur(1)
        """
    )
