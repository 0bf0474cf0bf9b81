"""The same words are chosen, stored and shown, whatever the letters."""

from __future__ import annotations

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


def test_what_a_finger_chooses_is_what_is_stored_and_shown(laptop):
    study = laptop()
    coder = study.sit_down(size=(360, 640), has_touch=True, is_mobile=True)
    text, done = study.text(), list[str]()
    for words in HARD:
        start = text.index(words)
        coder.reader.locator(".speech").first.tap()
        coder.page.evaluate(CHOOSE, [start, start + len(words)])
        coder.here.get_by_role("button", name="Code", exact=True).tap()
        coder.types("faces").press("Enter").is_saved()
        done.append(words)
        assert study.coded() == sorted(("the same faces", one) for one in done)
        assert shown(coder) == coded_letters(text, done)
    coder.page.reload()
    coder.is_ready()
    assert shown(coder) == coded_letters(text, done)


def shown(coder) -> str:
    """Every letter that is drawn as coded, in the order of the text."""
    return "".join(coder.reader.locator(".run.coded").all_inner_texts()).replace("\n", "")


def coded_letters(text: str, done: list[str]) -> str:
    places = {at for words in done for at in range(text.index(words), text.index(words) + len(words))}
    return "".join(text[at] for at in sorted(places)).replace("\n", "")


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
