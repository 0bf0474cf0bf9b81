"""Journey *Study*: from an empty laptop to a report, with real transcripts, through the pages that a person sees."""

from __future__ import annotations

import io
import re
import wave
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Download, Page, expect

from sameboat.study.exchange.tests.test_refi_write import check, qde
from sameboat.study.readers.tests.real import real
from tests.journeys.clean import WIDER, bring_axe, troubles_of
from tests.journeys.devices import DESK, PHONE, resize
from tests.study.journeys.desk import Coder

KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PASSPHRASE = "kettle window plum boat"
# A file is written beside the page, at the pace of the machine.
WRITTEN_MS = 60_000
TALKS = ("go-time-1.md", "go-time-109.md")


@pytest.fixture
def page(serve_study, devices):
    """A browser at a laptop on which nothing is yet."""
    served = serve_study()
    opened = devices.open((1280, 800))
    opened.goto(served.origin)
    yield opened
    opened.context.close()


def test_a_study_goes_from_an_empty_laptop_to_a_report(page):
    texts = [real("transcripts") / name for name in TALKS]
    begin(page)
    ask_people(page)
    bring_in(page, texts)
    take_names_out(page, "go-time-1")
    listen(page)
    code(page)
    find_a_theme(page)
    said = text_of_docx(download(page, "Report", "Word (docx)"))
    assert "Beginnings" in said and "starting out" in said
    check("Project.xsd", qde(download(page, "Exchange", "Save as qdpx")))
    assert troubles_of_all(page) == []


def door(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Parts of the study").get_by_role("link", name=name, exact=True).click()
    expect(page.locator("h1")).to_be_visible()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def begin(page: Page) -> None:
    page.get_by_role("link", name="Start a study").click()
    page.get_by_label("Name of the study").fill("Two groups")
    page.get_by_label("What the study asks").fill("What keeps people coming?")
    press(page, "Start a study")
    expect(page.locator("h1")).to_have_text("Two groups")


def ask_people(page: Page) -> None:
    """A group, two participants, the sheet, one signature, the questions, one interview."""
    door(page, "Groups")
    page.get_by_label("Letter").fill("A")
    press(page, "Add the group")
    for code in ("A1", "A2"):
        page.get_by_label("Code").fill(code)
        press(page, "Add the participant")
    door(page, "Consent")
    page.get_by_label("Version").fill("1")
    page.get_by_label("Title").fill("Taking part")
    page.get_by_label("Words on the sheet").first.fill("I agree to be interviewed.")
    page.get_by_label("Words on the sheet").nth(1).fill("I may be quoted.")
    press(page, "Save this version")
    door(page, "Guide")
    page.get_by_label("Version").fill("1")
    page.get_by_label("The questions").fill("How did you come to the group?")
    press(page, "Save this version")
    door(page, "Groups")
    page.get_by_role("link", name="A1").click()
    page.get_by_role("link", name="Note a signature: version 1").click()
    for box in page.get_by_role("checkbox").all():
        box.check()
    press(page, "Save")
    page.get_by_role("link", name="Note an interview").click()
    press(page, "Save")
    expect(page.locator("h1")).to_contain_text("A1")


def bring_in(page: Page, texts: list[Path]) -> None:
    door(page, "Transcripts")
    page.get_by_role("link", name="Bring in texts").click()
    page.get_by_label("Files").set_input_files(texts)
    press(page, "Look at them")
    expect(page.get_by_role("main").get_by_role("heading", level=2)).to_have_text([text.name for text in texts])
    for at, code in enumerate(("A1", "A2")):
        page.get_by_label("Participant code").nth(at).fill(code)
        page.get_by_label("Part of", exact=False).nth(3 * at).select_option("interviewer")
    press(page, "Store")
    expect(page.get_by_role("link", name="go-time-1", exact=True)).to_be_visible()


def take_names_out(page: Page, title: str) -> None:
    page.get_by_role("row", name=title).filter(has_not_text="109").get_by_role("link", name="Take names out").click()
    page.get_by_label("Passphrase for the list of names").fill(PASSPHRASE)
    page.get_by_label("Take out Carlisia", exact=True).check()
    press(page, "Take these out")
    expect(page.get_by_role("row", name=title).filter(has_not_text="109")).to_contain_text("taken out")


def listen(page: Page) -> None:
    """The text is one of the interview's, and its recording plays beside it."""
    door(page, "Interviews")
    page.get_by_role("link", name="not linked yet").click()
    page.get_by_label("go-time-1").check()
    press(page, "Save")
    sound = {"name": "talk.wav", "mimeType": "audio/wav", "buffer": sound_file(3)}
    page.get_by_label("Sound file for go-time-1").set_input_files([sound])  # type: ignore[list-item]
    press(page, "Keep it beside the text")
    # Only then is it the page that came back: a link of the one before would be forgotten with it.
    expect(page.get_by_role("button", name="Delete the recording for good")).to_be_visible()
    page.get_by_role("definition").get_by_role("link", name="go-time-1").click()
    expect(page.locator(".reader .par").first).to_be_visible()
    player = page.locator(".listen audio")
    expect(player).to_have_js_property("duration", 3)
    player.evaluate("player => { player.muted = true; player.currentTime = 2; return player.play(); }")
    expect(player).to_have_js_property("ended", True)


def sound_file(seconds: int) -> bytes:
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(2 * 8000 * seconds))
    return made.getvalue()


