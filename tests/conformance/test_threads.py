"""Many threads at once, each with images of its own."""

import threading

import pytest


def all_at_once(work, count=8):
    start, failures = threading.Barrier(count), []

    def run(number):
        try:
            start.wait()
            work(number)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures


def test_each_thread_with_its_own_image(ink):
    def work(number):
        for turn in range(20):
            image = ink.Image.from_pixels(4, 4, bytes([number]) * 48)
            image.title = f"{number} {turn}"
            image.map(lambda x, y, pixel: ink.Pixel(pixel.r + 1, 0, 0))
            image.blur(1)
            assert image.get(2, 2) == ink.Pixel(number + 1, 0, 0)
            assert image.title == f"{number} {turn}"

    all_at_once(work)


def test_each_thread_has_its_own_error(ink):
    def work(number):
        image = ink.Image(1, 1)
        for turn in range(50):
            with pytest.raises(ink.InkError) as caught:
                image.get(1000 + number, turn)
            assert str(1000 + number) in str(caught.value)

    all_at_once(work)


def test_one_image_read_by_all(ink):
    image = ink.Image.from_pixels(2, 1, b"abcdef")

    def work(number):
        for _ in range(100):
            assert image.get(1, 0) == ink.Pixel(100, 101, 102)
            with image.pixels() as view:
                assert view.tobytes() == b"abcdef"

    all_at_once(work)


def test_one_image_blurred_by_all_is_refused_or_done(ink):
    image = ink.Image.from_pixels(32, 32, bytes([5]) * 3072)

    def work(number):
        for _ in range(50):
            try:
                image.blur(2)
            except RuntimeError:
                pass

    all_at_once(work)
    assert image.get(3, 3) == ink.Pixel(5, 5, 5)
