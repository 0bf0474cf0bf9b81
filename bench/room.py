"""A room under load, and a room being opened: `python -m bench.room [--only server|browser]`.

Prints a table and, as its last line, one JSON object. Seconds end in `_s`, milliseconds in `_ms`.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Callable, Iterator

from bench import browser, crowd
from bench.delivery import flood, last_member
from bench.figures import Figure, as_json, median, percentile, table
from bench.idle import idle
from bench.served import Served, a_server, start_seconds

KEYS = (
    "last_member_p50_ms_10", "last_member_p50_ms_30", "last_member_p99_ms_30", "sends_per_s", "idle_stream_kb",
    "threads_1000", "start_s", "inside_gzip_kb", "inside_all_gzip_kb", "room_20_s", "room_1000_s", "room_10000_s",
    "room_10000_slow4_s", "unlock_s", "rotate_30_ms", "rotate_100_ms", "log_1000_ms", "join_s",
)  # fmt: skip
SENDS = 400
WARM = 40
STARTS = 5
STREAMS = 1_000
CIRCLES, MEMBERS, EACH = 100, 8, 20
SMALL, LARGE = 10, 30


def delivery_figures(served: Served) -> Iterator[Figure]:
    """From sending to the last member's stream, one message at a time."""
    for members in (SMALL, LARGE):
        room = crowd.a_room(served, members)
        found = asyncio.run(last_member(room, members, WARM + SENDS))[WARM:]
        for share in (50, 95, 99):
            key = f"last_member_p{share}_ms_{members}"
            about = f"send to the last of {members} members, p{share}"
            yield Figure(key if key in KEYS else "", about, percentile(found, share / 100), "ms")


def load_figures(served: Served) -> Iterator[Figure]:
    """Many circles at once, then a thousand people who only listen."""
    rooms = crowd.rooms(served, CIRCLES, MEMBERS)
    about = f"messages a second, {CIRCLES} circles of {MEMBERS}, all delivered"
    yield Figure("sends_per_s", about, asyncio.run(flood(rooms, MEMBERS, EACH)), "/s", 0)
    seats = [seat for room in rooms for seat in room.seats]
    seats += crowd.listeners(served, STREAMS - len(seats))
    starts = start_seconds(served, STARTS)
    yield Figure("start_s", "server start to first answer", median(starts), "s")
    found = asyncio.run(idle(served, seats, STREAMS))
    yield Figure("idle_stream_kb", f"memory for each of {STREAMS:,} idle streams", found.stream_kb, "KB", 1)
    yield Figure("threads_1000", f"threads with {STREAMS:,} idle streams", found.threads, "", 0)


def server_figures() -> Iterator[Figure]:
    with a_server() as served:
        yield from delivery_figures(served)
        yield from load_figures(served)


PARTS: dict[str, Callable[[], Iterator[Figure]]] = {
    "server": server_figures,
    "browser": browser.figures,
}


def main(arguments: list[str] | None = None) -> int:
    """Measures, prints, and returns an exit status; a wrong count ends it with an error."""
    parser = argparse.ArgumentParser(prog="python -m bench.room", description=__doc__)
    parser.add_argument("--only", choices=sorted(PARTS), help="one part; no JSON line then")
    only = parser.parse_args(arguments).only
    began = time.perf_counter()
    figures: list[Figure] = []
    for name, part in PARTS.items():
        for figure in part() if only in (None, name) else ():
            figures.append(figure)
            print(table([figure]), file=sys.stderr, flush=True)
    print(table(figures))
    print(f"  measured in {time.perf_counter() - began:.0f} s, durable commits (synchronous=FULL)")
    if only is None:
        print(as_json(figures, KEYS))
    return 0


if __name__ == "__main__":
    sys.exit(main())
