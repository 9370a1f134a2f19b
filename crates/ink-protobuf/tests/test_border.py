"""What only a process border has: a server that can die, and messages that can be wrong."""

import os
import signal
import subprocess
import sys
import threading

import pytest

from ink_protobuf import Connection, Image, InkError, ServerDied, connect, live_allocations


def test_a_crash_of_the_server_is_an_exception_here(connection):
    image = Image(2, 2, connection=connection)
    with pytest.raises(ServerDied) as caught:
        connection.call(crash={})
    assert caught.value.signal is signal.SIGSEGV
    assert "SIGSEGV" in str(caught.value)
    with pytest.raises(ServerDied) as caught:
        image.title
    assert caught.value.signal is signal.SIGSEGV
    assert repr(image) == "<Image lost 2x2>"
    image.close()


def test_nobody_crashes_a_server_that_may_not_be():
    with Connection() as connection:
        with pytest.raises(InkError) as caught:
            connection.call(crash={})
        assert caught.value.code == 103
        assert live_allocations(connection=connection) == 0


def test_a_server_that_is_killed_between_two_calls_is_found_out(connection):
    os.kill(connection.pid, signal.SIGKILL)
    with pytest.raises(ServerDied) as caught:
        Image(2, 2, connection=connection)
    assert caught.value.signal is signal.SIGKILL


def test_after_a_death_the_default_is_a_new_server():
    first = connect()
    os.kill(first.pid, signal.SIGKILL)
    with pytest.raises(ServerDied):
        Image(1, 1)
    assert Image(1, 1).width == 1
    assert connect() is not first


def test_the_gil_is_free_while_a_call_waits(connection):
    image = Image(2, 2, connection=connection)
    os.kill(connection.pid, signal.SIGSTOP)  # the server stands still: no response can come
    entered = threading.Event()

    def blur():
        entered.set()
        image.blur(1)

    other = threading.Thread(target=blur)
    other.start()
    entered.wait()
    # Everything from here on needs the GIL, which the other thread must have let go of.
    while connection._lock.acquire(blocking=False):
        connection._lock.release()
    assert other.is_alive()
    os.kill(connection.pid, signal.SIGCONT)
    other.join()


def test_threads_get_their_own_responses(connection):
    images = [Image(n, 1, connection=connection) for n in range(1, 9)]
    wrong = []

    def ask(n, image):
        for _ in range(50):
            if len(image.pixels()) != 3 * n:
                wrong.append(n)

    threads = [threading.Thread(target=ask, args=pair) for pair in enumerate(images, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_call_that_is_interrupted_takes_its_server_along():
    """The response would come later, and be taken for the next one's."""
    connection = Connection()
    image = Image(2, 2, connection=connection)
    os.kill(connection.pid, signal.SIGSTOP)

    def interrupt():
        while connection._lock.acquire(blocking=False):
            connection._lock.release()
        signal.raise_signal(signal.SIGINT)

    threading.Thread(target=interrupt).start()
    with pytest.raises(KeyboardInterrupt):
        image.blur(1)
        threading.Event().wait()  # the signal comes here at the latest
    with pytest.raises(ServerDied):
        image.title


def test_what_is_too_long_is_answered_before_the_end(connection):
    data = bytes(64 * 1024 * 1024)
    with pytest.raises(InkError) as caught:
        Image.from_pixels(1, 1, data, connection=connection)
    assert caught.value.code == 101
    with pytest.raises(ServerDied) as caught:
        Image(1, 1, connection=connection)
    assert caught.value.exit_code == 0


def test_a_connection_does_not_go_through_fork(connection):
    child = os.fork()
    if child == 0:
        try:
            connection.call(live_allocations={})
        except RuntimeError:
            os._exit(7)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    assert live_allocations(connection=connection) == 0


@pytest.mark.parametrize("program", ["/bin/true", "/bin/cat"])
def test_a_program_that_is_no_server_is_found_out(program):
    # `cat` says nothing until it hears something, so it is ended by the test's own hand.
    if program == "/bin/cat":
        command = "import sys; sys.stdout.buffer.write(b'\\x05hello')"
        program = _program(command)
    with pytest.raises((ServerDied, ImportError)):
        Connection(server=program)


def _program(command):
    import stat
    import tempfile

    path = tempfile.mkstemp()[1]
    with open(path, "w") as file:
        file.write(f"#!{sys.executable}\n{command}\n")
    os.chmod(path, stat.S_IRWXU)
    return path


def test_a_missing_server_is_named():
    with pytest.raises(FileNotFoundError):
        Connection(server="/no/such/server")
