"""Who is listening in this process, and what they are told. Lives on the event loop; never waits for the database.

A hint from a sender's thread says what is new. It is passed on only if it is exactly the next thing of its
circle; a gap is filled from the database. Every second the hub looks which sessions and memberships still
hold, every five whether another process wrote something.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeVar

from django.db import DatabaseError, close_old_connections

from sameboat.accounts.actions import renew_all
from sameboat.circles import feed
from sameboat.circles.feed import Counters, Frame, Seat
from sameboat.lib import clock
from sameboat.protocol.encoding import b64u

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Result = TypeVar("Result")
QUEUE = 256
SWEEP, HEARTBEAT, RENEW = 5, 15, 60
log = logging.getLogger(__name__)


def _with_connection(work: Callable[..., Result], *given: Any, **named: Any) -> Result:
    close_old_connections()
    try:
        return work(*given, **named)
    finally:
        close_old_connections()


async def off_loop(work: Callable[..., Result], *given: Any, **named: Any) -> Result:
    """Runs something that waits for the database in a thread."""
    return await asyncio.to_thread(_with_connection, work, *given, **named)


class Place:
    """How far one listener is in one circle."""

    __slots__ = ("known", "member", "row", "stirred")

    def __init__(self, seat: Seat, known: Counters) -> None:
        self.row = seat.row
        self.member = seat.member
        self.known = known
        self.stirred = seat.stirred

    def passes(self, frame: Frame) -> bool:
        """Moves on to this frame, or says that it is not new."""
        if frame.number <= self.known[frame.which]:
            return False
        self.known = self.known._replace(**{("seq", "position", "gone")[frame.which]: frame.number})
        return True


class Listener:
    """One open stream: whose it is, how far it is in each circle, and a bounded queue of bytes to write."""

    __slots__ = ("account", "early", "ending", "live", "places", "queue", "send", "session", "task", "writing")

    def __init__(self, account: bytes, session: int, send: Send) -> None:
        self.account = account
        self.session = session
        self.places: dict[bytes, Place] = {}
        self.queue: list[bytes] = []
        # What stirred while it was still reading, of the kind that nothing counts.
        self.early: list[tuple[bytes, str]] = []
        self.send = send
        self.task: asyncio.Task[Any] | None = asyncio.current_task()
        self.writing: asyncio.Task[None] | None = None
        self.live = False
        self.ending = False

    def cursor(self) -> str:
        """Where to go on after a lost connection; opaque to clients."""
        return "-".join(f"{p.row}.{p.known.seq}.{p.known.position}.{p.known.gone}" for p in self.places.values())

    def lines(self, name: str, *pieces: bytes) -> list[bytes]:
        """One server-sent event."""
        return [f"id: {self.cursor()}\nevent: {name}\ndata: ".encode(), *pieces, b"\n\n"]

    def tell(self, *pieces: bytes) -> None:
        """Queues bytes; a reader too slow for the queue is let go, and comes back with its cursor."""
        if self.ending:
            return
        if len(self.queue) > QUEUE * 5:
            self.end()
            return
        self.queue.extend(pieces)
        if self.writing is None:
            self.writing = asyncio.get_running_loop().create_task(self._write())

    async def _write(self) -> None:
        try:
            while self.queue and not self.ending:
                chunk = b"".join(self.queue)
                self.queue.clear()
                await self.send({"type": "http.response.body", "body": chunk, "more_body": True})
        except (OSError, RuntimeError):
            # The connection went away, or its answer was finished meanwhile.
            self.end()
        finally:
            self.writing = None

    def end(self) -> None:
        """Closes the stream from this side."""
        self.ending = True
        if self.task:
            self.task.cancel()


class Channel:
    """One circle that somebody here listens to."""

    __slots__ = ("again", "known", "listeners", "reading", "stirred")

    def __init__(self, known: Counters, stirred: int) -> None:
        self.known = known
        self.stirred = stirred
        self.listeners: set[Listener] = set()
        self.reading = False
        self.again = False


def _of(circle: bytes) -> bytes:
    return b'{"circle":"' + b64u(circle).encode() + b'"}'


class Hub:
    """All listeners of this process, by circle and by account."""

    def __init__(self) -> None:
        self.loop: asyncio.AbstractEventLoop | None = None
        self.channels: dict[bytes, Channel] = {}
        self.listeners: set[Listener] = set()
        self._keeper: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._looking = False
        self._seconds = 0
        self._beat_at = 0
        self._renewed_at = 0

    # From senders' threads -----------------------------------------------------------------------

    def holds(self, circle: bytes) -> bool:
        """Whether anybody here listens to this circle."""
        return circle in self.channels

    def hint(self, circle: bytes, told: list[tuple[str, Frame]]) -> None:
        """Something was committed. Reads who may know it, and passes it to the loop."""
        if self.loop is None or circle not in self.channels:
            return
        allowed = feed.listening_in(circle, now=int(clock.seconds()))
        self._on_loop(self._heard, circle, told, allowed)

    def stir(self, circle: bytes, name: str, number: int, member: bytes | None = None) -> None:
        """There is something to be fetched: a knock for the circle, an aside or a signal (number 0) for one member."""
        if self.loop is None or circle not in self.channels:
            return
        allowed = feed.listening_in(circle, now=int(clock.seconds()))
        self._on_loop(self._stirred, circle, (name,), number, member, allowed)

    def look_soon(self) -> None:
        """Somebody came in or went: see at once who may listen to what."""
        if self.loop is not None and self.listeners:
            self._on_loop(self._spawn, self.look)

    def _on_loop(self, act: Callable[..., Any], *given: Any) -> None:
        # A loop that has just closed has nobody left to tell.
        if self.loop is not None:
            with contextlib.suppress(RuntimeError):
                self.loop.call_soon_threadsafe(act, *given)

    # On the loop ---------------------------------------------------------------------------------

    def join(self, listener: Listener) -> None:
        """A stream begins; the first one starts the keeper."""
        loop = asyncio.get_running_loop()
        if self.loop is not loop:
            self.loop, self.channels, self.listeners = loop, {}, set()
            self._keeper = loop.create_task(self._keep())
        self.listeners.add(listener)

    def part(self, listener: Listener) -> None:
        """A stream has ended."""
        self.listeners.discard(listener)
        for circle in list(listener.places):
            self.leave(listener, circle)

    def sit(self, listener: Listener, seat: Seat, known: Counters) -> None:
        """A listener takes part in a circle from `known` on."""
        listener.places[seat.circle] = Place(seat, known)
        channel = self.channels.get(seat.circle)
        if channel is None:
            channel = self.channels[seat.circle] = Channel(seat.now, seat.stirred)
        channel.listeners.add(listener)

    def leave(self, listener: Listener, circle: bytes) -> None:
        """A listener is no longer part of a circle."""
        listener.places.pop(circle, None)
        channel = self.channels.get(circle)
        if channel is not None:
            channel.listeners.discard(listener)
            if not channel.listeners:
                del self.channels[circle]

    def caught_up(self, listener: Listener) -> bool:
        """Whether nothing was told past this listener while it read from the database."""
        for circle, place in listener.places.items():
            known = self.channels[circle].known
            if any(theirs < ours for theirs, ours in zip(place.known, known, strict=True)):
                return False
        return True

    def go_live(self, listener: Listener) -> None:
        """From now on a listener is told at once; first of what stirred while it was still reading."""
        listener.live = True
        missed = [circle for circle, place in listener.places.items() if self.channels[circle].stirred > place.stirred]
        for circle, name in [*((circle, name) for circle in missed for name in ("knock", "aside")), *listener.early]:
            listener.tell(*listener.lines(name, _of(circle)))
        listener.early.clear()

    def _heard(self, circle: bytes, told: list[tuple[str, Frame]], allowed: frozenset[int]) -> None:
        channel = self.channels.get(circle)
        if channel is None:
            return
        for name, frame in told:
            step = frame.number - channel.known[frame.which]
            if step > 1:
                self._reread(circle)
                return
            if step == 1:
                field = Counters._fields[frame.which]
                channel.known = channel.known._replace(**{field: frame.number})
                self._pass_on(circle, channel, name, frame, allowed)

    def _pass_on(self, circle: bytes, channel: Channel, name: str, frame: Frame, allowed: frozenset[int]) -> None:
        stranger = False
        for listener in channel.listeners:
            if not listener.live:
                continue
            if listener.session not in allowed:
                stranger = True
                continue
            place = listener.places[circle]
            if place.passes(frame):
                listener.tell(*listener.lines(name, *frame.pieces(place.member)))
        if stranger:
            self._spawn(self.look)

    def _stirred(
        self, circle: bytes, names: tuple[str, ...], number: int, member: bytes | None, allowed: frozenset[int]
    ) -> None:
        channel = self.channels.get(circle)
        if channel is None:
            return
        channel.stirred = max(channel.stirred, number)
        for listener in channel.listeners:
            if listener.session not in allowed or member not in (None, listener.places[circle].member):
                continue
            if listener.live:
                for name in names:
                    listener.tell(*listener.lines(name, _of(circle)))
            elif number == 0:
                listener.early.extend((circle, name) for name in names)

    def _spawn(self, work: Callable[..., Awaitable[None]], *given: Any) -> None:
        async def safely() -> None:
            try:
                await work(*given)
            except DatabaseError:
                log.exception("live delivery")

        task = asyncio.get_running_loop().create_task(safely())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _reread(self, circle: bytes) -> None:
        channel = self.channels[circle]
        if channel.reading:
            channel.again = True
            return
        channel.reading = True
        self._spawn(self._read, circle)

    async def _read(self, circle: bytes) -> None:
        while (channel := self.channels.get(circle)) is not None:
            channel.again = False
            try:
                told = await off_loop(feed.after, circle, channel.known)
                allowed = await off_loop(feed.listening_in, circle, now=int(clock.seconds()))
            finally:
                channel.reading = False
            self._heard(circle, told, allowed)
            if not (channel.again or told):
                return
            channel.reading = True

    # Once a second -------------------------------------------------------------------------------

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(1)
            if not self.listeners:
                continue
            self._seconds += 1
            self._spawn(self.look)
            if self._seconds % SWEEP == 0:
                self._spawn(self.sweep)
            now = int(clock.seconds())
            if abs(now - self._beat_at) >= HEARTBEAT:
                self._beat_at = now
                self._spawn(self._beat, now)

    async def _beat(self, now: int) -> None:
        """An open stream keeps its session alive, and says that it is still there."""
        if abs(now - self._renewed_at) >= RENEW:
            self._renewed_at = now
            await off_loop(renew_all, [listener.session for listener in self.listeners], now=now)
        for listener in list(self.listeners):
            if listener.live:
                listener.tell(b": still here\n\n")

    async def look(self) -> None:
        """Closes what has ended, narrows what was left, and opens what somebody was admitted to."""
        if self._looking:
            return
        self._looking = True
        try:
            held = [listener for listener in self.listeners if listener.live]
            alive = await off_loop(feed.living, [one.session for one in held], now=int(clock.seconds()))
            seats = await off_loop(feed.seats, list({one.account for one in held}))
        finally:
            self._looking = False
        for listener in held:
            if listener not in self.listeners:
                continue
            if listener.session not in alive:
                listener.end()
            else:
                self._reseat(listener, seats[listener.account])

    def _reseat(self, listener: Listener, seats: list[Seat]) -> None:
        now = {seat.circle: seat for seat in seats}
        for circle in [one for one, place in listener.places.items() if one not in now or now[one].row != place.row]:
            self.leave(listener, circle)
            listener.tell(*listener.lines("ended", _of(circle)))
        for circle, seat in now.items():
            if circle not in listener.places:
                self.sit(listener, seat, seat.now)
                listener.tell(*listener.lines("circle", _of(circle)))
                self._reread(circle)

    async def sweep(self) -> None:
        """Looks for what other processes wrote."""
        found = await off_loop(feed.counters, list(self.channels))
        for circle, (known, stirred) in found.items():
            channel = self.channels.get(circle)
            if channel is None:
                continue
            if any(theirs > ours for theirs, ours in zip(known, channel.known, strict=True)):
                self._reread(circle)
            if stirred > channel.stirred:
                allowed = await off_loop(feed.listening_in, circle, now=int(clock.seconds()))
                self._stirred(circle, ("knock", "aside"), stirred, None, allowed)


hub = Hub()
