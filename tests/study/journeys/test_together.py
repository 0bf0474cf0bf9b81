"""Several people at one transcript."""

from __future__ import annotations

import time

from playwright.sync_api import expect

from sameboat.study.tests.served import PAUSE

WITHIN_MS = 1000


def test_two_coders_see_each_others_passages_within_a_second(team):
    study = team()
    rosa, tariq = study.sit_down("Rosa", "A2"), study.sit_down("Tariq", "A2")
    rosa.press("ArrowDown", "ArrowDown").picks("faces").is_saved()
    expect(tariq.reader.locator(".run.coded", has_text="The same faces.")).to_be_visible(timeout=WITHIN_MS)
    # What somebody else coded is theirs: it says by whom, and offers no way to change it.
    tariq.press("]")
    expect(tariq.here).to_contain_text("Rosa")
    expect(tariq.here.get_by_role("button", name="Take off")).to_have_count(0)
    tariq.press(".", "ArrowDown").picks("breathe").is_saved()
    expect(rosa.reader.locator(".run.coded")).to_have_count(2, timeout=WITHIN_MS)
    rosa.press("Control+z")
    expect(tariq.reader.locator(".run.coded")).to_have_count(1, timeout=WITHIN_MS)


def test_who_codes_blind_sees_only_their_own(team):
    study = team()
    rosa, noor = study.sit_down("Rosa", "A2"), study.sit_down("Noor", "A2")
    rosa.press("ArrowDown", "ArrowDown").picks("faces").is_saved()
    noor.press("ArrowDown", "ArrowDown", "ArrowDown").picks("regularity").is_saved()
    expect(rosa.reader.locator(".run.coded")).to_have_count(2)
    expect(noor.reader.locator(".run.coded")).to_have_count(1)
    assert len(study.coded("A2", "Noor")) == 1


def test_who_only_reads_can_change_nothing(team):
    study = team()
    study.sit_down("Rosa", "A2").press("ArrowDown", "ArrowDown").picks("faces").is_saved()
    wim = study.sit_down("Wim", "A2")
    wim.sees_coded("The same faces.").press("ArrowDown", "Enter", "v", "Delete", "Control+z")
    expect(wim.page.locator(".picker")).to_have_count(0)
    expect(wim.page.get_by_role("button", name="Undo")).to_have_count(0)
    assert len(study.coded("A2")) == 1


def test_two_people_in_one_memo_lose_no_word(team):
    study = team()
    rosa, tariq = study.sit_down("Rosa", "A2"), study.sit_down("Tariq", "A2")
    memo = rosa.page.locator(".memo textarea")
    memo.fill("Everybody speaks of chairs.")
    rosa.is_saved()
    other = tariq.page.locator(".memo textarea")
    expect(other).to_have_value("Everybody speaks of chairs.", timeout=WITHIN_MS * 2)
    # Both write at once: neither screen has heard of the other yet.
    rosa.page.context.set_offline(True)
    memo.fill("Everybody speaks of chairs. Compare with B1.")
    other.fill("Everybody speaks of chairs. And of bread.")
    tariq.is_saved()
    rosa.page.context.set_offline(False)
    rosa.page.get_by_role("button", name="Keep both").click()
    rosa.is_saved()
    about = f"memos?about=document:{study.documents['A2']}"
    kept = _soon(lambda: study.ask(about, "Rosa")["memos"][0]["text"], lambda text: "Compare" in text)
    assert "And of bread." in kept


def _soon(look, is_there):
    """What `look` finds once it is there; at most a few seconds."""
    until = time.monotonic() + 10
    while not is_there(found := look()) and time.monotonic() < until:
        time.sleep(PAUSE)
    return found


def test_a_text_that_is_mended_changes_on_every_open_screen_and_one_that_is_withdrawn_leaves_it(team):
    study = team()
    tariq = study.sit_down("Tariq", "A2").sees_text("The same faces.")
    tariq.press("ArrowDown", "ArrowDown", "ArrowDown").picks("faces").is_saved()
    rosa = study.sit_down("Rosa", "B1").page
    rosa.goto(f"{study.served.origin}/studies/{study.study}/texts/{study.documents['A2']}/mend?find=same faces")
    rosa.get_by_label("As they should be").fill("very same faces")
    rosa.get_by_role("button", name="Mend it").click()
    tariq.sees_text("The very same faces.")
    tariq.press("ArrowDown", "ArrowDown").picks("regularity").is_saved()
    assert study.coded("A2") == [
        ("regularity", "The very same faces."),
        ("the same faces", "You find your chair, and your chair finds you."),
    ]
    rosa.goto(f"{study.served.origin}/studies/{study.study}/withdrawals")
    rosa.get_by_role("link", name="A2").click()
    rosa.get_by_label("Type A2 to go on").fill("A2")
    rosa.get_by_role("button", name="Take out everything they said").click()
    expect(rosa.get_by_role("heading", level=2, name="A2")).to_be_visible()
    expect(tariq.reader).not_to_contain_text("The same faces.", timeout=WITHIN_MS * 2)
    tariq.is_ready()


def test_two_who_coded_one_text_meet_over_what_they_saw_differently(team):
    study = team()
    rosa, tariq = study.sit_down("Rosa", "A2"), study.sit_down("Tariq", "A2")
    rosa.press("ArrowDown", "ArrowDown").picks("faces").press("ArrowDown").picks("faces").is_saved()
    tariq.press("ArrowDown", "ArrowDown").picks("faces").press("ArrowDown").picks("regularity").is_saved()
    page = rosa.page
    page.goto(f"{study.served.origin}/studies/{study.study}/compare/agreement")
    expect(page.get_by_role("heading", name="2 passages to talk about")).to_be_visible()
    talk = page.locator(".extract", has_text="the same faces")
    expect(talk).to_contain_text("Rosa put it here, Tariq did not.")
    expect(page.locator(".extract", has_text="Tariq put it here, Rosa did not.")).to_contain_text("regularity")
    row = page.get_by_role("row", name="the same faces")
    expect(row).to_contain_text("%")
    # They talk; the passage is one press away, and Rosa takes hers back.
    talk.get_by_role("link", name="A2", exact=True).click()
    expect(rosa.reader.locator(".run.chosen").first).to_contain_text("You find your chair")
    expect(rosa.here).to_contain_text("the same faces")
    expect(rosa.here).to_contain_text("by Tariq")
    rosa.press("Delete")
    expect(rosa.here).not_to_contain_text("the same faces")
    expect(rosa.here).to_contain_text("by Tariq")
    rosa.is_saved()
    page.goto(f"{study.served.origin}/studies/{study.study}/compare/agreement?by=both&measure=cohen")
    expect(page.get_by_role("heading", name="One passage to talk about")).to_be_visible()
    expect(page.get_by_role("row", name="the same faces")).to_contain_text("1.000")
