"""The browser's part: what it loads, how soon a room can be read, and what unlocking takes."""

from __future__ import annotations

import http.client
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from bench import crowd
from bench.figures import Figure, median, must_be, percentile
from bench.reader import Reader, a_browser, a_reader, read_all
from bench.served import ROOT, Served, a_server

BUILT = ROOT / "sameboat" / "web" / "static" / "inside"
SIZES = (20, 1_000, 10_000)
LARGEST = SIZES[-1]
SLOWER = 4
TIMES = 3


def figures() -> Iterator[Figure]:
    """Rooms of three sizes, each opened cold by devices that hold the keys and no message yet."""
    unlocks: list[float] = []
    loaded: set[str] = set()
    with a_server() as served, a_browser() as browser:
        for size in SIZES:
            room = crowd.a_reading_room(served)
            first, *readers = [a_reader(browser, served.origin) for _ in range(TIMES * 2 + 1)]
            unlocks.append(first.come_in(room.sign_in, room.passphrase))
            room.fill(size)
            # Somebody who is up to date stands at the newest words, also on a device they have just come in on.
            first.catch_up(room.newest)
            unlocks += [reader.come_in(room.sign_in, room.passphrase) for reader in readers]
            yield from _opened(readers, room, size)
            loaded |= readers[0].loaded
            for reader in (first, *readers):
                reader.context.close()
        yield Figure("unlock_s", "unlocking with the passphrase", median(unlocks), "s")
        yield Figure("", f"unlocking with the passphrase, p95 of {len(unlocks)}", percentile(unlocks, 0.95), "s")
        yield Figure("inside_gzip_kb", "everything the inside loads, gzipped", _weigh(served, loaded), "KB", 1)


def _opened(readers: list[Reader], room: crowd.ReadingRoom, size: int) -> Iterator[Figure]:
    quick, slow = readers[:TIMES], readers[TIMES:]
    found = []
    for number, reader in enumerate(quick):
        seconds, page = reader.open_room(room.newest)
        found.append(seconds)
        if number == 0:
            read_all(page, room.pattern, size)
        page.close()
    yield Figure(f"room_{size}_s", f"navigation to a readable room of {size:,}", median(found), "s")
    slowed = [_seconds(reader, room, SLOWER) for reader in slow]
    key = f"room_{size}_slow{SLOWER}_s" if size == LARGEST else ""
    yield Figure(key, f"the same with a CPU {SLOWER} times slower", median(slowed), "s")
    again = [_seconds(reader, room) for reader in quick]
    yield Figure("", "the same, opened before on this device", median(again), "s")


def _seconds(reader: Reader, room: crowd.ReadingRoom, slower: int = 1) -> float:
    """One opening, closed again: what it would still fetch and open does not slow the next one down."""
    seconds, page = reader.open_room(room.newest, slower)
    page.close()
    return seconds


def _weigh(served: Served, loaded: Iterable[str]) -> float:
    """Kilobytes as served with gzip: all that was loaded, and every file of the build beside it."""
    built = {f"/assets/inside/{file.name}" for file in BUILT.iterdir() if file.suffix in {".js", ".css"}}
    paths = {urlsplit(address).path for address in loaded if address.startswith(served.origin)}
    must_be("/in/" in paths and bool(paths & built), True, "the shell and its script were loaded")
    return sum(_gzipped(served.port, path) for path in sorted(paths | built)) / 1000


def _gzipped(port: int, path: str) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    line.request("GET", path, headers={"Accept-Encoding": "gzip", "Host": f"localhost:{port}"})
    answer = line.getresponse()
    must_be(answer.status, 200, path)
    size = len(answer.read())
    line.close()
    return size
