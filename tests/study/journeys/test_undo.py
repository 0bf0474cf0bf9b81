"""Everything one did can be taken back, and done again."""

from __future__ import annotations

from playwright.sync_api import expect


def test_everything_done_at_the_desk_is_undone_to_the_last_row(laptop):
    study = laptop()
    before = state(study)
    coder = study.sit_down(document="A2")
    coder.press("ArrowDown", "ArrowDown").picks("faces").press("v")
    coder.press("ArrowDown").picks("something new").press("r", "Shift+ArrowRight", "Enter")
    coder.press("[", "Delete")
    coder.page.get_by_role("treeitem", name="regularity").focus()
    coder.press("Alt+ArrowRight")
    coder.is_saved()
    after = state(study)
    assert after != before
    undo, redo = (coder.page.get_by_role("button", name=name) for name in ("Undo", "Redo"))
    acts = 0
    while state(study) != before:
        said = coder.said.inner_text()
        undo.click()
        expect(coder.said).not_to_have_text(said)
        coder.is_saved()
        acts += 1
        assert acts < 20
    expect(coder.reader.locator(".run.coded")).to_have_count(0)
    for _ in range(acts):
        said = coder.said.inner_text()
        redo.click()
        expect(coder.said).not_to_have_text(said)
        coder.is_saved()
    assert state(study) == after


def test_what_somebody_else_went_on_from_stays_and_what_came_before_can_still_go(team):
    study = team()
    tariq = study.sit_down("Tariq", "A2")
    tariq.press("ArrowDown", "ArrowDown").picks("regularity").press("ArrowDown").picks("faces").is_saved()
    rosa = study.sit_down("Rosa", "A2")
    rosa.press("]", "]", "r", "Shift+ArrowLeft", "Enter").is_saved()
    tariq.press("Control+z")
    expect(tariq.page.get_by_role("alert")).to_contain_text("Rosa")
    tariq.page.get_by_role("button", name="undo what came before it").click()
    tariq.is_saved()
    expect(tariq.reader.locator(".run.coded")).to_have_count(1)
    assert [name for name, _ in study.coded("A2", "Rosa")] == ["the same faces"]


def state(study) -> tuple:
    """All that the screen can change, as the server has it."""
    codes = [{**code, "position": 0} for code in study.ask("codes")["codes"]]
    return study.coded("A2"), sorted(codes, key=lambda code: code["id"])
