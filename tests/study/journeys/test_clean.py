"""The coding screen in every look: axe finds nothing, nothing hangs over the side.

`make pictures` keeps a picture of each.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import TimeoutError, expect

from tests.journeys.clean import troubles_of
from tests.journeys.devices import DESK, PHONE
from tests.journeys.pictures import keep_picture

FOUR_TIMES = (320, 256)  # 1280 by 1024 at 400 %
SIZES = (PHONE, DESK, FOUR_TIMES)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_every_part_of_the_screen_is_clean_in_light_and_dark(laptop, size):
    study = laptop()
    coder = study.sit_down(size=size)
    coder.press("ArrowDown", "ArrowDown").picks("tea").press("ArrowDown").picks("breathe").is_saved()
    found: list[str] = []

    def look(name: str) -> None:
        for scheme in ("light", "dark"):
            coder.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found.extend(f"{name} {scheme}: {trouble}" for trouble in troubles_of(coder.page))
            keep_picture(coder.page, f"coding-{name}", size, scheme, whole=False)

    for name, open_, close in STEPS:
        open_(coder)
        if name in IN_SIGHT:
            found.extend(out_of_sight(coder, name))
        look(name)
        close(coder)
    assert found == []


# While these are open, the words they are about stay in sight, whatever the size.
IN_SIGHT = ("chosen", "picker", "ends")
SEEN_WHOLE = """isPicker => {
  const caret = document.querySelector('.reader [data-focus]');
  const over = isPicker ? document.querySelector('.picker') : null;
  if (!caret || (isPicker && !over)) return false;
  const box = caret.getBoundingClientRect();
  const foot = over ? Math.min(innerHeight, over.getBoundingClientRect().top) : innerHeight;
  const isBeside = over && over.getBoundingClientRect().left >= box.right;
  return box.top >= 0 && box.bottom <= (isBeside ? innerHeight : foot);
}"""


def out_of_sight(coder, name: str) -> list[str]:
    """Whether what is chosen stays out of the window, or its end under the list of codes."""
    expect(coder.reader.locator(".run.chosen").first).to_be_in_viewport()
    try:
        coder.page.wait_for_function(SEEN_WHOLE, arg=name == "picker")
    except TimeoutError:
        return [f"{name}: the end of the chosen words lies out of sight"]
    return []


def test_a_passage_longer_than_the_window_is_shown_from_its_start(laptop):
    study = laptop()
    coder = study.sit_down(size=(320, 200))
    coder.press("n")
    chosen = coder.reader.locator(".run.chosen").first
    expect(chosen).to_contain_text("We put the kettle on")
    expect(chosen).to_be_in_viewport()
    starts = "run => run.getClientRects()[0].top - run.closest('.reader').getBoundingClientRect().top"
    window = "run => run.closest('.reader').clientHeight"
    assert 0 <= chosen.evaluate(starts) < chosen.evaluate(window) / 2
    assert chosen.evaluate("run => run.getBoundingClientRect().height") > chosen.evaluate(window)


# Keys as quick as a slow machine hears them: all between two of its pictures.
QUICK = """async keys => {
  for (const key of keys) {
    const target = document.querySelector('.picker input, dialog[open] button') ?? document.querySelector('.reader');
    target.focus();
    const isNew = target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    if (key === 'Escape' && isNew) target.closest('dialog')?.close();
    for (let tick = 0; tick < 20; tick += 1) await Promise.resolve();
  }
}"""


def test_keys_quicker_than_the_screen_is_drawn_are_neither_lost_nor_leave_the_words_out_of_sight(laptop):
    coder = laptop().sit_down(size=FOUR_TIMES)
    coder.press("ArrowDown", "ArrowDown", "Enter")
    expect(coder.page.locator(".picker")).to_be_visible()
    assert out_of_sight(coder, "picker") == []
    coder.page.evaluate(QUICK, ["Escape", "ArrowDown", "Enter"])
    expect(coder.page.locator(".picker")).to_be_visible()
    assert out_of_sight(coder, "picker") == []
    coder.press("Escape").press("?")
    expect(coder.page.get_by_role("dialog")).to_be_visible()
    coder.page.evaluate(QUICK, ["Escape", "/"])
    coder.types("kettle").press("Enter")
    expect(coder.page.locator(".search mark").first).to_have_text("kettle")


def nothing(coder) -> None:
    """Nothing to do."""


def in_text(*keys: str):
    def press(coder) -> None:
        coder.reader.focus()
        coder.press(*keys)

    return press


def escape(coder) -> None:
    coder.press("Escape")


def find(coder) -> None:
    in_text("/")(coder)
    coder.types("kettle").press("Enter")
    expect(coder.page.locator(".search")).to_be_visible()


def open_code(coder) -> None:
    door = coder.page.locator(".part-doors").get_by_role("button", name="Codes")
    if door.is_visible():
        door.click()
    coder.page.get_by_role("treeitem").first.focus()
    coder.press("F2")
    expect(coder.page.locator(".code-sheet")).to_be_visible()


def read(coder) -> None:
    in_text("b")(coder)
    expect(coder.said).to_contain_text("Reading")
    expect(coder.reader).to_have_role("region")


STEPS = [
    ("chosen", nothing, nothing),
    ("picker", in_text("Enter"), escape),
    ("ends", in_text("[", "r"), escape),
    ("reading", read, in_text("b")),
    ("keys", in_text("?"), escape),
    ("search", find, escape),
    ("code", open_code, escape),
]


def test_the_text_can_be_heard_with_its_codes_by_name(laptop):
    study = laptop()
    coder = study.sit_down(document="A2")
    coder.press("ArrowDown", "ArrowDown")
    expect(coder.said).to_contain_text("The same faces.")
    coder.picks("faces")
    expect(coder.said).to_contain_text("the same faces")
    coder.press("ArrowUp", "ArrowDown")
    expect(coder.said).to_contain_text("the same faces")
    # Reading with a screen reader's own keys: all of the text is there, and each passage says what it is.
    coder.press("b")
    expect(coder.reader).to_have_role("region")
    heard = coder.reader.inner_text()
    assert heard.index("the same faces") < heard.index("The same faces.") < heard.rindex("the same faces")


def test_on_paper_stands_the_whole_transcript_with_its_codes(laptop):
    study = laptop(words=3000)
    coder = study.sit_down(document="B2")
    coder.press("ArrowDown", "ArrowDown").picks("faces").is_saved()
    drawn = coder.reader.locator(".par").count()
    coder.page.emulate_media(media="print")
    coder.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(coder.reader.locator(".names").first).to_contain_text("the same faces")
    assert coder.reader.locator(".par").count() > drawn
    expect(coder.page.locator(".top")).to_be_hidden()
    coder.page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(coder.reader.locator(".names")).to_have_count(0)


def test_a_long_transcript_draws_what_is_seen_and_keeps_its_place(laptop):
    study = laptop(words=20_000)
    coder = study.sit_down(document="B2")
    rows = coder.reader.locator(".par")
    assert rows.count() < 60
    coder.press("Control+End")
    expect(rows.last).to_be_in_viewport()
    text = study.text("B2")
    assert rows.last.inner_text().endswith(text[-20:])
    coder.press("ArrowUp")
    chosen = coder.chosen()
    coder.press("+", "+")
    expect(coder.reader.locator(".run.chosen").first).to_be_in_viewport()
    assert coder.chosen() == chosen
    coder.press("Control+Home")
    expect(rows.first).to_be_in_viewport()
    # What was found is longer than the window: its own column scrolls, and the page does not.
    coder.press("/").types("the").press("Enter")
    expect(coder.page.locator(".search .hit").nth(20)).to_be_attached()
    assert coder.page.evaluate("document.documentElement.scrollHeight <= innerHeight")
