"""A transcript is coded from its first word to its last without a mouse."""

from __future__ import annotations

from playwright.sync_api import expect

FACES = "The same faces."
CHAIR = "You find your chair, and your chair finds you."
NOTHING = "I like that nothing has moved."
SAVES = "Somebody saves me the heel of the bread."
MISSED = "That is how I know that I was missed."


def test_one_transcript_is_coded_by_keyboard_alone(laptop):
    study = laptop()
    coder = study.sit_down(document="A2")
    # The text has the focus at once: the next sentence, a code by a few letters, the same one again, two at once.
    coder.press("ArrowDown", "ArrowDown").picks("faces")
    assert coder.chosen() == FACES
    coder.press("ArrowDown", ".")
    coder.press("ArrowDown", "v")
    coder.press("ArrowDown", "Enter").types("regul").press("Shift+Enter").types("kept for me").press("Enter")
    coder.press("n")
    expect(coder.reader.locator(".run.chosen")).to_have_text(MISSED)
    coder.picks("regularity")
    # A passage gets new ends: one word less at its end, one more at its start.
    coder.press("r", "Shift+ArrowLeft", "o", "Shift+ArrowLeft", "Enter")
    expect(coder.said).to_contain_text("regularity")
    # A memo on the passage that is chosen, as quickly as one types, and back to the text.
    coder.press("m").types("More than food.").press("Escape")
    expect(coder.reader).to_be_focused()
    expect(coder.page.get_by_label("Memo on this passage")).to_have_value("More than food.")
    coder.is_saved()
    assert study.coded("A2") == sorted([
        ("the same faces", FACES),
        ("the same faces", CHAIR),
        (NOTHING, NOTHING),
        ("regularity", SAVES),
        ("kept for me", SAVES),
        ("regularity", "bread. That is how I know that I was"),
    ])  # fmt: skip


def test_the_next_uncoded_passage_goes_on_to_the_next_transcript(laptop):
    study = laptop()
    coder = study.sit_down(document="A2")
    for said, code in ((FACES, "faces"), (SAVES, "faces")):
        coder.press("n")
        expect(coder.reader.locator(".run.chosen").first).to_contain_text(said)
        coder.press("p").picks(code)
    coder.is_saved().press("n")
    expect(coder.reader.locator(".run.chosen").first).to_contain_text("soup")
    expect(coder.page.get_by_role("heading", level=2, name="B1")).to_be_visible()


def test_a_turn_of_several_thoughts_is_coded_sentence_by_sentence(laptop):
    study = laptop()
    coder = study.sit_down(document="A2")
    for said, code in ((FACES, "faces"), (CHAIR, "faces"), (NOTHING, "regularity")):
        coder.press("n", "s")
        expect(coder.reader.locator(".run.chosen").first).to_have_text(said)
        coder.picks(code)
    coder.is_saved()
    assert [words for _, words in study.coded("A2")] == [NOTHING, FACES, CHAIR]


def test_where_all_is_coded_it_is_said_and_keys_pressed_ahead_do_nothing(laptop):
    study = laptop()
    coder = study.sit_down(document="A2")
    coder.press("ArrowDown", "ArrowDown")
    waiting = []
    coder.page.route("**/uncoded*", lambda route: waiting.append(route))
    said = coder.said.inner_text()
    coder.press("n", "v")
    held(coder, waiting).fulfill(json={"none": True})
    expect(coder.said).not_to_have_text(said)
    coder.press("Escape").is_saved()
    assert study.coded("A2") == []


def held(coder, waiting):
    """What was asked and is held back, as soon as it was asked."""
    for _frame in range(1200):
        if waiting:
            return waiting.pop()
        coder.page.evaluate("() => new Promise(requestAnimationFrame)")
    raise AssertionError("nothing was asked")


def test_who_types_faster_than_the_answer_comes_loses_no_key(laptop):
    study = laptop()
    coder = study.sit_down(document="A2")
    waiting = []
    coder.page.route("**/uncoded*", lambda route: waiting.append(route))
    coder.press("n", "p", "Enter").types("reg")
    expect(coder.reader.locator(".run.coded")).to_have_count(0)
    held(coder, waiting).continue_()
    # What is typed as the answer arrives comes after it, letter by letter.
    coder.types("ularity").press("Enter")
    expect(coder.reader.locator(".run.coded")).to_have_count(1)
    coder.is_saved()
    assert study.coded("A2") == [("regularity", f"{FACES} {CHAIR} {NOTHING}")]


def test_the_codebook_is_made_and_arranged_from_the_keyboard(laptop):
    study = laptop()
    coder = study.sit_down()
    tree = coder.page.get_by_role("tree")
    coder.press("F6", "F6")  # the strip below, then the codebook
    coder.page.get_by_role("treeitem", name="regularity").focus()
    coder.press("Alt+ArrowRight")
    expect(tree.get_by_role("treeitem", name="regularity")).to_have_attribute("aria-level", "2")
    expect(tree.get_by_role("treeitem", name="regularity")).to_be_focused()
    coder.press("F2")
    coder.page.get_by_label("What it means").fill("That it is there every week.")
    coder.page.get_by_label("Name", exact=True).fill("always there")
    coder.press("Escape").is_saved()
    # Escape leads one step back each time: from what a code means to the code, and on to the text.
    expect(tree.get_by_role("treeitem", name="always there")).to_be_focused()
    coder.press("Escape")
    expect(coder.reader).to_be_focused()
    kept = next(code for code in study.ask("codes")["codes"] if code["name"] == "always there")
    assert kept["definition"] == "That it is there every week."
    assert kept["parent"] == study.codes["being able to breathe"]


def test_codes_are_merged_split_binned_and_brought_back(laptop):
    study = laptop()
    coder = study.sit_down(document="A2")
    coder.press("ArrowDown", "ArrowDown").picks("faces").press("ArrowDown").picks("regularity").is_saved()
    coder.page.get_by_role("treeitem", name="regularity").focus()
    coder.press("F2")
    coder.page.get_by_label("All its passages go to").select_option(label="the same faces")
    coder.page.get_by_role("button", name="Merge").click()
    expect(coder.page.get_by_role("heading", level=2, name="the same faces")).to_be_visible()
    assert study.coded("A2") == [("the same faces", FACES), ("the same faces", CHAIR)]
    coder.page.get_by_role("checkbox", name=CHAIR).check()
    coder.page.get_by_label("Name of the new code").fill("one’s own chair")
    coder.page.get_by_role("button", name="Make the new code").click()
    expect(coder.page.get_by_role("treeitem", name="one’s own chair")).to_be_visible()
    assert study.coded("A2") == [("one’s own chair", CHAIR), ("the same faces", FACES)]
    coder.page.get_by_role("treeitem", name="one’s own chair").focus()
    coder.press("F2")
    coder.page.get_by_role("button", name="Put in the bin").click()
    expect(coder.page.get_by_role("treeitem", name="one’s own chair")).to_have_count(0)
    assert study.coded("A2") == [("the same faces", FACES)]
    coder.page.get_by_role("button", name="Bin", exact=True).click()
    coder.page.get_by_role("button", name="Bring back: one’s own chair").click()
    coder.page.get_by_role("button", name="Back to all codes").click()
    expect(coder.page.get_by_role("treeitem", name="one’s own chair")).to_be_visible()
    assert study.coded("A2") == [("one’s own chair", CHAIR), ("the same faces", FACES)]