def code(page: Page) -> None:
    """By keyboard: words become a code, and it is put on what comes next, in both texts."""
    coder = Coder(page, None)  # type: ignore[arg-type]
    coder.reader.focus()
    next_uncoded(coder).press("v")
    expect(coder.reader.locator(".run.coded").first).to_be_visible()
    coder.press("ArrowDown").picks("starting out").is_saved()
    page.get_by_role("link", name="go-time-109").click()
    expect(page.get_by_role("heading", level=2, name="go-time-109")).to_be_visible()
    coder.reader.focus()
    next_uncoded(coder).picks("starting out").is_saved()
    page.get_by_role("link", name="Two groups").first.click()


def next_uncoded(coder: Coder) -> Coder:
    coder.press("n")
    expect(coder.reader.locator(".run.chosen").first).to_be_visible()
    return coder


def find_a_theme(page: Page) -> None:
    door(page, "Themes")
    page.get_by_label("A new theme").fill("Beginnings")
    press(page, "Make it")
    page.get_by_text("Change this theme").click()
    page.get_by_label("starting out").check()
    press(page, "Save")


def troubles_of_all(page: Page) -> list[str]:
    """Every page of the study as it is now: the doors, and what they lead to, one of each kind."""
    found: list[str] = []
    waiting = [address for address in links(page, "nav.doors a") if not address.endswith("/coding/")]
    doors, seen = len(waiting), set[str]()
    bring_axe(page)
    while waiting:
        address = waiting.pop(0)
        if (kind := KEY.sub("…", address)) in seen:
            continue
        seen.add(kind)
        page.goto(address)
        if len(seen) <= doors:
            waiting += further(page)
        found += [f"{address} {trouble}" for trouble in troubles_here(page, len(seen))]
    assert len(seen) > 30, seen
    return found


def troubles_here(page: Page, at: int) -> list[str]:
    """In turn in the dark on a phone and in daylight on a desk; of the other one, only how wide it is."""
    looks = ((PHONE, "dark"), (DESK, "light"))
    (size, scheme), (other, _scheme) = looks if at % 2 else looks[::-1]
    resize(page, other)
    wider = page.evaluate(WIDER)
    found = [f"{other[0]}: {wider} px wider than the screen"] if wider else []
    resize(page, size)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    return found + [f"{scheme}: {trouble}" for trouble in troubles_of(page)]


def further(page: Page) -> list[str]:
    """Where a page leads to within the pages of the study."""
    places = [address.split("#")[0].split("?")[0] for address in links(page, "main a:not([download])")]
    return [place for place in places if "/coding/" not in place and not place.endswith((".csv", ".svg"))]


def links(page: Page, selector: str) -> list[str]:
    every: list[str] = page.eval_on_selector_all(selector, "every => every.map(one => one.href)")
    return every


def download(page: Page, where: str, button: str) -> bytes:
    door(page, where)
    with page.expect_download(timeout=WRITTEN_MS) as taken:
        press(page, button)
    file: Download = taken.value
    return Path(file.path()).read_bytes()


def text_of_docx(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("word/document.xml").decode()
