"""A page is clean: axe-core finds nothing, and nothing hangs over the side."""

from __future__ import annotations

from functools import cache

from playwright.sync_api import Page

from tools.machine import ROOT

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ASK = """async (levels) => {
  const { violations } = await axe.run(document, { runOnly: levels, resultTypes: ['violations'] });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
}"""
WIDER = "() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def troubles_of(page: Page) -> list[str]:
    """What a person with a screen reader, a keyboard or a small screen would stumble over here."""
    if not page.evaluate("() => 'axe' in globalThis"):
        page.evaluate(_axe() + "; 0")
    found: list[str] = page.evaluate(ASK, LEVELS)
    wider = page.evaluate(WIDER)
    return [*found, *([f"{wider} px wider than the screen"] if wider else [])]


def assert_clean(page: Page) -> None:
    assert troubles_of(page) == [], page.url
