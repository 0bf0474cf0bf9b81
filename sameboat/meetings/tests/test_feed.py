"""One's own calendar address: read back by the library, nothing of the group in it, and nothing to a guess."""

import secrets

import icalendar
import pytest

from sameboat.circles.rounds import delete_closed
from sameboat.meetings.models import Calendar
from sameboat.meetings.tests.calendars import changed, close, put, weekly
from sameboat.meetings.views import ASKING
from sameboat.protocol.encoding import b64u
from tests.fixtures.asking import now
from tests.fixtures.groups import Group

SOON = {"start": "2026-01-06T19:00", "end": "2026-01-06T20:30"}


def address(group: Group, name: str, title: str = "Choir", *, anew: bool = False) -> str:
    answer = group.people[name].put_way("calendar", {"title": title, "anew": anew})
    return f"/calendar/{answer.told['secret']}.ics"


def fetch(client, path: str, **headers: str):
    return client.get(path, headers=headers)


def entries(answer) -> list[icalendar.Event]:
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = icalendar.Calendar.from_ical(answer.content)
    assert not calendar.errors
    found = calendar.walk("VEVENT")
    assert not [error for one in found for error in one.errors]
    return found


def test_the_feed_holds_ones_own_meetings_under_ones_own_words(group, client):
    put(group, weekly(group, **SOON))
    elsewhere = Group("Zoe")
    put(elsewhere, weekly(elsewhere, **SOON), by="Zoe")
    found = entries(fetch(client, address(group, "Ben")))
    assert 50 < len(found) < 60
    assert {str(one["SUMMARY"]) for one in found} == {"Choir"}
    assert {one["STATUS"] for one in found} == {"CONFIRMED"}
    assert len({str(one["UID"]) for one in found}) == len(found)
    assert {one["DTSTART"].dt.utcoffset().total_seconds() for one in found} == {0}


def test_a_cancelled_day_is_shown_as_cancelled_and_a_moved_one_keeps_its_number(group, client):
    plan = weekly(group, rule="", start="2026-12-01T19:00", end="2026-12-01T20:00")
    put(group, plan)
    path = address(group, "Ben")
    (before,) = entries(fetch(client, path))
    moved = changed(plan, changes=[["2026-12-01T19:00", "2026-12-02T19:00", "2026-12-02T20:00"]])
    put(group, moved)
    (after,) = entries(fetch(client, path))
    assert after["UID"] == before["UID"]
    assert (after["DTSTART"].dt - before["DTSTART"].dt).days == 1
    assert after["SEQUENCE"] > before["SEQUENCE"]
    put(group, changed(moved, cancelled=True))
    (off,) = entries(fetch(client, path))
    assert (off["UID"], off["STATUS"]) == (before["UID"], "CANCELLED")
    assert "Choir" in off["SUMMARY"]


def test_nothing_in_it_or_around_it_says_whose_it_is(group, client):
    put(group, weekly(group, **SOON))
    answer = fetch(client, address(group, "Ben"))
    whole = (answer.content + str(dict(answer.headers)).encode()).lower()
    kept = [b64u(group.member(name)) for name in ("Ana", "Ben")]
    for word in ["same boat", "sameboat", "group", "meeting", *[one.lower() for one in kept]]:
        assert word.encode() not in whole
    other = fetch(client, address(group, "Ana"))
    uids = [{str(one["UID"]) for one in entries(one)} for one in (answer, other)]
    assert not uids[0] & uids[1]


def test_a_new_address_ends_the_old_one_and_no_address_is_nothing(group, client):
    put(group, weekly(group, **SOON))
    old = address(group, "Ben")
    new = address(group, "Ben", anew=True)
    assert fetch(client, old).status_code == 404
    assert entries(fetch(client, new))
    assert group.people["Ben"].put_way("calendar", {"title": "Busy"}).told == {"secret": None}
    assert group.people["Ben"].ask("GET", "/calendar").told == {"title": "Busy"}
    assert group.people["Ben"].ask("DELETE", "/calendar", {}).status == 204
    assert fetch(client, new).status_code == 404
    assert group.people["Ben"].ask("GET", "/calendar").status == 404


def test_a_guess_is_answered_like_a_page_that_does_not_exist(group, client):
    guess = fetch(client, f"/calendar/{secrets.token_urlsafe(32)}.ics")
    nothing = fetch(client, "/calendar/")
    assert (guess.status_code, guess.content) == (nothing.status_code, nothing.content)
    assert dict(guess.headers) == dict(nothing.headers)


def test_a_feed_asked_a_thousand_times_a_minute_says_when_to_come_back_and_so_does_a_guess(group, client, monkeypatch):
    monkeypatch.setattr(ASKING, "burst", 3)
    guess = f"/calendar/{secrets.token_urlsafe(32)}.ics"
    for path, status in ((address(group, "Ben"), 200), (guess, 404)):
        answers = [fetch(client, path) for _ in range(5)]
        assert [one.status_code for one in answers] == [status] * 3 + [429] * 2
        assert 0 < int(answers[-1]["Retry-After"]) <= 30
    # Whoever else asks is not held up.
    assert fetch(client, address(group, "Ana")).status_code == 200


def test_what_has_not_changed_is_not_sent_again(group, client):
    path = address(group, "Ben")
    tag = fetch(client, path)["ETag"]
    again = fetch(client, path, if_none_match=tag)
    assert (again.status_code, again.content) == (304, b"")


def test_whoever_left_has_these_meetings_no_more_and_a_closed_account_has_no_feed(group, client):
    group.join("Mo")
    put(group, weekly(group, **SOON))
    path, mine = address(group, "Mo"), address(group, "Ben")
    group.leave("Mo")
    assert entries(fetch(client, path)) == []
    close(group, "Ben")
    assert fetch(client, mine).status_code == 404
    assert Calendar.objects.everywhere("a test").count() == 2
    delete_closed(now() + 8 * 86_400)
    assert Calendar.objects.everywhere("a test").count() == 1


@pytest.mark.parametrize("title", ["", "   ", "a" * 41, "two\nlines", "a\x07bell"])
def test_words_that_are_no_title_are_refused(group, title):
    assert group.people["Ben"].put_way("calendar", {"title": title}).code == "bad_title"


def test_without_an_account_there_is_no_address_to_make(group):
    group.people["Ben"].browser.client.cookies.clear()
    assert group.people["Ben"].put_way("calendar", {"title": "Choir"}).status == 401
