"""Files on their way: how far they are, Cancel, what is too much, what the other side says; and the plain form."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.clean import troubles_of
from tests.journeys.devices import DESK
from tests.study.journeys.test_findings import STUDY

SLOW = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 500}


def send(page: Page) -> None:
    page.get_by_role("button", name="Look at them").click()


def test_files_show_how_far_they_are_can_be_stopped_and_go_without_a_script_too(devices, laptop_study, tmp_path: Path):
    laptop_study.command("demo")
    place = f"{laptop_study.origin}/studies/{STUDY}"
    talk = tmp_path / "talk.txt"
    talk.write_text("Ana: yes we did\nBen: no\n" * 5_000)
    page = devices.open(DESK)
    page.goto(f"{place}/transcripts/bring-in")
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW)
    page.get_by_label("Files").set_input_files(talk)
    send(page)
    expect(page.get_by_role("button", name="Cancel")).to_be_focused()
    expect(page.get_by_role("progressbar", name="Sending")).to_be_visible()
    assert troubles_of(page, only_look=True) == []
    page.keyboard.press("Enter")
    expect(page.get_by_text("Sending was stopped.")).to_be_visible()
    expect(page.get_by_role("button", name="Look at them")).to_be_focused()
    line.send("Network.emulateNetworkConditions", {**SLOW, "uploadThroughput": -1})
    page.evaluate("document.querySelector('form[data-bytes]').dataset.bytes = '1000'")
    send(page)
    expect(page.get_by_role("alert").filter(visible=True)).to_contain_text("1024 MB")
    page.reload()
    page.get_by_label("Files").set_input_files(talk)
    send(page)
    expect(page.get_by_role("heading", name="What was understood")).to_be_visible()
    _what_is_refused_is_said_in_its_place(page, place, talk)
    page.context.close()
    _without_a_script(devices, place, talk)


def _what_is_refused_is_said_in_its_place(page: Page, place: str, talk: Path) -> None:
    page.goto(f"{place}/interviews")
    page.locator("main table a").first.click()
    page.get_by_label(re.compile("Sound file for")).first.set_input_files(talk)
    with page.expect_response(re.compile(r"/recording$")) as answer:
        page.get_by_role("button", name="Keep it beside the text").first.click()
    assert answer.value.status == 422
    expect(page.get_by_role("heading", name="This is no sound file that browsers play.")).to_be_visible()


def _without_a_script(devices, place: str, talk: Path) -> None:
    page = devices.open(DESK, java_script_enabled=False)
    page.goto(f"{place}/transcripts/bring-in")
    page.get_by_label("Files").set_input_files(talk)
    send(page)
    expect(page.get_by_role("heading", name="What was understood")).to_be_visible()
    page.context.close()
