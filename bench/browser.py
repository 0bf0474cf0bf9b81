"""The browser's part: what it loads, how soon a room can be read, and what unlocking takes."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from bench import crowd, keys
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
    with a_server() as served, a_browser() as browser:
        yield from _weights(served, browser)
        yield from keys.figures(served, browser)
        for size in SIZES:
            room = crowd.a_reading_room(served)
            first, *readers = [a_reader(browser, served.origin) for _ in range(TIMES * 2 + 1)]
            unlocks.append(first.come_in(room.sign_in, room.passphrase))
            room.fill(size)
            # Somebody who is up to date stands at the newest words, also on a device they have just come in on.
            first.catch_up(room.newest)
            unlocks += [reader.come_in(room.sign_in, room.passphrase) for reader in readers]
            yield from _opened(readers, room, size)
            for reader in (first, *readers):
                reader.context.close()
        yield Figure("unlock_s", "unlocking with the passphrase", median(unlocks), "s")
        yield Figure("", f"unlocking with the passphrase, p95 of {len(unlocks)}", percentile(unlocks, 0.95), "s")


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


def _weights(served: Served, browser: Browser) -> Iterator[Figure]:
    """What a first visit fetches up to a readable room, and all there is. Kilobytes as served with gzip."""
    room = crowd.a_reading_room(served)
    room.fill(1)
    # The part for later is not given out at all: whoever gets to the room did not need it.
    reader = a_reader(browser, served.origin, later=False)
    reader.come_in(room.sign_in, room.passphrase)
    reader.open_room(room.newest)
    reader.context.close()
    built = {f"/assets/inside/{file.name}" for file in BUILT.iterdir() if file.suffix in {".js", ".css"}}
    loaded = {urlsplit(address).path for address in reader.loaded if address.startswith(served.origin)}
    missing = {path.partition("-")[0] for path in built - loaded}
    # What keeps the shell on one's own device is asked for by the later part.
    later = {"/assets/inside/seldom", "/assets/inside/sw.js"}
    must_be(("/in/" in loaded, missing), (True, later), "the shell, and what was not needed")
    for key, about, paths in (
        ("inside_gzip_kb", "fetched up to the first room, gzipped", loaded),
        ("inside_all_gzip_kb", "everything of the inside, gzipped", loaded | built),
    ):
        yield Figure(key, about, sum(_gzipped(served.port, path) for path in sorted(paths)) / 1000, "KB", 1)


def _gzipped(port: int, path: str) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    line.request("GET", path, headers={"Accept-Encoding": "gzip", "Host": f"localhost:{port}"})
    answer = line.getresponse()
    must_be(answer.status, 200, path)
    size = len(answer.read())
    line.close()
    return size
