"""A page is clean: axe-core finds nothing, and nothing hangs over the side.

Each rule is asked in every look in which it can answer otherwise. What is said, named and nested is asked of all that
is shown, and again as soon as another look shows or hides any of it, or says it in other words. How large and how far
apart things are is asked again wherever any of them has another size or stands elsewhere; what stands out from what,
wherever any colour is another, or any letter large that was small.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from playwright.sync_api import Page

from tools.machine import ROOT

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BY_COLOUR = ["color-contrast", "link-in-text-block"]
BY_SIZE = ["target-size", "scrollable-region-focusable"]
# All of a look that these rules ask about.
COLOURS = [
    "color", "backgroundColor", "backgroundImage", "opacity", "filter", "mixBlendMode", "textShadow",
    "fontWeight", "textDecorationLine", "borderBottom",
]  # fmt: skip
# What is found is told by its words, not by where it stands; only what looks at all of a page's styles fetches them.
LOOK = """async ([levels, byColour, bySize, inks, isKnown]) => {
  if (!globalThis.axe) return null;
  // A colour on its way from one to another is not yet what a person reads.
  const changes = document.getAnimations().filter((one) => one instanceof CSSTransition);
  const there = Promise.allSettled(changes.map(({ finished }) => finished));
  await Promise.race([there, new Promise((go) => setTimeout(go, 1000))]);
  // A bar that stays while the page moves below it makes nothing smaller that can be moved out from under it.
  const bars = document.querySelectorAll('.top, .doors, .above, .voice-dock');
  for (const bar of bars) bar.style.position = 'static';
  let shown = `${document.title} ${document.documentElement.lang} ${document.body.outerHTML} `;
  const boxes = [], colours = [];
  for (const one of [document.documentElement, document.body, ...document.body.querySelectorAll('*')]) {
    const { x, y, width, height } = one.getBoundingClientRect();
    const isSeen = one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    shown += !isSeen ? 'h' : x + width <= 0 || y + height <= 0 ? 'o' : 's';
    boxes.push(Math.round(x), Math.round(y), Math.round(width), Math.round(height));
    const style = getComputedStyle(one);
    if (!isSeen) continue;
    // Large letters, and from 14 points on bold ones, may stand out less.
    const points = Math.ceil(parseFloat(style.fontSize) * 72) / 96;
    colours.push(points >= 18 ? 'L' : points >= 14 ? 'l' : '', ...inks.map((ink) => style[ink]));
  }
  const known = (axe.known ??= new Set());
  const [placed, coloured] = [`${shown} at ${boxes}`, `${shown} in ${colours}`];
  const isWhole = !isKnown && !known.has(shown);
  const rules = [...(known.has(coloured) ? [] : byColour), ...(known.has(placed) ? [] : bySize)];
  const runOnly = isWhole ? { type: 'tag', values: levels } : { type: 'rule', values: rules };
  const lean = { resultTypes: ['violations'], selectors: false, preload: isWhole };
  const { violations } = isWhole || rules.length ? await axe.run(document, { runOnly, ...lean }) : { violations: [] };
  for (const bar of bars) bar.style.position = '';
  // Whatever is wrong is found anew in each look.
  if (!violations.length) for (const one of [placed, coloured, ...(isWhole ? [shown] : [])]) known.add(one);
  const wrong = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
  const over = WIDER();
  return over ? [...wrong, `${over} px wider than the screen`] : wrong;
}"""
WIDER = "() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def bring_axe(page: Page) -> None:
    """Every page that is opened here from now on will be looked at: axe is there at once, and sent only once."""
    page.add_init_script(_axe())


def troubles_of(page: Page, *, only_look: bool = False) -> list[str]:
    """What a person with a screen reader, a keyboard or a small screen would stumble over here.

    `only_look`: the same page was looked at whole elsewhere, and shows the same in other colours or letters.
    """
    asked: list[Any] = [LEVELS, BY_COLOUR, BY_SIZE, COLOURS, only_look]
    look = LOOK.replace("WIDER()", f"({WIDER})()")
    found: list[str] | None = page.evaluate(look, asked)
    if found is None:
        page.evaluate(_axe() + "; 0")
        found = page.evaluate(look, asked)
    assert found is not None
    return found


def assert_clean(page: Page) -> None:
    troubles = troubles_of(page)
    assert troubles == [], "\n".join([page.url, *troubles])
