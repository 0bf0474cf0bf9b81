"""What keys cost in a browser: joining, a new key for everyone who belongs, a long log verified.

All of it through the app's own screens. Times are the browser's own: from the press of a button, or from the
last byte of an answer, to the request that follows once the work is done.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, Page, Request

from bench import crowd
from bench.figures import Figure, median, must_be
from bench.reader import Reader, a_reader
from bench.served import Served
from sameboat.cli.demo_words import AGREEMENT
from sameboat.client import Member
from tests.cast import Character
from tests.journeys.people import Person
from tests.journeys.sentences import like, said

SMALL, LARGE = 30, 100
EVENTS = 1_000
SLOWER = 4
TIMES = 3
SAFEGUARDING = {"person": "Ana", "contact": "", "what_happens": "", "emergency": "", "looks_in": ""}

# Runs in every page before its own scripts: when a form was sent, and all that was asked.
WATCH = """performance.setResourceTimingBufferSize(2000);
  addEventListener('submit', () => { globalThis.pressedAt = performance.now(); }, true);"""

# From the press to the request that brings what it made, and to the answer, in ms; waits for it.
SINCE_PRESS = """async (address) => {
  for (;;) {
    const all = performance.getEntriesByType('resource');
    const asked = all.find((one) => one.name === address && one.startTime > pressedAt);
    if (asked) return [asked.startTime - pressedAt, asked.responseEnd - pressedAt];
    await new Promise((done) => setTimeout(done, 20));
  }
}"""

# Pages of a log, and for each the time in ms from its last byte to the next question about this circle.
PAGES = """([circle, length]) => {
  const about = performance.getEntriesByType('resource').filter((one) => one.name.includes(`/api/circles/${circle}/`));
  about.sort((a, b) => a.startTime - b.startTime);
  const after = (one) => Number(/events\\?after=(-?\\d+)$/.exec(one?.name ?? '')?.[1] ?? NaN);
  return about.flatMap((one, i) => (after(one) < length - 1 ? [about[i + 1].startTime - one.responseEnd] : []));
}"""


def figures(served: Served, browser: Browser) -> Iterator[Figure]:
    for members in (SMALL, LARGE):
        room = crowd.a_reading_room(served, members)
        room.fill(1)
        if members == LARGE:
            room.circle.lengthen(EVENTS)
            yield from _verified(served, browser, room)
        yield from _rotated(served, browser, room, members)
    yield from _joined(served, browser)


def _rotated(served: Served, browser: Browser, room: crowd.ReadingRoom, members: int) -> Iterator[Figure]:
    """A member's new name goes into a card under a new key, sealed to each member."""
    reader = a_reader(browser, served.origin)
    reader.come_in(room.sign_in, room.passphrase)
    quick = [_rename(reader, room, members) for _ in range(TIMES)]
    slow = [_rename(reader, room, members, SLOWER) for _ in range(TIMES)]
    reader.context.close()
    about = f"a new key for {members} members, from the press to its sending"
    yield Figure(f"rotate_{members}_ms", about, median(sent for sent, _ in quick), "ms", 0)
    yield Figure("", "the same, to the server's answer", median(done for _, done in quick), "ms", 0)
    yield Figure("", f"its sending with a CPU {SLOWER} times slower", median(sent for sent, _ in slow), "ms", 0)


def _page(reader: Reader, slower: int) -> Page:
    page = reader.context.new_page()
    page.add_init_script(WATCH)
    if slower > 1:
        reader.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    return page


def _rename(reader: Reader, room: crowd.ReadingRoom, members: int, slower: int = 1) -> tuple[float, float]:
    page, address = _page(reader, slower), f"{reader.origin}/api{room.circle.path}/events"
    sent: list[dict[str, Any]] = []

    def note(request: Request) -> None:
        if request.url == address:
            sent.append(request.post_data_json or {})

    page.on("request", note)
    page.goto(f"{reader.origin}/in/#/members")
    page.get_by_role("button", name=said("group.members.rename"), exact=True).click()
    page.get_by_label("Name in the group", exact=True).fill(f"Ben {secrets.token_hex(3)}")
    page.get_by_role("button", name=said("save"), exact=True).click()
    took: tuple[float, float] = tuple(page.evaluate(SINCE_PRESS, address))
    must_be([len(one["attachments"]) for one in sent], [members + 1], "boxes and the card in one batch")
    page.close()
    return took


