"""How quickly people are reached: `python -m bench.reach [--only …]`. The last line is one JSON object of figures.

`feed_ms_p99`: one calendar of a weekly meeting, asked for over HTTP of a real server on loopback, with new addresses as
often as the limit of one address needs it. `expand_100_series_10y_ms`: every day of 100 series in ten years.
`ring_to_heard_s`: from the press on Ring until the other, who answers at once, is heard over the relay.
`others_stop_s`: two are rung together; from the one's press on Answer until the other's page rings no more.
`push_fanout_1000_s`: something waits for a thousand people, and the site's own rounds push to each.
`reminders_10000_s`: from the round that takes ten thousand reminders to the last one handed over, half of them by push
and half by e-mail, by a server in which a room of thirty goes on talking; `stream_p99_ms_quiet` and
`stream_p99_ms_reminding`: from what somebody there says to the last member's stream, before and meanwhile.
`icon_to_room_s`, `icon_to_room_slow4_s`: from the icon on one's own device to the newest of 200 messages, after the
quick exit; the second with a CPU four times slower.
"""

from __future__ import annotations

import argparse
import datetime
import sys
import time
from collections.abc import Callable, Iterator, Sequence

import httpx

from bench import icon, telling
from bench.browser import SLOWER
from bench.figures import Figure, as_json, must_be, percentile, table
from bench.ringing import rings_s
from bench.served import a_server
from sameboat.client import Member
from sameboat.client.meetings import Words, plan_meeting
from sameboat.client.telling import make_calendar
from sameboat.timetable.series import occurrences, read_series

KEYS = (
    "feed_ms_p99", "expand_100_series_10y_ms", "ring_to_heard_s", "others_stop_s", "push_fanout_1000_s",
    "reminders_10000_s",
    "stream_p99_ms_quiet", "stream_p99_ms_reminding", "icon_to_room_s", f"icon_to_room_slow{SLOWER}_s",
)  # fmt: skip
FETCHES_PER_ADDRESS = 20
ADDRESSES = 25
RULES = ("FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2", "FREQ=MONTHLY;BYDAY=2TU", "FREQ=WEEKLY;BYDAY=TU,FR")
ZONES = ("Europe/London", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu")
# So that a calendar has days behind and ahead, whenever this is run.
BEGAN = datetime.datetime.now(datetime.UTC).date() - datetime.timedelta(days=300)
TEN_YEARS = datetime.timedelta(days=3652)


def feed_ms() -> list[float]:
    """Milliseconds of each answer to a calendar program."""
    with a_server() as served:
        member = Member.start(
            served.origin, "reach", "a kettle by the window", group="Reach", name="Ana", agreement="We listen.",
            safeguarding="In danger we call for help.",
        )  # fmt: skip
        plan_meeting(
            member.talk, Words("Tea"), start=f"{BEGAN}T19:00", end=f"{BEGAN}T20:30", zone="Europe/London",
            rule="FREQ=WEEKLY",
        )  # fmt: skip
        return [took for path in _addresses(member) for took in _fetched(served.origin, path)]


def _addresses(member: Member) -> Iterator[str]:
    for _ in range(ADDRESSES):
        yield f"/calendar/{make_calendar(member.account, 'Busy', anew=True)}.ics"


def _fetched(origin: str, path: str) -> list[float]:
    took: list[float] = []
    with httpx.Client(base_url=origin) as client:
        for _ in range(FETCHES_PER_ADDRESS):
            begun = time.perf_counter()
            answer = client.get(path)
            took.append((time.perf_counter() - begun) * 1000)
            must_be((answer.status_code, b"BEGIN:VEVENT" in answer.content), (200, True), "a calendar")
    return took


def expand_ms() -> float:
    """Milliseconds for every day of 100 series in ten years."""
    start = datetime.datetime(2026, 1, 6, tzinfo=datetime.UTC)
    begun = time.perf_counter()
    days = 0
    for number in range(100):
        series = read_series(
            "2026-01-06T19:00", "2026-01-06T20:30", ZONES[number % len(ZONES)], RULES[number % len(RULES)]
        )
        days += len(occurrences(series, start, start + TEN_YEARS))
    took = (time.perf_counter() - begun) * 1000
    must_be(days > 40_000, True, "days in ten years")
    return took


def feed_figures() -> Iterator[Figure]:
    yield Figure("feed_ms_p99", "a calendar program's answer, 99 in 100 within", percentile(feed_ms(), 0.99), "ms")


def expand_figures() -> Iterator[Figure]:
    best = min(expand_ms() for _ in range(3))
    yield Figure("expand_100_series_10y_ms", "100 series of ten years, every day", best, "ms")


def ring_figures() -> Iterator[Figure]:
    heard, stopped = rings_s()
    yield Figure("ring_to_heard_s", "from ringing to hearing each other, the slowest of five", max(heard), "s")
    yield Figure("others_stop_s", "from the first one's answer until nobody else is rung", stopped, "s")


PARTS: dict[str, Callable[[], Iterator[Figure]]] = {
    "feed": feed_figures,
    "expand": expand_figures,
    "ring": ring_figures,
    "fanout": telling.fanout_figures,
    "reminders": telling.reminder_figures,
    "icon": icon.figures,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Measures, prints, and returns an exit status; a wrong count ends it with an error."""
    parser = argparse.ArgumentParser(prog="make bench-reach", description=__doc__)
    parser.add_argument("--only", choices=sorted(PARTS), action="append", help="one part, or some; no JSON line then")
    only = parser.parse_args(argv).only
    figures: list[Figure] = []
    for name in only or PARTS:
        print(f"{name} …", file=sys.stderr, flush=True)
        for figure in PARTS[name]():
            figures.append(figure)
            print(table([figure]), file=sys.stderr, flush=True)
    print(table(figures))
    if not only:
        print(as_json(figures, KEYS))
    return 0


if __name__ == "__main__":
    sys.exit(main())
