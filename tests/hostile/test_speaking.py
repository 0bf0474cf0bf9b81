"""What was spoken, under a server that withholds a piece or puts another in its place: never played as whole."""

import os

import pytest

from sameboat.client.speaking import pieces_of, speak, spoken
from sameboat.protocol.failures import Failure
from sameboat.protocol.voice import PARTS_MOST, PIECE
from tests.hostile.forging import MESSAGES, messages_as

SOUND = os.urandom(2 * PIECE + 7)
WORDS = "How the bus was"


@pytest.fixture(scope="module")
def group(site):
    return site.group("Ana", "Ben", "Dee")


def told(site, member, change):
    """A new device of somebody who is told something else than what there is."""
    with site.mallory.tampering(MESSAGES, messages_as(change)):
        return site.another_device(member)


def outcome(device, said):
    with pytest.raises(Failure) as no:
        spoken(device.talk, device.talk.messages[said.hash])
    return no.value.code


def test_what_was_spoken_is_heard_whole_and_goes_whole(site, group):
    ana, ben = group[:2]
    said = speak(ana.talk, WORDS, SOUND, 9_000)
    device = site.another_device(ben)
    assert [one.text for one in device.read() if one.hash == said.hash] == [WORDS]
    assert spoken(device.talk, device.talk.messages[said.hash]) == SOUND
    pieces = pieces_of(ana.talk, said)
    ana.take_back(said.hash)
    later = site.another_device(ben)
    assert not [one for one in (said, *pieces) if one.hash in later.talk.messages]
    assert not later.missing()


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_piece_that_is_withheld_is_noticed_p26(site, group, at):
    ana, ben = group[:2]
    said = speak(ana.talk, WORDS, SOUND, 9_000)
    gone = pieces_of(ana.talk, said)[at]
    device = told(site, ben, lambda rows: [row for row in rows if row["position"] != gone.position])
    assert outcome(device, said) == "part_missing"
    assert [one.text for one in device.read() if one.hash == said.hash] == [WORDS]
    assert gone.hash in device.missing()


def test_a_piece_of_another_note_in_its_place_is_noticed_p26(site, group):
    ana, ben = group[:2]
    one, other = (speak(ana.talk, WORDS, os.urandom(PIECE + 9), 6_000) for _ in range(2))
    wanted, instead = pieces_of(ana.talk, one)[1], pieces_of(ana.talk, other)[1]

    def swap(rows):
        envelope = next(row["envelope"] for row in rows if row["position"] == instead.position)
        return [row | {"envelope": envelope} if row["position"] == wanted.position else row for row in rows]

    device = told(site, ben, swap)
    assert outcome(device, one) == "part_missing"
    assert spoken(device.talk, device.talk.messages[other.hash])


def test_a_piece_that_its_author_changed_is_played_by_nobody_p26(site, group):
    ana, ben = group[:2]
    said = speak(ana.talk, WORDS, SOUND, 9_000)
    voice, parts, ms, _ = said.rest[5:]
    ana.talk.send("voice-part", [voice, 0, b"something else"], keep=False)
    wrong = ana.talk.send("voice", ["room", None, None, 0, WORDS, voice, parts, ms, bytes(32)], keep=False)
    device = site.another_device(ben)
    assert [outcome(device, one) for one in (said, wrong)] == ["part_doubled", "part_doubled"]


def test_a_note_of_a_thousand_pieces_fills_nobodys_memory_p42(site, group):
    ana, ben = group[:2]
    said = speak(ana.talk, WORDS, b"short", 900)
    for _again in range(2 * PARTS_MOST):
        ana.talk.send("voice-part", [said.rest[5], 0, b"short"], keep=False)
    assert outcome(site.another_device(ben), said) == "part_doubled"
