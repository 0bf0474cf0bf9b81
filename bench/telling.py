"""How quickly many people are told, by the site's own rounds, and what those cost whoever is talking meanwhile.

The push service and the mail server run in a process of their own (`bench.outside`), and so do the people who are told
(`bench.away`). Every one of them must have been told once.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bench import crowd
from bench.delivery import Live, Room
from bench.figures import Figure, must_be, percentile
from bench.outside import Outside, the_world
from bench.served import ROOT, Served, a_server

TALKING = 30
WARM, QUIET = 40, 600
FANOUT = 1_000
PUSHES, LETTERS = 5_000, 5_000
# So long whoever would come twice is waited for.
AFTER = 3.0


def fanout_figures() -> Iterator[Figure]:
    """Something waits for a thousand people."""
    with the_world() as world, tempfile.TemporaryDirectory(dir=ROOT / "build") as data:
        named = {f"SAMEBOAT_{name}": value for name, value in {**world.settings, "DATA": data}.items()}
        environment = {**os.environ, **named, "DJANGO_SETTINGS_MODULE": "sameboat.config.settings"}
        told = subprocess.run(
            _words("alone", world, FANOUT, 0), check=True, capture_output=True, text=True, cwd=ROOT, env=environment
        )
        done, seconds = told.stdout.split()
        must_be(int(done), FANOUT, "handed over")
        _told_once(world, FANOUT, 0)
    yield Figure("push_fanout_1000_s", "1,000 people told by push that something waits", float(seconds), "s")


def _words(how: str, world: Outside, pushes: int, letters: int) -> list[str]:
    return [sys.executable, "-m", "bench.away", how, world.origin, world.key, str(pushes), str(letters)]


def _told_once(world: Outside, pushes: int, letters: int) -> None:
    wanted = {"pushes": pushes, "letters": letters, "places": pushes, "mailboxes": letters}
    must_be(world.came(), wanted, "who was told")


@dataclass
class Reminded:
    """Milliseconds of each message said before the reminders and while they went out, and the seconds they took."""

    quiet: list[float] = field(default_factory=list)
    meanwhile: list[float] = field(default_factory=list)
    seconds: float = 0.0


def reminder_figures() -> Iterator[Figure]:
    """Ten thousand reminders at one moment, half by push and half by e-mail, while a room goes on talking."""
    with the_world() as world, a_server(**world.settings) as served:
        room = crowd.a_room(served, TALKING)
        with _away(served, world, PUSHES, LETTERS) as away:
            found = asyncio.run(_reminded(room, world, away))
            time.sleep(AFTER)
            _told_once(world, PUSHES, LETTERS)
            must_be(away.next("left?"), "0", "reminders that are left")
    yield Figure("reminders_10000_s", "10,000 reminded, half by push, half by e-mail", found.seconds, "s")
    for key, when, took in (("quiet", "alone", found.quiet), ("reminding", "meanwhile", found.meanwhile)):
        yield Figure("", f"said to heard by the last of {TALKING}, {when}, p50", percentile(took, 0.5), "ms")
        yield Figure(f"stream_p99_ms_{key}", f"the same, p99 of {len(took):,}", percentile(took, 0.99), "ms")
    times = percentile(found.meanwhile, 0.99) / percentile(found.quiet, 0.99)
    yield Figure("", "p99 meanwhile, of what it was alone (to be at most 1.50)", times, "times")


@dataclass(frozen=True)
class Away:
    """The process in which the people who are away are made."""

    process: subprocess.Popen[str]

    def next(self, question: str = "") -> str:
        """Its next line, after a question if there is one."""
        assert self.process.stdin and self.process.stdout
        if question:
            print(question, file=self.process.stdin, flush=True)
        return self.process.stdout.readline().strip()


@contextmanager
def _away(served: Served, world: Outside, pushes: int, letters: int) -> Iterator[Away]:
    with subprocess.Popen(
        _words("beside", world, pushes, letters), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        cwd=ROOT, env=served.environment,
    ) as process:  # fmt: skip
        try:
            away = Away(process)
            must_be(away.next(), "made", "people who are away")
            yield away
        finally:
            process.kill()


async def _reminded(room: Room, world: Outside, away: Away) -> Reminded:
    live = await Live.open(room, TALKING)
    for _ in range(WARM):
        await live.say()
    found = Reminded(quiet=[await live.say() for _ in range(QUIET)])
    began = asyncio.create_task(asyncio.to_thread(away.next, "fall due"))
    while not began.done():
        await live.say()
    over = asyncio.create_task(asyncio.to_thread(world.last_of, PUSHES + LETTERS))
    while not over.done():
        found.meanwhile.append(await live.say())
    found.seconds = over.result() - float(began.result())
    live.close()
    return found
