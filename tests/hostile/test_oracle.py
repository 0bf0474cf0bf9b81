"""Good or bad, what was sealed: from outside nothing tells whether it opened (P33)."""

import pytest

from sameboat.client import governance
from sameboat.client.http import b64, unb64
from sameboat.protocol.failures import Failure
from tests.hostile.forging import EVENTS, MESSAGES, flipped, post_raw
from tests.hostile.test_keys import bad_epoch

BOX = 80


def asked(seen):
    """What a watcher sees of requests: which, in what order, how long. Places in log and room go on by themselves."""
    return [
        (one.method, one.path, [part.split("=")[0] for part in one.query.split("&")], len(one.body)) for one in seen
    ]


def spoiled(text):
    return b64(flipped(unb64(text), -1))


def in_rows(list_name, field):
    """Spoils one field of every row of a listing."""

    def tamper(asked, answer):
        rows = answer.json[list_name]
        return answer.telling(answer.json | {list_name: [one | {field: spoiled(one[field])} for one in rows]})

    return tamper


def in_attachments(is_meant):
    """Spoils boxes or cards, wherever an event has one."""

    def change(given):
        return {name: spoiled(body) if is_meant(len(unb64(body))) else body for name, body in given.items()}

    def tamper(asked, answer):
        events = [one | {"attachments": change(one["attachments"])} for one in answer.json["events"]]
        return answer.telling(answer.json | {"events": events})

    return tamper


SEALED = {
    "boxes": (EVENTS, in_attachments(lambda size: size == BOX)),
    "cards": (EVENTS, in_attachments(lambda size: size != BOX)),
    "messages": (MESSAGES, in_rows("messages", "envelope")),
    "notes": ("GET /api/circles/*/asides", in_rows("asides", "sealed")),
    "knocks": ("GET /api/circles/*/knocks", in_rows("knocks", "sealed")),
}


def looks_around(site, member):
    """One more device of somebody, which opens all there is to open."""
    device = site.another_device(member)
    return [
        len(device.read()),
        len(device.words().names),
        len(governance.removals_asked(device.talk)),
        len(device.door()),
    ]


@pytest.fixture(scope="module")
def busy(site):
    """Ben, in a group where there is something of everything to open."""
    ana, ben, dee = site.group("Ana", "Ben", "Dee")
    site.knock(ana, "Eve", any_member=True)
    ana.propose_removal(dee.id, ben.id)
    ana.say("something to read")
    return ben


@pytest.mark.parametrize("what", SEALED)
def test_what_does_not_open_is_asked_for_as_what_does_p33(site, busy, what):
    route, spoil = SEALED[what]
    with site.mallory.recording() as good:
        opened = looks_around(site, busy)
    with site.mallory.tampering(route, spoil), site.mallory.recording() as bad:
        closed = looks_around(site, busy)
    assert opened == [1, 3, 1, 1]
    assert closed != opened
    assert asked(bad) == asked(good)


def test_a_bad_box_from_a_member_tells_nobody_that_it_did_not_open_p33(site):
    """Who made the key learns nothing from how Ben's device goes on, until Ben himself mends it (P54)."""
    ana, ben, dee = site.group("Ana", "Ben", "Dee")
    traces, read = [], []
    for spoil in (None, ben.id):
        ana.talk.look()
        wire, attachments = bad_epoch(ana, ana.talk.circle.state, spoil=spoil)
        assert post_raw(ana, wire, attachments=attachments)[0] == 201
        dee.say("under the newest key")
        with site.mallory.recording() as seen:
            read.append(len(ben.read()))
            fresh = site.another_device(ben)
            read.append(len(fresh.read()))
        traces.append(asked(seen))
    assert read == [1, 1, 1, 1]
    assert list(ben.talk.ring.unusable.values()) == [ana.id]
    assert traces[0] == traces[1]
    with site.mallory.recording() as seen, pytest.raises(Failure):
        ben.say("nothing is sent that could tell")
    assert [one for one in seen if one.method != "GET"] == []
