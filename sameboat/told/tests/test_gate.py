"""What is on its way is looked at once more before it goes: nobody is told of what is not for them any more."""

import datetime

import pytest

from sameboat.accounts.actions import begin_closing
from sameboat.told.models import Errand, Wish
from sameboat.told.rounds import tell
from sameboat.told.telling import DAY, GRACE, HOUR
from sameboat.told.tests.rounds import USUAL, WORDS, later, says
from tests.fixtures.asking import now


@pytest.fixture
def under_way(group, bens, push_service):
    """Something was said, and Ben's push service was away when he was to be told of it."""
    push_service.everywhere = 503
    says(group)
    assert later() == 0 and Errand.objects.count() == 1
    push_service.everywhere = 201
    push_service.pushes.clear()
    return group.people["Ben"]


def comes_never():
    """Nothing comes, an hour and a day later, and nothing is left."""
    return later(HOUR) == later(DAY - 1) == 0 and not Errand.objects.exists()


def test_it_goes_out_when_nothing_changed(under_way, bens, push_service):
    assert later(HOUR) == 1
    assert push_service.told(bens) == [WORDS]


def test_whoever_came_meanwhile_has_seen_it(under_way):
    for here in (True, False):
        under_way.ask("POST", "/told/here", {"here": here})
    assert comes_never()


def test_whoever_left_meanwhile_is_told_nothing(under_way, group):
    assert group.leave("Ben").status == 201
    assert comes_never()


def test_a_place_that_was_unticked_meanwhile_is_not_told(under_way):
    under_way.ask("PUT", "/told", {**USUAL, "group": False})
    assert comes_never()


def test_an_account_that_closes_meanwhile_is_told_nothing(under_way):
    begin_closing(Wish.objects.of(under_way.id).get().account, now=now())
    assert comes_never()


def test_a_break_pressed_meanwhile_is_kept_and_what_waits_is_told_after_it(under_way, bens, push_service):
    until = now() + 3 * DAY
    under_way.ask("PUT", "/told", {**USUAL, "break_until": until})
    assert later(HOUR) == later(DAY - 1) == later(2 * DAY) == 0
    assert tell(until + GRACE) == 1
    assert push_service.told(bens) == [WORDS]


def test_a_second_try_does_not_ring_in_the_night(under_way, bens, push_service):
    at = datetime.datetime.fromtimestamp(now() + HOUR, datetime.UTC)
    minute = at.hour * 60 + at.minute
    night = {"zone": "UTC", "quiet_from": (minute - 30) % 1_440, "quiet_to": (minute + 30) % 1_440}
    under_way.ask("PUT", "/told", {**USUAL, **night})
    assert later(HOUR) == 0
    assert later(HOUR + 31 * 60) == 1
    assert push_service.told(bens) == [WORDS]


def test_whoever_left_in_a_quiet_night_is_not_told_in_the_morning(group, bens):
    group.people["Ben"].ask("PUT", "/told", {**USUAL, "break_until": now() + HOUR})
    says(group)
    assert later() == 0
    assert group.leave("Ben").status == 201
    assert later(HOUR + GRACE) == later(DAY) == 0


def test_whoever_goes_without_a_word_is_told_of_what_came_meanwhile(group, bens, push_service):
    group.people["Ben"].ask("POST", "/told/here", {"here": True})
    at = now()
    says(group)
    assert later() == 0
    assert sum(tell(at + second) for second in range(20, 130, 10)) == 1
    assert push_service.told(bens) == [WORDS]


def test_whoever_ends_the_session_is_told_at_once(group, bens, push_service):
    ben = group.people["Ben"]
    ben.ask("POST", "/told/here", {"here": True})
    assert ben.ask("POST", "/leave").status in (200, 204)
    says(group)
    assert later() == 1
    assert push_service.told(bens) == [WORDS]


def test_whoever_looks_on_is_never_told(group, bens):
    ben = group.people["Ben"]
    ben.ask("POST", "/told/here", {"here": True})
    says(group)
    assert later() == 0
    ben.ask("POST", "/told/here", {"here": True})
    assert later(2 * HOUR) == 0


def test_a_page_that_was_never_before_anybody_reads_nothing(group, bens):
    says(group)
    group.people["Ben"].ask("POST", "/told/here", {"here": False})
    assert later() == 1
