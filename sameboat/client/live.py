"""Following a group live: what the stream tells, verified like everything else, and the way back after a cut."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sameboat.client.circle import Stopped
from sameboat.client.http import Away, BadAnswer, Live, Wire, unb64
from sameboat.client.messages import Message, Talk

FIRST_WAIT, LONGEST_WAIT = 0.2, 10.0


@dataclass(frozen=True)
class News:
    """Something happened in a circle: `message` (with it), `event`, `gone`, `knock`, `aside`, `ended`, …"""

    kind: str
    circle: bytes
    message: Message | None = None


def follow(wire: Wire, talk_of: Callable[[bytes], Talk | None]) -> Iterator[News]:
    """News as it comes, forever; after a lost connection it goes on from where it was.

    The first is `connected`. `talk_of` gives the talk of a circle; others are told without being opened.
    """
    cursor, wait = None, FIRST_WAIT
    while True:
        try:
            for live in wire.stream(cursor):
                wait = FIRST_WAIT
                if live is None:
                    continue
                cursor = live.cursor or cursor
                yield from told(live, talk_of)
        except (Away, BadAnswer):
            pass
        time.sleep(wait)
        wait = min(wait * 2, LONGEST_WAIT)


def told(live: Live, talk_of: Callable[[bytes], Talk | None]) -> Iterator[News]:
    """What one thing on the stream means here, after every check."""
    if live.kind == "ready":
        yield News("connected", b"")
        return
    circle = unb64(live.body.get("circle", ""))
    talk = talk_of(circle)
    if talk is None or live.kind in ("knock", "aside", "circle", "ended"):
        yield News(live.kind, circle)
        return
    try:
        if live.kind == "message":
            yield from (News("message", circle, one) for one in talk.take(live.body))
        elif live.kind == "event":
            talk.look()
            yield News("event", circle)
        elif live.kind == "gone":
            talk.take(live.body | {"gone": "taken"})
            yield News("gone", circle)
    except Stopped:
        yield News("stopped", circle)
