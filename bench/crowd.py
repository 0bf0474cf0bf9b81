"""Rooms full of made-up people, for the benches: to deliver to, to listen, and to be read in a browser."""

from __future__ import annotations

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from bench.circle import Circle
from bench.delivery import Room
from bench.desk import Desk, a_person
from bench.figures import must_be
from bench.served import Served
from bench.wire import Line, Seat
from sameboat.protocol.seal import passphrase_unlocker

# As long as what people write: some a line, some a few.
TALK = (
    "and a biscuit.",
    "and then the bus did not come, so I walked home along the water and it was all right.",
    "and I did not know what to say, so I listened. It was a long evening. Somebody laughed about the soup, and "
    "somebody else had brought a cake that had sunk in the middle, and nobody minded. I slept after that.",
)


def a_room(served: Served, members: int, desk: Desk | None = None) -> Room:
    """A circle of this many members, each signed in."""
    founder = a_person(desk or Desk(served))
    circle = Circle(founder, [f"Member {number}" for number in range(members)])
    return Room(circle.id, [person.seat for person in circle.people], circle.letter)


def rooms(served: Served, circles: int, members: int) -> list[Room]:
    desk = Desk(served)
    return [a_room(served, members, desk) for _ in range(circles)]


def listeners(served: Served, people: int) -> list[Seat]:
    """People who have an account and are in no group."""
    desk = Desk(served)
    return [a_person(desk).seat for _ in range(people)]


@dataclass
class ReadingRoom:
    """A group with one who writes, and one whose passphrase is known, to come in with a browser."""

    circle: Circle
    sign_in: str
    passphrase: str
    newest: str = ""
    pattern: str = r"Cup (\d+) of tea"

    def fill(self, messages: int) -> None:
        """Seals and posts this many numbered messages. Raises WrongCount unless the server has exactly these."""
        # In a thread of its own: Playwright's event loop runs in this one.
        with ThreadPoolExecutor(1) as apart:
            apart.submit(asyncio.run, self._fill(messages)).result()
        self.newest = f"Cup {messages - 1} of tea"

    async def _fill(self, messages: int) -> None:
        seat = self.circle.people[0].seat
        line = await Line.open(seat.port)
        for number in range(messages):
            envelope = self.circle.letter(0, f"Cup {number} of tea {TALK[number % len(TALK)]}")
            status, said = await line.post(seat.post(f"/api{self.circle.path}/messages", {"envelope": envelope}))
            must_be(status, 201, f"message {number}: {said[:200]!r}")
        line.close()


def a_reading_room(served: Served, members: int = 2) -> ReadingRoom:
    desk = Desk(served)
    name, passphrase = f"reader {secrets.token_hex(4)}", "kettle window bramble seventeen"
    circle = Circle(a_person(desk), ["Ana"])
    circle.let_in(["Ben"], [(name, passphrase_unlocker(desk.home, name, passphrase))])
    reader = circle.people[-1]
    reader.remember(circle.state.circle, circle.keys["Ben"])
    circle.let_in([f"Member {number}" for number in range(members - 2)])
    must_be(len(circle.state.members), members, "members of the group")
    return ReadingRoom(circle, name, passphrase)
