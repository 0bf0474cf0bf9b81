"""The outside as people meet it: on a phone and a desk, in light and dark, without scripts, in a hurry."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.clean import WIDER, assert_clean, bring_axe, troubles_of
from tests.journeys.devices import DESK, PHONE, resize
from tests.journeys.doors import misnamed
from tests.journeys.pictures import keep_picture

PAGES = [
    "", "find", "how-groups-work", "what-stays-here", "help", "help/nz", "privacy", "accessibility", "old-browser",
    "under-18", "concern", "concern?about=data", "concern/look-up", "operator/sign-in", "no-such-page",
]  # fmt: skip
OPERATORS_PAGES = [
    "operator/", "operator/concerns", "operator/concerns/1", "operator/signposts", "operator/signposts/gb-shout",
    "operator/reports", "operator/without-reading",
]  # fmt: skip
NARROWEST = (320, 480)
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "contrast": "no-preference"},
    "dark": {"color_scheme": "dark", "contrast": "no-preference"},
    "contrast": {"color_scheme": "light", "contrast": "more"},
}
EVERY = [("contrast", PHONE), ("dark", PHONE), ("light", PHONE), ("light", DESK), ("dark", DESK)]
OPERATORS = [(look, size) for look, size in EVERY if look != "contrast"]
PASSPHRASE = "kettle harbour window moss"


@dataclass
class Seen:
    """What was found on one page: what is wrong with it, how far it hangs over, where help and the way out are."""

    wrong: list[str] = field(default_factory=list)
    over: int = 0
    places: dict[tuple[int, int], tuple[float, ...]] = field(default_factory=dict)


def wrong_in(page: Page, name: str, looks: list[tuple[str, tuple[int, int]]]) -> list[str]:
    """What axe finds on this page in each of these looks."""
    wrong = []
    for look, size in looks:
        resize(page, size)
        page.emulate_media(reduced_motion="reduce", **LOOKS[look])
        keep_picture(page, f"outside-{name or 'front'}", size, look)
        wrong += [f"{size[0]} {look} {trouble}" for trouble in troubles_of(page)]
    return wrong


def place_of_help_and_way_out(page: Page) -> tuple[float, ...]:
    get_help = page.get_by_role("link", name="Get help now").bounding_box()
    way_out = page.get_by_role("button", name="Leave this page now").bounding_box()
    assert get_help and way_out
    return (*get_help.values(), *way_out.values())


@pytest.fixture(scope="module")
def seen(server, devices):
    """Every page, gone to once and looked at in every way."""
    page = devices.open()
    bring_axe(page)
    found = {name: Seen() for name in PAGES}
    for name, one in found.items():
        page.goto(f"{server.origin}/{name}")
        one.wrong = [*misnamed(page), *map(str, page.context.cookies())]
        resize(page, NARROWEST)
        one.over = page.evaluate(WIDER)
        for size in (PHONE, DESK):
            resize(page, size)
            one.places[size] = place_of_help_and_way_out(page)
            one.wrong += wrong_in(page, name, [here for here in EVERY if here[1] == size])
    page.context.close()
    return found


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_clean_in_every_look(seen, name):
    assert seen[name].wrong == []


def test_pages_fit_the_narrowest_screen(seen):
    assert {name: one.over for name, one in seen.items() if one.over} == {}


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_help_and_the_way_out_never_move(seen, size):
    places = {one.places[size] for one in seen.values()}
    assert len(places) == 1
    [(_x, top, _width, height, out_x, out_top, out_width, out_height)] = places
    assert (top, height) == (out_top, out_height) and height >= 44
    assert out_x + out_width <= size[0]


def test_the_way_out_works_without_a_script(server, open_device):
    page = open_device(java_script_enabled=False)
    page.goto(server.origin)
    page.get_by_role("button", name="Leave this page now").click()
    page.wait_for_url("**/elsewhere")


@pytest.mark.parametrize("key", ["Enter", " "])
def test_the_way_out_answers_to_the_keyboard(server, open_device, key):
    page = open_device()
    page.goto(f"{server.origin}/privacy")
    page.get_by_role("button", name="Leave this page now").press(key)
    page.wait_for_url("**/elsewhere")


def test_the_second_thing_the_tab_key_finds_is_the_way_out(server, open_device):
    page = open_device()
    page.goto(f"{server.origin}/privacy")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/elsewhere")


def press_shift_three_times(page: Page) -> None:
    for _each in range(3):
        page.keyboard.press("Shift")


def test_shift_three_times_leaves_and_the_page_is_not_in_the_history(server, open_device):
    page = open_device()
    page.goto(f"{server.origin}/find")
    page.goto(f"{server.origin}/help")
    press_shift_three_times(page)
    page.wait_for_url("**/elsewhere")
    page.go_back()
    assert page.url == f"{server.origin}/find"


THREE_TIMES = """() => {
  for (const type of ["keydown", "keyup", "keydown", "keyup", "keydown", "keyup"]) {
    document.body.dispatchEvent(new KeyboardEvent(type, { key: "Shift", bubbles: true }));
  }
  const cover = document.querySelector("[data-cover]").getBoundingClientRect();
  return [cover.width, cover.height, document.title.trim()];
}"""


def test_the_cover_is_there_at_once_and_a_silent_server_leaves_nothing_open(server, open_device):
    page = open_device()
    page.goto(f"{server.origin}/help")
    page.route("**/api/leave", lambda route: None)
    assert page.evaluate(THREE_TIMES) == [*PHONE, ""]
    page.wait_for_url("about:blank")


def test_writing_in_capitals_does_not_leave(server, open_device):
    page = open_device()
    page.goto(f"{server.origin}/concern")
    said = page.get_by_label("What would you like us to know?")
    said.press("Shift+I")
    said.press("Shift+A")
    said.press("Shift+M")
    expect(page.locator("[data-cover]")).to_be_hidden()
    expect(said).to_have_value("IAM")


def test_shift_means_nothing_where_the_device_holds_keys_down(server, open_device):
    page = open_device()
    page.goto(f"{server.origin}/concern")
    page.dispatch_event("body", "keydown", {"key": "A", "shiftKey": True})
    press_shift_three_times(page)
    expect(page.locator("[data-cover]")).to_be_hidden()


def raise_a_concern(page: Page, origin: str) -> str:
    page.goto(f"{origin}/concern")
    page.get_by_label("What would you like us to know?").fill("Someone in a group frightened me.")
    page.get_by_role("button", name="Send").click()
    return page.locator(".code").inner_text()


def look_it_up(page: Page, origin: str, words: str) -> None:
    page.goto(f"{origin}/concern/look-up")
    page.get_by_label("Your six words").fill(words)
    page.get_by_role("button", name="Look").click()


def come_in_as_operator(page: Page, server) -> None:
    said = server.command("operator", "add", "olive@boat.example")
    page.goto(said.strip().splitlines()[-1])
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Keep this passphrase").click()
    page.get_by_label("Name or e-mail").fill("olive@boat.example")
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/operator/")


def test_a_concern_goes_to_the_operator_and_its_answer_comes_back_without_scripts(server, open_device):
    person = open_device(java_script_enabled=False)
    operator = open_device(DESK, java_script_enabled=False)
    words = raise_a_concern(person, server.origin)
    come_in_as_operator(operator, server)
    # Without a relay nobody can be rung: the page says so, and what to set.
    expect(operator.get_by_text("TURN_SECRET")).to_be_visible()
    operator.get_by_role("link", name="Look at concerns").click()
    operator.locator("main a").first.click()
    operator.get_by_role("button", name="I have read it").click()
    operator.get_by_label("Your answer").fill("Thank you. I have rung the host.")
    operator.get_by_role("button", name="Answer").click()
    operator.wait_for_load_state()
    look_it_up(person, server.origin, words)
    expect(person.get_by_text("Thank you. I have rung the host.")).to_be_visible()
    assert person.context.cookies() == []


@pytest.mark.parametrize("name", OPERATORS_PAGES)
def test_the_operators_pages_are_clean(serve_for_operator, name):
    page, origin = serve_for_operator
    page.goto(f"{origin}/{name}")
    assert wrong_in(page, name, OPERATORS) == []


@pytest.fixture(scope="module")
def serve_for_operator(serve, devices):
    """A server with an operator signed in, one concern open and one change waiting."""
    server = serve()
    page = devices.open()
    bring_axe(page)
    words = raise_a_concern(page, server.origin)
    keep_picture(page, "outside-concern-raised", PHONE, "light")
    assert_clean(page)
    look_it_up(page, server.origin, words)
    keep_picture(page, "outside-concern-state", PHONE, "light")
    assert_clean(page)
    come_in_as_operator(page, server)
    page.goto(f"{server.origin}/operator/signposts/gb-shout")
    page.get_by_label("Hours").fill("Afternoons")
    page.get_by_role("button", name="Propose").click()
    page.wait_for_load_state()
    page.goto(f"{server.origin}/operator/without-reading")
    page.get_by_text("We have rehearsed it").click()
    page.locator("#rehearsal-reason").fill("Both halves fit.")
    page.get_by_role("button", name="Write it down").click()
    page.wait_for_load_state()
    yield page, server.origin
    page.context.close()
