"""One open stream: from where it goes on, whose it is, and what becomes of a reader who does not read."""

import asyncio
import os

from sameboat.accounts import access
from sameboat.circles import feed
from sameboat.circles.hub import QUEUE, Listener
from sameboat.circles.stream import open_for
from tests.fixtures.asking import Person, now
from tests.fixtures.groups import Group

SHORT = 0.05


def cookie_of(person: Person) -> str:
    return person.browser.client.cookies[access.COOKIE].value


def seat_of(person: Person, circle: bytes):
    return next(seat for seat in feed.seats([person.id])[person.id] if seat.circle == circle)


def place_of(person: Person, circle: bytes, cursor: str):
    opened = open_for(cookie_of(person), cursor, now=now())
    return next(place for seat, place in opened.seats if seat.circle == circle)


def test_a_cursor_does_not_reach_back_before_one_came(group):
    group.say("Ana", "before Dee")
    group.join("Dee")
    circle = group.state.circle
    dee, ana = group.people["Dee"], group.people["Ana"]
    from_the_start = f"{seat_of(dee, circle).row}.0.0.0"
    assert place_of(dee, circle, from_the_start).position == 1
    assert place_of(ana, circle, f"{seat_of(ana, circle).row}.0.0.0").position == 0


def test_somebody_elses_place_is_no_place(group):
    circle = group.state.circle
    ben, ana = group.people["Ben"], group.people["Ana"]
    opened = open_for(cookie_of(ben), f"{seat_of(ana, circle).row}.0.0.0", now=now())
    assert circle in opened.new
    assert {seat.row for seat, _ in opened.seats} == {seat.row for seat in feed.seats([ben.id])[ben.id]}


def test_who_went_is_told_nothing_more(group):
    group.join("Mo")
    mo = group.people["Mo"]
    seat = seat_of(mo, group.state.circle)
    group.leave("Mo")
    group.say("Ana")
    assert feed.after_for(seat.row, seat.circle, feed.Counters(0, 0, 0)) == []
    sessions = feed.listening_in(group.state.circle, now=now())
    assert not sessions & frozenset(feed.Session.objects.of(mo.id).values_list("pk", flat=True))


def test_a_session_that_has_run_out_is_told_nothing(group):
    assert len(feed.listening_in(group.state.circle, now=now())) == 2
    assert feed.listening_in(group.state.circle, now=now() + 601) == frozenset()


def test_what_waits_at_the_door_is_hinted_to_every_process(anybody_starts):
    """The counter is what another process looks at: `stirred` grows with each knock and note."""
    group = Group("Ana")
    before = feed.counters([group.state.circle])[group.state.circle][1]
    group.knock(group.invite(), "Dee")
    assert feed.counters([group.state.circle])[group.state.circle][1] == before + 1


def test_a_reader_who_does_not_read_is_let_go():
    """Otherwise one phone in a tunnel would fill the server's memory."""

    async def never(message) -> None:
        await asyncio.sleep(3600)

    async def flood() -> tuple[bool, int, int]:
        listener = Listener(os.urandom(16), 1, never)
        listener.task = asyncio.get_running_loop().create_task(asyncio.sleep(3600))
        listener.tell(b"first")
        await asyncio.sleep(SHORT)
        told = 0
        while not listener.ending and told < 100 * QUEUE:
            listener.tell(b"x" * 100)
            told += 1
        await asyncio.sleep(SHORT)
        held = len(listener.queue)
        was_ended = listener.task.cancelled()
        if listener.writing:
            listener.writing.cancel()
        return was_ended, told, held

    was_ended, told, held = asyncio.run(flood())
    assert was_ended
    assert told <= QUEUE * 6
    assert held <= QUEUE * 5 + 1
