"""The same words are chosen, stored and shown, whatever the letters."""

from __future__ import annotations

import io
import random
import re
import time
import zipfile

from lxml import etree

from sameboat.study.readers import read
from sameboat.study.tests.served import PAUSE, settled
from sameboat.study.text.tests.texts import PIECES

HARD = [
    "kettle on 🫖, and somebody",
    "🫖",
    "e\u0301clairs from the cafe\u0301.",
    "🐕, mostly",
    "שמנו את הקומקום",
    "שלום, we say at the door",
    "to ask me to explain.\nEven the weeks",
]
CHOOSE = """([start, end]) => {
  const runs = [...document.querySelectorAll('.reader .run')];
  const find = (point, isEnd) => {
    for (const run of runs) {
      const from = Number(run.dataset.at);
      const letters = [...run.textContent];
      if (point < from || point > from + letters.length || (!isEnd && point === from + letters.length)) continue;
      return [run.firstChild, letters.slice(0, point - from).join('').length];
    }
  };
  getSelection().setBaseAndExtent(...find(start, false), ...find(end, true));
}"""


def hard_file() -> bytes:
    """A transcript as another system saves it, byte order mark and CRLF and all: the words above, and any letters."""
    chance = random.Random(17)
    pieces = [one for one in PIECES if "\n" not in one]
    loose = ["".join(chance.choices(pieces, k=24)) for _ in range(4)]
    said = ["We put the kettle on 🫖, and somebody always does.", *HARD[2:6], HARD[6].split("\n")[0], "Even the weeks"]
    return ("\ufeff" + "\r\n".join(f"A1: {one}" for one in [*said, *loose])).encode()


def bring_in(study, name: str) -> str:
    """Brings the file in through the pages; returns the new text's id."""
    place = f"{study.served.origin}/studies/{study.study}/transcripts"
    with study.served.browser() as browser:
        sent = browser.post(f"{place}/bring-in", files={"files": (f"{name}.txt", hard_file())})
        look = sent.headers["location"]
        while 'http-equiv="refresh"' in browser.get(look).text:
            time.sleep(PAUSE)
        settled(browser, browser.post(look, data={"wanted-0": "on", "title-0": name}))
        found = re.search(rf'#([0-9a-f-]{{36}})">{name}<', browser.get(place).text)
    assert found
    return found[1]


def taken_out(study, kind: str) -> bytes:
    with study.served.browser() as browser:
        place = f"/studies/{study.study}/exchange/out/{kind}"
        return settled(browser, browser.post(place)).content


def places_in(text: str) -> list[tuple[int, int]]:
    """Where the words above stand, and four places anywhere, wherever a letter's parts are torn apart."""
    chance = random.Random(5)
    found = [(at, at + len(words)) for words in HARD if (at := text.find(words)) >= 0]
    loose = text.rindex("\n", 0, len(text) - 60)
    for _ in range(4):
        start = chance.randrange(loose, len(text) - 9)
        words = text[start : start + chance.randrange(2, 9)]
        # White space at the ends of what is chosen is left out.
        first = start + len(words) - len(words.lstrip())
        found.append((first, first + len(words.strip())))
    return found


def test_a_passage_is_the_same_where_it_is_chosen_stored_given_to_other_programs_and_printed(laptop):
    study = laptop()
    study.documents["hard"] = bring_in(study, "hard")
    text, done = study.text("hard"), list[str]()
    assert "\r" not in text and not text.startswith("\ufeff")
    coder = study.sit_down(document="hard", size=(360, 640), has_touch=True, is_mobile=True)
    places = places_in(text)
    assert len(places) >= 9
    for start, end in places:
        coder.reader.locator(".speech").first.tap()
        coder.page.evaluate(CHOOSE, [start, end])
        coder.here.get_by_role("button", name="Code", exact=True).tap()
        coder.types("faces").press("Enter").is_saved()
        done.append(text[start:end])
        assert study.coded("hard") == sorted(("the same faces", one) for one in done)
    assert shown(coder) == coded_letters(text, places)
    coder.page.reload()
    coder.is_ready()
    assert shown(coder) == coded_letters(text, places)
    assert in_project(taken_out(study, "project.qdpx"), text) == sorted(done)
    printed = read("extracts.docx", taken_out(study, "extracts.docx")).text
    assert [one for one in done if lines_of(one) not in printed] == []


def in_project(content: bytes, text: str) -> list[str]:
    """The coded words of a text, cut out of the project's own copy of it by the positions that it gives."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("project.qde"))
        for source in root.iter("{*}TextSource"):
            name = source.get("plainTextPath", "").removeprefix("internal://")
            if name and (held := archive.read(f"sources/{name}").decode()) == text:
                marked = source.iter("{*}PlainTextSelection")
                return sorted(held[int(one.get("startPosition")) : int(one.get("endPosition"))] for one in marked)
    return []


def lines_of(words: str) -> str:
    """As a Word file holds them: a paragraph for each line."""
    return "\n".join(line.strip() for line in words.split("\n") if line.strip())


def shown(coder) -> str:
    """Every letter that is drawn as coded, in the order of the text."""
    return "".join(coder.reader.locator(".run.coded").all_text_contents()).replace("\n", "")


def coded_letters(text: str, places: list[tuple[int, int]]) -> str:
    return "".join(text[at] for at in sorted({at for place in places for at in range(*place)})).replace("\n", "")


def test_what_a_mouse_drags_over_is_what_is_stored(laptop):
    study = laptop()
    coder = study.sit_down()
    row = coder.reader.locator(".par", has_text="We text.")
    box = row.locator(".run").bounding_box()
    assert box
    coder.page.mouse.move(box["x"] + 2, box["y"] + 12)
    coder.page.mouse.down()
    coder.page.mouse.move(box["x"] + box["width"] - 1, box["y"] + box["height"] - 8, steps=4)
    coder.page.mouse.up()
    said = coder.chosen()
    assert said.startswith("We text.")
    assert said.endswith("cafe\u0301.")
    coder.press("c").types("tea").press("Enter").is_saved()
    assert study.coded() == [("food and tea", said)]


def test_an_end_is_dragged_to_a_word(laptop):
    study = laptop()
    coder = study.sit_down(document="A2")
    coder.press("ArrowDown", "ArrowDown").picks("faces").press("r")
    grip = coder.reader.locator("[data-grip=end]").bounding_box()
    assert grip
    coder.page.mouse.move(grip["x"] + 1, grip["y"] + 6)
    coder.page.mouse.down()
    coder.page.mouse.move(grip["x"] + 130, grip["y"] + 10, steps=5)
    coder.page.mouse.up()
    coder.press("Enter").is_saved()
    ((name, words),) = study.coded("A2")
    assert name == "the same faces"
    assert words.startswith("The same faces. You")
    assert study.text("A2")[study.text("A2").index(words) + len(words)] in " ,."
