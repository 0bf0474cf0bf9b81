"""Who is told of somebody at the door: hosts at once, everybody after a day, and whoever waits once it is open."""

import pytest

from sameboat.told.models import Doorbell
from sameboat.told.rounds import tell
from sameboat.told.telling import GRACE, HOUR
from sameboat.told.tests.rounds import WORDS
from tests.fixtures.asking import now

DAY = 24 * HOUR


def rounds(at):
    """A look, and the round in which it is told."""
    return tell(at) + tell(at + GRACE)


@pytest.fixture
def told(group, telling, push_service):
    """Ana, a host, and Ben, who is none, are told by push."""
    found = {}
    for name in ("Ana", "Ben"):
        found[name] = push_service.subscribe()
        assert group.people[name].put_way("device", found[name].body).status == 200
    tell(now())
    return found


def test_hosts_are_told_at_once_and_all_after_a_day_each_once(group, told, push_service):
    invited = group.invite(days=14)
    assert group.knock(invited, "Eve").status == 201
    assert rounds(now()) == 1
    assert (push_service.told(told["Ana"]), push_service.told(told["Ben"])) == ([WORDS], [])
    assert rounds(now() + HOUR) == 0
    # The host has looked meanwhile, and left it for another day.
    group.people["Ana"].ask("POST", "/told/here", {"here": True})
    group.people["Ana"].ask("POST", "/told/here", {"here": False})
    assert rounds(now() + DAY + 60) == 2
    assert push_service.told(told["Ben"]) == [WORDS]
    assert rounds(now() + 2 * DAY) == 0


def test_where_any_member_may_open_all_are_told_at_once(group, told, push_service):
    assert group.knock(group.invite(any_member=True), "Eve").status == 201
    assert rounds(now()) == 2
    assert rounds(now() + DAY + 60) == 0


def test_of_a_knock_that_was_withdrawn_or_answered_nobody_is_told(group, told, push_service):
    invited = group.invite()
    eve = group.guest(invited, "Eve")
    assert group.knock(invited, "Eve", eve).status == 201
    tell(now())
    group.leave("Ben")
    assert eve.ask("DELETE", f"/knocks/{invited.lookup}").status == 204
    assert tell(now() + GRACE) == 0
    assert not Doorbell.objects.exists()


def test_whoever_waits_is_told_once_that_the_door_is_open(group, telling, push_service):
    invited = group.invite()
    eve = group.guest(invited, "Eve")
    device = push_service.subscribe()
    assert eve.put_way("device", device.body).status == 200
    assert group.knock(invited, "Eve", eve).status == 201
    assert rounds(now()) == 0
    assert group.send("Ana", group.admitting("Ana", invited)).status == 201
    assert rounds(now() + 60) == 1
    assert push_service.told(device) == [WORDS]
    assert rounds(now() + DAY) == 0
