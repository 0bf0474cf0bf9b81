"""What a thousand people who only listen cost the server."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bench.figures import must_be
from bench.served import Served
from bench.wire import Ear, Seat

SETTLE = 1.0
WARM = 20


@dataclass(frozen=True)
class Idle:
    """Kilobytes of memory each stream added, and the server's threads with all of them open."""

    stream_kb: float
    threads: int


async def idle(served: Served, seats: list[Seat], streams: int) -> Idle:
    """Opens one stream for each seat and weighs the server before and after. Raises WrongCount."""
    must_be(len(seats), streams, "people who listen")
    await _warm(seats[:WARM])
    before = served.memory_kb()
    ears = [await Ear.open(seat, lambda *news: None) for seat in seats]
    await asyncio.sleep(SETTLE)
    after, threads = served.memory_kb(), served.threads()
    must_be(sum(ear.is_open for ear in ears), streams, "streams open while weighing")
    for ear in ears:
        ear.close()
    return Idle((after - before) / streams, threads)


async def _warm(seats: list[Seat]) -> None:
    """Lets the server load what it loads once, so that it is not counted as a stream's."""
    for ear in [await Ear.open(seat, lambda *news: None) for seat in seats]:
        ear.close()
    await asyncio.sleep(SETTLE)
