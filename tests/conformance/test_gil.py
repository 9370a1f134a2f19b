"""blur releases the GIL while it works."""


def test_another_thread_runs_while_it_blurs(fresh):
    assert fresh.at_the_gate("image.blur(1)") == "ok", (
        "blur held the GIL while it worked: another Python thread was asked a question "
        "after the work had begun, and could not answer before it was over"
    )
