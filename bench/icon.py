"""From the icon on one's own device to the words in the room, after the quick exit: one touch, no passphrase."""

from __future__ import annotations

import json
from collections.abc import Iterator

from playwright.sync_api import expect

from bench import crowd
from bench.browser import SLOWER, TIMES
from bench.figures import Figure, median
from bench.reader import WATCH, Reader, a_browser, a_reader
from bench.served import a_server

MESSAGES = 200
# Where the icon leads (sameboat/web/views.py).
ICON = "/in/#/room"

# Presses what a person would, the moment it is there: the touch itself is no part of the figure.
TOUCH = """(() => {
  const pressed = new Set();
  const press = (tag, face) => {
    const found = [...document.querySelectorAll(tag)].find((el) => el.textContent.trim() === face && !el.disabled);
    if (found && !pressed.has(face)) { pressed.add(face); found.click(); }
  };
  new MutationObserver(() => { press('button', 'Come in'); press('a', 'The room'); })
    .observe(document, { subtree: true, childList: true, attributes: true });
})()"""


def figures() -> Iterator[Figure]:
    """The middle of three times each, at full speed and with a CPU four times slower."""
    with a_server() as served, a_browser() as browser:
        room = crowd.a_reading_room(served)
        room.fill(MESSAGES)
        reader = a_reader(browser, served.origin)
        reader.come_in(room.sign_in, room.passphrase)
        reader.catch_up(room.newest)
        for key, about, slower in (
            ("icon_to_room_s", "from the icon to the room on one's own device", 1),
            (f"icon_to_room_slow{SLOWER}_s", f"the same with a CPU {SLOWER} times slower", SLOWER),
        ):
            yield Figure(key, about, median([_touched(reader, room.newest, slower) for _ in range(TIMES)]), "s")


def _touched(reader: Reader, newest: str, slower: int) -> float:
    _leave(reader)
    page = reader.context.new_page()
    page.add_init_script(WATCH % json.dumps(newest))
    page.add_init_script(TOUCH)
    if slower > 1:
        reader.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(f"{reader.origin}{ICON}", wait_until="commit")
    expect(page.get_by_text(newest)).to_be_in_viewport()
    seconds = float(page.evaluate("() => globalThis.readableAt")) / 1000
    page.close()
    return seconds


def _leave(reader: Reader) -> None:
    page = reader.context.new_page()
    page.goto(f"{reader.origin}/in/#/room")
    page.get_by_label("Say something", exact=True).wait_for()
    page.get_by_role("button", name="Leave this page now", exact=True).click()
    page.get_by_label("Say something", exact=True).wait_for(state="detached")
    page.close()
