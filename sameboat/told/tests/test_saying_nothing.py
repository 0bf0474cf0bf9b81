"""A test that reads them all: no notification, e-mail or header says who, where or what; and each is like the other."""

import datetime
import re

import pytest

from sameboat.meetings.tests.calendars import put, weekly
from sameboat.meetings.tests.test_reminders import HOUR, wish
from sameboat.told.actions import ring, want_rings
from sameboat.told.carrying import same_for_all
from sameboat.told.hours import next_at
from sameboat.told.looking import look_in
from sameboat.told.rounds import remind, tell
from sameboat.told.telling import GRACE
from sameboat.told.tests.rounds import MAILBOX, USUAL, WORDS, with_mailbox
from tests.cast import SENTINEL
from tests.fixtures.asking import now
from tests.fixtures.building import WORDS as GROUP_WORDS

EACH_ITS_OWN = {"Date", "Message-ID", "To"}
TOPIC = re.compile(rb"harm|self|crisis|meeting|group|circle|talk|room|message|help", re.IGNORECASE)


def everything_told(group, push_service, post_office):
    """Ben and Dee are told of messages, a meeting, a ring, a try and a knock; Eve of an open door."""
    group.join("Dee")
    devices = {name: push_service.subscribe() for name in ("Ben", "Dee")}
    for name, device in devices.items():
        group.people[name].put_way("device", device.body)
    with_mailbox(group, post_office)
    for who in ("Ana", "Ben"):
        group.say(who, SENTINEL)
        tell(now())
        tell(now() + GRACE)
    start = now() // 60 * 60 + 2 * HOUR + 600
    times = [f"{datetime.datetime.fromtimestamp(at, datetime.UTC):%Y-%m-%dT%H:%M}" for at in (start, start + HOUR)]
    assert put(group, weekly(group, start=times[0], end=times[1], zone="UTC", rule="")).status == 201
    for name in devices:
        wish(group, name, hours=True)
    assert remind(start - 2 * HOUR) == 3
    assert tell(start - 2 * HOUR) == 3
    rung_and_tried(group)
    return {**devices, "Eve": knocks_and_is_let_in(group, push_service)}


def rung_and_tried(group):
    """Ana rings Ben, and Ben tries out how he is told."""
    ben = group.people["Ben"]
    want_rings(ben.id)
    ring(ben.id, by=group.people["Ana"].id, now=now())
    assert tell(now()) == 1
    assert ben.ask("POST", "/told/try").told == {"ways": 2}
    assert tell(now()) == 2


def knocks_and_is_let_in(group, push_service):
    """Eve knocks, of which all are told who were here since the last time, and is let in. Returns her device."""
    for name in ("Ben", "Dee"):
        for here in (True, False):
            group.people[name].ask("POST", "/told/here", {"here": here})
    invited = group.invite(any_member=True)
    eve, device = group.guest(invited, "Eve"), push_service.subscribe()
    eve.put_way("device", device.body)
    assert group.knock(invited, "Eve", eve).status == 201
    assert tell(now()) + tell(now() + GRACE) == 3
    assert group.send("Ana", group.admitting("Ana", invited)).status == 201
    assert tell(now()) + tell(now() + 2 * GRACE) == 1
    return device


def forbidden(group) -> list[bytes]:
    """Names, words, and every id that could tell one person or group from another."""
    people = [name.encode() for name in group.people]
    ids = [raw for person in group.people.values() for raw in (person.id, person.name.encode())]
    ids += [group.state.circle, *group.state.members]
    found = [SENTINEL.encode(), *(word.encode() for word in GROUP_WORDS), *people, *ids]
    return found + [raw.hex().encode() for raw in ids]


def test_no_push_and_no_letter_says_anything(group, telling, push_service, post_office):
    devices = everything_told(group, push_service, post_office)
    for device in devices.values():
        assert set(push_service.told(device)) == {WORDS}
    letters = post_office.to(MAILBOX)[1:]
    assert len(letters) == 4
    seen = [shown(push_service, push) for push in push_service.pushes]
    seen += [shown_of(letter) for letter in letters]
    assert len(seen) == len(push_service.pushes) + 4 == 13
    for text in seen:
        assert not [word for word in forbidden(group) if word in text]
        assert not TOPIC.search(text)


def shown(service, push) -> bytes:
    """All that a push says beside random bytes: what it claims of its sender, every other header."""
    claims = service.check_sender(push)
    headers = {name: value for name, value in push.headers.items() if name != "authorization"}
    return repr((claims, headers)).encode()


def shown_of(letter) -> bytes:
    """All that a letter says beside whom it is for, when it was sent, and random bytes."""
    headers = [(name, value) for name, value in letter.items() if name not in EACH_ITS_OWN]
    return repr((headers, letter["Message-ID"].partition("@")[2], letter.get_payload())).encode()


def test_every_push_and_every_letter_is_like_every_other_p41(group, telling, push_service, post_office):
    everything_told(group, push_service, post_office)
    usual = set(same_for_all(push_service.origin, now())) | {"Host", "Accept-Encoding", "Content-Length"}
    shapes = set()
    for push in push_service.pushes:
        assert set(push.headers) == {name.lower() for name in usual}
        claims = push_service.check_sender(push)
        assert set(claims) == {"aud", "exp", "sub"} and 0 < claims["exp"] - now() <= 86_400
        shapes.add((len(push.body), *(push.headers[name] for name in ("ttl", "topic", "urgency", "content-type"))))
    assert len(shapes) == 1
    same = {
        (letter.get_payload(), *((name, value) for name, value in letter.items() if name not in EACH_ITS_OWN))
        for letter in post_office.to(MAILBOX)[1:]
    }
    assert len(same) == 1


def looks_in(group, devices):
    look_at = next_at("UTC", 0, now())
    return look_in(look_at), tell(look_at)


def is_rung(group, devices):
    ring(group.people["Ben"].id, by=group.people["Ana"].id, now=now())
    return 1, tell(now())


def tries_it(group, devices):
    return group.people["Ben"].ask("POST", "/told/try").told["ways"], tell(now())


def stands_at_the_door(group, devices):
    """Ana, who is host and was told of nothing yet, is told of somebody at the door."""
    assert group.knock(group.invite("Ana"), "Eve").status == 201
    return tell(now()) + 1, tell(now() + GRACE)


@pytest.mark.parametrize("kind", [looks_in, is_rung, tries_it, stands_at_the_door])
def test_a_note_of_any_other_kind_is_like_that_of_a_message_p41(group, telling, push_service, kind):
    devices = [push_service.subscribe() for _each in range(2)]
    for name, device in zip(("Ben", "Ana"), devices, strict=True):
        group.people[name].put_way("device", device.body)
    group.say("Ana", SENTINEL)
    tell(now())
    assert tell(now() + GRACE) == 1
    group.people["Ben"].ask("PUT", "/told", {**USUAL, "zone": "UTC", "rings": True, "looks_at": 0})
    assert kind(group, devices) == (1, 1)
    assert [words for device in devices for words in push_service.told(device)] == [WORDS] * 2
    # But for the second at which a signature ends, and random bytes.
    message, other = (
        (len(push.body), sorted(push_service.check_sender(push)), {**push.headers, "authorization": ""})
        for push in push_service.pushes
    )
    assert message == other


def test_the_question_to_a_mailbox_names_nobody(group, telling, post_office):
    with_mailbox(group, post_office)
    question = post_office.to(MAILBOX)[0]
    said = question.get_payload().partition("/yes/")[0]
    assert not [word for word in forbidden(group) if word in f"{question['Subject']} {said}".encode()]