def _verified(served: Served, browser: Browser, room: crowd.ReadingRoom) -> Iterator[Figure]:
    """The log of the large group, gone on to its thousandth event, on devices that have none of it yet."""
    quick, again = zip(*(_verify(served, browser, room) for _ in range(TIMES)), strict=True)
    slow, again_slow = zip(*(_verify(served, browser, room, SLOWER) for _ in range(TIMES)), strict=True)
    yield Figure(f"log_{EVENTS}_ms", f"a log of {EVENTS:,} events verified", median(quick), "ms", 0)
    yield Figure("", f"the same with a CPU {SLOWER} times slower", median(slow), "ms", 0)
    yield Figure("", "its room opened before on this device, navigation to readable", median(again), "s")
    yield Figure("", f"the same with a CPU {SLOWER} times slower", median(again_slow), "s")


def _verify(served: Served, browser: Browser, room: crowd.ReadingRoom, slower: int = 1) -> tuple[float, float]:
    """Milliseconds for the whole log when it first comes; seconds to the room when it is there already."""
    reader = a_reader(browser, served.origin)
    page = _page(reader, slower)
    Reader.fill_in(page, served.origin, room.sign_in, room.passphrase)
    with page.expect_request(lambda one: _after(one) == EVENTS - 1):
        page.get_by_role("button", name="Come in", exact=True).click()
    page.get_by_role("link", name="The room", exact=True).first.wait_for()
    pages = page.evaluate(PAGES, [room.circle.id, EVENTS])
    must_be(len(pages), 2, "pages of the log")
    page.close()
    again, page = reader.open_room(room.newest, slower)
    page.close()
    reader.context.close()
    return sum(pages), again


def _after(request: Request) -> int:
    """The seq after which events were asked for; of the person's own circle as well."""
    told = parse_qs(urlsplit(request.url).query).get("after", ["-1"])
    return int(told[0]) if told[0].lstrip("-").isdigit() else -1


def _joined(served: Served, browser: Browser) -> Iterator[Figure]:
    """With a link in hand: account and keys made, knocked; and once the door is open, into the room."""
    name = f"host {secrets.token_hex(4)}"
    host = Member.start(
        served.origin, name, "kettle window bramble eighteen", group="Kitchen table", name="Ana", agreement=AGREEMENT,
        safeguarding=json.dumps(SAFEGUARDING),
    )  # fmt: skip
    quick = [_join(served, browser, host) for _ in range(TIMES)]
    slow = [_join(served, browser, host, SLOWER) for _ in range(TIMES)]
    must_be(len(host.members()), 1 + 2 * TIMES, "members in the end")
    host.go_out()
    yield Figure("join_s", "joining by a link: the knock made, and through the open door", median(quick), "s")
    yield Figure("", f"the same with a CPU {SLOWER} times slower", median(slow), "s")


def _join(served: Served, browser: Browser, host: Member, slower: int = 1) -> float:
    who = f"Guest {secrets.token_hex(3)}"
    reader = a_reader(browser, served.origin)
    page = _page(reader, slower)
    guest = Person(Character(who, who.lower(), "harbour lantern mustard april"), page, served.origin)
    page.goto(host.invite(who))
    guest.press("I agree")
    guest.write("Name in the group", who)
    guest.write_account()
    began = time.perf_counter()
    guest.press("Join")
    guest.sees_heading(said("joining.wait.title"))
    knocked = time.perf_counter() - began
    host.admit(host.door()[0])
    guest.sees_heading(like("joining.wait.opened"))
    began = time.perf_counter()
    guest.press("Come in")
    guest.is_in()
    reader.context.close()
    return knocked + time.perf_counter() - began
