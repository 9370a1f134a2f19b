"""What only a process border has: a server that can die, and messages that can be wrong."""

import os
import signal
import threading
import time

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


def wait_until_sent(connection, before):
    """Until a request has gone out; the server, which stands still, does not answer it."""
    while connection.sent == before:
        time.sleep(0.001)


def test_the_gil_is_free_while_a_call_waits(connection):
    image = Image(2, 2, connection=connection)
    before = connection.sent
    os.kill(connection.pid, signal.SIGSTOP)
    other = threading.Thread(target=image.blur, args=[1])
    other.start()
    wait_until_sent(connection, before)
    # Here is Python that runs, while the other thread waits for what cannot come.
    assert other.is_alive() and connection._lock.locked()
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


def test_a_call_that_is_interrupted_takes_its_server_along(connection):
    """The response would come later, and be taken for the next one's."""
    image = Image(2, 2, connection=connection)
    before = connection.sent
    handled = threading.Event()

    def handle(*_):
        if not handled.is_set():
            handled.set()
            raise KeyboardInterrupt

    def interrupt():
        wait_until_sent(connection, before)
        while not handled.is_set():  # a signal shortly before a read begins does not end the read
            signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
            time.sleep(0.01)

    usual = signal.signal(signal.SIGINT, handle)
    os.kill(connection.pid, signal.SIGSTOP)
    threading.Thread(target=interrupt).start()
    try:
        with pytest.raises(KeyboardInterrupt):
            image.blur(1)
    finally:
        signal.signal(signal.SIGINT, usual)
    with pytest.raises(ServerDied) as caught:
        image.title
    assert caught.value.signal is signal.SIGKILL


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


@pytest.mark.parametrize(
    "says, error, words",
    [
        ("", ServerDied, "ended with 0"),
        ("\\005hello", ServerDied, "ended with 0"),  # five bytes that describe no messages
        ("\\000", ImportError, "does not speak `ink.v1`"),  # a description of nothing
    ],
)
def test_a_program_that_is_no_server_is_found_out(tmp_path, says, error, words):
    program = tmp_path / "server"
    program.write_text(f"#!/bin/sh\nprintf '{says}'\n")
    program.chmod(0o700)
    with pytest.raises(error, match=words):
        Connection(server=program)


def test_a_server_that_does_not_end_is_ended(connection):
    os.kill(connection.pid, signal.SIGSTOP)
    connection.close()
    with pytest.raises(ProcessLookupError):
        os.kill(connection.pid, 0)


def test_a_missing_server_is_named():
    with pytest.raises(FileNotFoundError):
        Connection(server="/no/such/server")
