"""A connection that goes loses nothing, and says so."""

from __future__ import annotations

from playwright.sync_api import expect


def test_what_is_done_without_a_connection_is_kept_and_goes_later_by_itself(laptop):
    study = laptop()
    coder = study.sit_down(document="A2")
    coder.page.context.set_offline(True)
    coder.press("ArrowDown", "ArrowDown").picks("faces").press("ArrowDown", "v")
    coder.page.locator(".memo textarea").fill("Written in a tunnel.")
    expect(coder.page.locator(".saving")).to_contain_text("away")
    expect(coder.page.locator(".memo .state")).to_contain_text("away")
    coder.sees_coded("The same faces.")
    assert study.coded("A2") == []
    coder.page.context.set_offline(False)
    coder.is_saved()
    assert [words for _, words in study.coded("A2")] == [
        "The same faces.",
        "You find your chair, and your chair finds you.",
    ] or len(study.coded("A2")) == 2
    memos = study.ask(f"memos?about=document:{study.documents['A2']}")["memos"]
    assert [memo["text"] for memo in memos] == ["Written in a tunnel."]


def test_what_waited_in_a_page_that_was_closed_is_sent_by_the_next_one(laptop):
    study = laptop()
    coder = study.sit_down(document="A2")
    context = coder.page.context
    context.set_offline(True)
    coder.press("ArrowDown", "ArrowDown").picks("faces")
    expect(coder.page.locator(".saving")).to_contain_text("away")
    address = coder.page.url
    coder.page.close(run_before_unload=False)
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    expect(again.locator(".reader .run.coded")).to_have_text("The same faces.")
    expect(again.locator(".saving")).to_have_text("saved")
    assert study.coded("A2") == [("the same faces", "The same faces.")]


def test_a_lost_answer_codes_nothing_twice(laptop):
    study = laptop()
    coder = study.sit_down(document="A2")
    lost = []

    def lose(route):
        if route.request.method != "POST" or lost:
            return route.continue_()
        lost.append(route.fetch())
        return route.abort()

    coder.page.route("**/spans", lose)
    coder.press("ArrowDown", "ArrowDown").picks("faces").is_saved()
    assert lost[0].status == 200
    assert study.coded("A2") == [("the same faces", "The same faces.")]


def test_what_the_server_refuses_is_taken_back_and_said(laptop):
    study = laptop()
    coder = study.sit_down(document="A2")
    other = study.sit_down(document="A2")
    coder.page.route("**/live*", lambda route: route.abort())
    coder.page.reload()
    coder.is_ready()
    other.page.get_by_role("treeitem", name="regularity").focus()
    other.press("F2")
    other.page.get_by_role("button", name="Put in the bin").click()
    other.is_saved()
    coder.press("ArrowDown", "ArrowDown").picks("regularity")
    expect(coder.page.get_by_role("alert")).to_contain_text(".")
    expect(coder.reader.locator(".run.coded")).to_have_count(0)
    expect(coder.page.get_by_role("treeitem", name="regularity")).to_have_count(0)
