"""The live stream under a server that alters, drops, repeats and invents what it tells."""

import os

import pytest

from sameboat.client import parting
from sameboat.client.http import b64, unb64
from tests.hostile.forging import flipped


@pytest.fixture
def listening(site):
    """Ana, Ben, and what Ben hears: connected before anything is said."""
    ana, ben = site.group("Ana", "Ben")
    ana.say("before")
    ben.read()
    heard = ben.follow()
    assert next(heard).kind == "connected"
    yield ana, ben, heard
    heard.close()


def only(kind, change):
    """Retells one kind; `change` gives what is told instead."""
    return lambda told, body: change(body) if told == kind else [(told, body)]


def texts(news):
    return [news.message.rest[-1]] if news.message else [news.kind]


def test_what_is_altered_on_the_stream_is_not_shown_and_is_missed_p26(site, listening):
    ana, ben, heard = listening
    spoil = only("message", lambda body: [("message", body | {"envelope": b64(flipped(unb64(body["envelope"]), -1))})])
    with site.mallory.telling(spoil):
        first = ana.say("spoiled on the way")
        # Something that is told unaltered, so that the spoiled one has gone by.
        parting.stay(ana.talk)
        assert next(heard).kind == "event"
    ana.say("whole")
    assert texts(next(heard)) == ["whole"]
    assert ben.missing() == {first.hash}
    assert [said.text for said in ben.read()] == ["before", "spoiled on the way", "whole"]
    assert not ben.missing()


def test_what_is_left_out_of_the_stream_leaves_a_gap_p26(site, listening):
    ana, ben, heard = listening
    with site.mallory.telling(only("message", lambda body: [])):
        first = ana.say("not told")
        parting.stay(ana.talk)
        assert next(heard).kind == "event"
    ana.say("told")
    assert texts(next(heard)) == ["told"]
    assert ben.missing() == {first.hash}


def test_what_is_told_twice_is_shown_once_p25(site, listening):
    ana, ben, heard = listening
    with site.mallory.telling(only("message", lambda body: [("message", body), ("message", body)])):
        ana.say("first")
        ana.say("second")
        assert [texts(next(heard)), texts(next(heard))] == [["first"], ["second"]]
    assert [said.text for said in ben.read()] == ["before", "first", "second"]


def test_an_event_on_the_stream_is_only_a_reason_to_look_p16(site, listening):
    ana, ben, heard = listening
    before = list(ben.talk.circle.wires)
    forged = only(
        "message", lambda body: [("event", body | {"seq": 99, "event": b64(os.urandom(200))}), ("message", body)]
    )
    with site.mallory.telling(forged):
        ana.say("and a forged event")
        assert next(heard).kind == "event"
        assert texts(next(heard)) == ["and a forged event"]
    assert ben.talk.circle.wires == before
    assert not ben.evidence


def test_a_take_back_that_only_the_server_tells_shows_as_missing_p61(site, listening):
    ana, ben, heard = listening
    said = ana.say("the server wants this gone")
    next(heard)
    gone = only(
        "message", lambda body: [("gone", {"circle": body["circle"], "position": 1, "hash": b64(os.urandom(32))})]
    )
    with site.mallory.telling(gone):
        ana.say("swallowed")
        assert next(heard).kind == "gone"
    assert said.hash in ben.talk.messages
    assert len(ben.missing()) == 1
