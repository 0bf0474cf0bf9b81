"""Whoever took a session tells nobody's phone, mailbox or calendar anything: each way is signed for (P57)."""

import pytest

from sameboat.meetings.models import Calendar
from sameboat.protocol.encoding import b64u
from sameboat.protocol.seal import sign_way_put
from sameboat.told.models import Device, Mailbox
from tests.fixtures.asking import now, way_of

HOUR = 3_600


@pytest.fixture
def ways(group, telling, push_service):
    """What somebody with Ben's session would like to add, and where it would stand."""
    device, mailbox, calendar = push_service.subscribe().body, {"address": "eve@example.org"}, {"title": "Busy"}
    return [
        ("device", "/told/device", device, Device),
        ("mailbox", "/told/mailbox", mailbox, Mailbox),
        ("calendar", "/calendar", calendar, Calendar),
    ]


def test_a_session_alone_adds_no_way_of_learning_when_something_comes_p57(group, ways):
    ben, eve = group.people["Ben"], group.people["Ana"]
    for what, path, body, model in ways:
        signed = way_of(what, body)
        for sig in [
            bytes(64),
            sign_way_put(eve.keys, ben.id, what, signed, now()),
            sign_way_put(ben.keys, eve.id, what, signed, now()),
            sign_way_put(ben.keys, ben.id, what, [*signed[:-1], "another"], now()),
            sign_way_put(ben.keys, ben.id, "another", signed, now()),
        ]:
            answer = ben.ask("PUT", path, {**body, "time": now(), "sig": b64u(sig)})
            assert (answer.status, answer.code) == (403, "not_signed"), (what, answer)
        assert ben.put_way(what, body, time=now() - HOUR).code == "not_signed"
        assert ben.ask("PUT", path, body).code == "not_understood"
        assert not model.objects.of(ben.id).exists()


def test_who_signs_for_it_adds_it(group, ways):
    ben = group.people["Ben"]
    for what, _path, body, model in ways:
        assert ben.put_way(what, body).status in (200, 201)
        assert model.objects.of(ben.id).exists()
