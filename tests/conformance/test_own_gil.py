"""The module works in an interpreter with a GIL of its own."""

import sys

import pytest

from test_second_interpreter import WORK

pytestmark = pytest.mark.skipif(
    sys.version_info < (3, 12), reason="an interpreter has a GIL of its own from Python 3.12 on"
)


def test_it_works_beside_another_gil(fresh):
    fresh.run(
        f"""
    import threading
    try:
        import _interpreters as interpreters
        def create(): return interpreters.create("isolated")
    except ImportError:
        import _xxsubinterpreters as interpreters
        def create(): return interpreters.create(isolated=True)

    setup = f"import sys; sys.path[:] = {{sys.path!r}}; import {{ink.__name__}} as ink" + chr(10)
    failures = []

    def work():
        other = create()
        for _ in range(20):
            try:
                failure = interpreters.run_string(other, setup + {WORK!r})
            except Exception as error:
                failures.append(error)
                break
            if failure is not None:
                failures.append(failure.formatted)
                break
        interpreters.destroy(other)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    assert not failures, failures
    """
    )
