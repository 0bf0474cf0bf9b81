"""From the first page to a theme, a comparison and a report by keyboard; the pages of the analysis are clean."""

from __future__ import annotations

from zipfile import ZipFile

from playwright.sync_api import Page, expect

from sameboat.study.tests.served import ServedStudy
from tests.journeys.clean import bring_axe, troubles_of
from tests.journeys.devices import DESK
from tests.study.journeys.test_clean import FOUR_TIMES
from tests.study.journeys.test_study import WRITTEN_MS

STUDY = "5a11b0a7-0000-4000-8000-000000000001"
PAGES = (
    "themes", "themes/phases", "themes/points", "compare", "compare/framework", "compare/charts", "compare/coverage",
    "compare/coverage/open", "compare/agreement", "passages", "memos", "search?q=kettle", "report", "report/coreq",
)  # fmt: skip


def press(page: Page, name: str, role: str = "link") -> None:
    """Goes to something by its name and presses Enter on it."""
    found = page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]
    found.focus()
    expect(found).to_be_focused()
    page.keyboard.press("Enter")


def test_from_the_first_page_to_a_report_by_keyboard_alone(devices, laptop_study):
    served: ServedStudy = laptop_study
    served.command("demo")
    page = devices.open(DESK)
    page.goto(f"{served.origin}/studies/{STUDY}/")
    press(page, "Themes")
    page.get_by_label("A new theme", exact=True).focus()
    page.keyboard.type("Small talk")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Small talk", level=1)).to_be_visible()
    summary = page.get_by_text("Change this theme", exact=True)
    summary.focus()
    page.keyboard.press("Enter")
    page.get_by_label("small messages", exact=True).focus()
    page.keyboard.press("Space")
    press(page, "Save", "button")
    expect(page.get_by_role("heading", name="passages, group beside group")).to_be_visible()
    press(page, "Compare")
    press(page, page.locator("table.matrix tbody tr").last.locator("td a").first.inner_text())
    expect(page.get_by_role("status")).to_contain_text("passage")
    press(page, "Report")
    with page.expect_download(timeout=WRITTEN_MS) as waiting:
        press(page, "Word (docx)", "button")
    words = ZipFile(waiting.value.path()).read("word/document.xml").decode()
    assert "Small talk" in words and "A1" in words
    found = []
    bring_axe(page)
    page.set_viewport_size({"width": FOUR_TIMES[0], "height": FOUR_TIMES[1]})
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    for place in PAGES:
        page.goto(f"{served.origin}/studies/{STUDY}/{place}")
        found += [f"{place}: {trouble}" for trouble in troubles_of(page, only_look=True)]
    assert found == []
