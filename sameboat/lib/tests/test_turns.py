"""What the site does by itself waits for whoever is at a page, and not for ever."""

import sys
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


def test_a_step_is_followed_by_a_rest_while_somebody_is_there_and_by_none_else(monkeypatch):
    monkeypatch.setattr(turns, "_last", -turns.THERE)
    assert turns.rest_after(0.01) == 0
    with turns.serving():
        assert turns.rest_after(0.01) == 0.01 * turns.RESTS
    assert turns.rest_after(0.01) == 0.01 * turns.RESTS
    assert turns.rest_after(60) == turns.LONGEST_REST


def test_whoever_waits_has_the_interpreter_sooner_while_the_site_works_by_itself():
    usual = sys.getswitchinterval()
    with turns.working(), turns.working():
        assert sys.getswitchinterval() < usual
    assert sys.getswitchinterval() == usual


def test_much_work_goes_on_in_spells_and_none_of_it_is_left_out(monkeypatch):
    ways = []
    monkeypatch.setattr(turns, "give_way", lambda: ways.append(1))
    monkeypatch.setattr(turns, "SPELL", 0)
    assert list(turns.in_spells(range(5))) == [0, 1, 2, 3, 4]
    assert len(ways) == 5


def test_a_site_that_is_never_still_goes_on_all_the_same():
    with turns.serving():
        began = time.monotonic()
        turns.give_way()
        assert time.monotonic() - began >= turns.LONGEST
