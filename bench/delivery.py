"""How soon the last member has a message, and how many messages a second one server takes."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.figures import must_be
from bench.wire import PATIENCE, Ear, Line, Seat

REST = 0.01


@dataclass(frozen=True)
class Room:
    """A circle whose members all have a seat; `seal(n, text)` makes member n's next envelope, base64url."""

    circle: str
    seats: list[Seat]
    seal: Callable[[int, str], str]

    def letter(self, by: int, text: str) -> tuple[bytes, bytes]:
        """A ready request by this member, and its envelope as it must come out of the streams."""
        envelope = self.seal(by, text)
        path = f"/api/circles/{self.circle}/messages"
        return self.seats[by].post(path, {"envelope": envelope}), envelope.encode()


@dataclass
class Round:
    """One message on its way to `waiting` streams."""

    envelope: bytes
    waiting: int
    last: float = 0.0
    strange: int = 0
    over: asyncio.Event = field(default_factory=asyncio.Event)

    def heard(self, kind: bytes, told: bytes, moment: float) -> None:
        if kind != b"message":
            return
        if self.envelope in told:
            self.waiting -= 1
            self.last = moment
        else:
            self.strange += 1
        if self.waiting <= 0 or self.strange:
            self.over.set()


class Live:
    """A room all of whose members listen, while one after the other says something."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.rounds = [Round(b"", 0)]
        self.ears: list[Ear] = []

    @classmethod
    async def open(cls, room: Room, members: int) -> Live:
        """Opens everybody's stream. Raises WrongCount unless the room has so many members."""
        must_be(len(room.seats), members, "members of the room")
        live = cls(room)
        live.ears = [await Ear.open(seat, lambda *news: live.rounds[-1].heard(*news)) for seat in room.seats]
        live.line = await Line.open(room.seats[0].port)
        return live

    line: Line

    async def say(self) -> float:
        """Milliseconds from the first byte sent to the last of all members' streams, for the next message."""
        number, members = len(self.rounds) - 1, len(self.room.seats)
        request, envelope = self.room.letter(number % members, f"round {number}")
        self.rounds.append(Round(envelope, members))
        began = time.perf_counter()
        (status, answer), _ = await asyncio.gather(
            self.line.post(request), asyncio.wait_for(self.rounds[-1].over.wait(), PATIENCE)
        )
        must_be(status, 201, f"answer to a message: {answer[:200]!r}")
        took = (self.rounds[-1].last - began) * 1000
        await asyncio.sleep(REST)
        return took

    def close(self) -> None:
        """Raises WrongCount for a message that did not come, came twice, or was another."""
        found = {(one.waiting, one.strange) for one in self.rounds}
        must_be(found, {(0, 0)}, "streams without a message, strange ones")
        for ear in self.ears:
            ear.close()
        self.line.close()


async def last_member(room: Room, members: int, times: int) -> list[float]:
    """Milliseconds from the first byte sent to the last of all members' streams, message by message."""
    live = await Live.open(room, members)
    found = [await live.say() for _ in range(times)]
    live.close()
    return found


@dataclass
class Tally:
    """What one stream heard in a flood: positions, in the order they came."""

    positions: list[int] = field(default_factory=list)
    last: float = 0.0

    def heard(self, kind: bytes, told: bytes, moment: float) -> None:
        if kind == b"message":
            self.positions.append(json.loads(told)["position"])
            self.last = moment


async def _pour(room: Room, letters: list[bytes]) -> list[int]:
    """One circle's messages, one in flight; the positions that the server acknowledged."""
    line = await Line.open(room.seats[0].port)
    taken = []
    for request in letters:
        status, answer = await line.post(request)
        must_be(status, 201, f"answer to a message: {answer[:200]!r}")
        taken.append(json.loads(answer)["position"])
    line.close()
    return taken


async def flood(rooms: list[Room], members: int, each: int) -> float:
    """Messages a second with every circle sending at once, until the last stream has the last of them."""
    must_be([len(room.seats) for room in rooms], [members] * len(rooms), "members of the rooms")
    letters = [[room.letter(n % members, f"flood {n}")[0] for n in range(each)] for room in rooms]
    tallies = [[Tally() for _ in room.seats] for room in rooms]
    ears = [
        await Ear.open(seat, tally.heard)
        for room, row in zip(rooms, tallies, strict=True)
        for seat, tally in zip(room.seats, row, strict=True)
    ]
    began = time.perf_counter()
    taken = await asyncio.gather(*map(_pour, rooms, letters))
    async with asyncio.timeout(PATIENCE):
        while any(len(tally.positions) < each for row in tallies for tally in row):
            await asyncio.sleep(REST)
    for positions, row in zip(taken, tallies, strict=True):
        for tally in row:
            must_be(tally.positions, positions, "what a stream heard, in order")
    for ear in ears:
        ear.close()
    last = max(tally.last for row in tallies for tally in row)
    return len(rooms) * each / (last - began)
