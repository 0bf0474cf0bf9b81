"""A page is clean: axe-core finds nothing, and nothing hangs over the side."""

from __future__ import annotations

from functools import cache

from playwright.sync_api import Page

from tools.machine import ROOT

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What another look can change on a page that is clean otherwise.
BY_LOOK = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"]
# What is found is told by its words, not by where it stands; only what looks at all of a page's styles fetches them.
ASK = """async ([type, values]) => {
  // A colour on its way from one to another is not yet what a person reads.
  const changes = document.getAnimations().filter((one) => one instanceof CSSTransition);
  const there = Promise.allSettled(changes.map(({ finished }) => finished));
  await Promise.race([there, new Promise((go) => setTimeout(go, 1000))]);
  // A bar that stays while the page moves below it makes nothing smaller that can be moved out from under it.
  const bars = document.querySelectorAll('.top, .doors, .above, .voice-dock');
  for (const bar of bars) bar.style.position = 'static';
  const lean = { resultTypes: ['violations'], selectors: false, preload: type === 'tag' };
  const { violations } = await axe.run(document, { runOnly: { type, values }, ...lean });
  for (const bar of bars) bar.style.position = '';
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
}"""
WIDER = "() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def troubles_of(page: Page, *, only_look: bool = False) -> list[str]:
    """What a person with a screen reader, a keyboard or a small screen would stumble over here.

    `only_look`: the same page was looked at whole, and shows the same in other colours or letters.
    """
    if not page.evaluate("() => 'axe' in globalThis"):
        page.evaluate(_axe() + "; 0")
    found: list[str] = page.evaluate(ASK, ["rule", BY_LOOK] if only_look else ["tag", LEVELS])
    wider = page.evaluate(WIDER)
    return [*found, *([f"{wider} px wider than the screen"] if wider else [])]


def assert_clean(page: Page) -> None:
    troubles = troubles_of(page)
    assert troubles == [], "\n".join([page.url, *troubles])
