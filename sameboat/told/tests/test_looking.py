"""Those who asked for it are asked to look in at their own hour, and in no other way than everybody is told."""

import datetime

import pytest

from sameboat.told import here
from sameboat.told.hours import next_at
from sameboat.told.looking import look_in
from sameboat.told.models import Wish
from sameboat.told.rounds import tell
from sameboat.told.tests.rounds import USUAL, WORDS
from tests.fixtures.asking import now

HOUR, DAY = 3_600, 86_400
NINE = 21 * 60
ASKED = {**USUAL, "zone": "UTC", "group": False, "looks_at": NINE}


@pytest.fixture
def bens(group, telling, push_service):
    """Ben, who is told of nothing by itself and asked to look in at nine."""
    device = push_service.subscribe()
    assert group.people["Ben"].put_way("device", device.body).status == 200
    assert group.people["Ben"].ask("PUT", "/told", ASKED).told["looks_at"] == NINE
    return device


@pytest.fixture
def nine(bens):
    return next_at("UTC", NINE, now())


def look_and_tell(at):
    set_out = look_in(at)
    return set_out, tell(at)


def test_once_a_day_at_the_hour_in_the_same_words(group, bens, nine, push_service):
    group.say("Ana", "Hello")
    assert look_and_tell(nine - 1) == (0, 0)
    assert look_and_tell(nine + 30) == (1, 1)
    assert look_and_tell(nine + 90) == (0, 0)
    assert look_and_tell(nine + DAY) == (1, 1)
    assert push_service.told(bens) == [WORDS] * 2


def test_not_where_nobody_else_said_anything_within_a_week(group, nine):
    assert look_and_tell(nine) == (0, 0)
    group.say("Ben", "I was here")
    assert look_and_tell(nine + DAY) == (0, 0)
    group.say("Ana", "So was I")
    assert look_and_tell(nine + 9 * DAY) == (0, 0)


def test_not_those_who_never_asked_nor_those_who_ask_no_more(group, bens, nine, push_service):
    group.say("Ana", "Hello")
    dee = group.join("Dee").people["Dee"]
    assert dee.put_way("device", push_service.subscribe().body).status == 200
    assert dee.ask("PUT", "/told", {**USUAL, "group": False}).status == 200
    assert look_in(nine) == 1
    group.people["Ben"].ask("PUT", "/told", {**ASKED, "looks_at": None})
    assert tell(nine) == 0, "taken back while it was on its way"
    assert look_and_tell(nine + DAY) == (0, 0)


def test_not_somebody_who_left_the_group(group, nine):
    group.say("Ana", "Hello")
    assert group.leave("Ben").status == 201
    assert look_and_tell(nine) == (0, 0)


def test_not_somebody_who_looks_at_the_page_nor_hours_late(group, nine):
    group.say("Ana", "Hello")
    here.come(group.people["Ben"].id, now=nine)
    assert look_in(nine) == 0
    assert look_in(nine + DAY + 2 * HOUR) == 0, "the site was away at nine"
    assert look_in(nine + 2 * DAY) == 1


def test_a_break_holds(group, nine):
    group.say("Ana", "Hello")
    Wish.objects.of(group.people["Ben"].id).update(break_until=nine + DAY)
    assert look_and_tell(nine) == (1, 0)
    assert tell(nine + DAY + HOUR) == 0


@pytest.mark.parametrize("minute", [-1, 1_440])
def test_an_hour_that_is_none_is_refused(group, telling, minute):
    assert group.people["Ben"].ask("PUT", "/told", {**ASKED, "looks_at": minute}).status == 400
    assert not Wish.objects.of(group.people["Ben"].id).exists()


@pytest.mark.parametrize("day", ["2026-03-28", "2026-10-24", "2026-06-01"])
def test_the_hour_is_of_the_clock_on_the_wall(day):
    at = int(datetime.datetime.fromisoformat(f"{day}T22:00+00:00").timestamp())
    first = next_at("Europe/London", NINE, at)
    shown = datetime.datetime.fromtimestamp(first, datetime.UTC)
    assert at < first <= at + 25 * HOUR and shown.hour in (20, 21) and shown.minute == 0
    assert 23 * HOUR <= next_at("Europe/London", NINE, first) - first <= 25 * HOUR
