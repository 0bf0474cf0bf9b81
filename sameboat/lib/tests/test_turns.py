"""What the site does by itself waits for whoever is at a page, and not for ever."""

import threading
import time

from sameboat.lib import turns


def test_a_step_waits_until_everybody_has_their_answer(monkeypatch):
    monkeypatch.setattr(turns, "LONGEST", 3_600)
    order = []

    def does_a_step():
        turns.give_way()
        order.append("a step")

    step = threading.Thread(target=does_a_step)
    with turns.serving():
        with turns.serving():
            step.start()
        order.append("answered")
    step.join()
    assert order == ["answered", "a step"]


def test_a_site_that_is_never_still_goes_on_all_the_same():
    with turns.serving():
        began = time.monotonic()
        turns.give_way()
        assert time.monotonic() - began >= turns.LONGEST
