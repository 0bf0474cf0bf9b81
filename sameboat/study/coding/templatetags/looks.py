"""How a code looks on plain pages: its colour, and over it the pattern that says the same without colour."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sameboat.study.coding.palette import COLOURS, PATTERNS, is_colour

register = template.Library()
# What is left out of the colour, on a square of ten; as the stripes of the coding screen are drawn.
SIGNS = {
    "solid": "",
    "dashes": "M0 2.4h10v1.6H0zM0 7.4h10V9H0z",
    "dots": "M0 0h10v10H0zM1 2.5a2 2 0 1 0 4 0a2 2 0 1 0-4 0M5.2 7.3a2 2 0 1 0 4 0a2 2 0 1 0-4 0",
    "double": "M3.4 0h3.2v10H3.4z",
    "wave": "M0 0h4q5 5 0 10H0zM6.6 0H10v10H6.6q5-5 0-10z",
    "bars": "M0 1.6h10v1.6H0zM0 4.8h10v1.6H0zM0 8h10v1.6H0z",
    "grid": "M0 0h5v5H0zM5 5h5v5H5z",
    "zigzag": "M0 0h10L0 10z",
}
# What is nearest to the patterns that drawings give to the first, the second … of a row (charts/paper.py).
OF_PLACES = ("solid", "zigzag", "dots", "bars", "grid")


@register.simple_tag
def swatch(colour: str, pattern: str = "solid", kind: str = "swatch") -> SafeString:
    """A small square; nothing for a screen reader, since the name stands beside it."""
    return format_html(
        '<svg class="{}" viewBox="0 0 10 10" preserveAspectRatio="none" data-pattern="{}" aria-hidden="true">'
        '<rect width="10" height="10" fill="{}"/><path class="sign" fill-rule="evenodd" d="{}"/></svg>',
        kind, pattern, colour if is_colour(colour) else COLOURS[-1], SIGNS.get(pattern, ""),
    )  # fmt: skip


@register.simple_tag
def swatch_of(colour: str, number: int) -> SafeString:
    """The same for a theme, whose pattern is that of its place, as on the map."""
    return swatch(colour, OF_PLACES[number % len(OF_PLACES)], "side")


@register.simple_tag
def patterns() -> tuple[str, ...]:
    """All of them, for a form."""
    return PATTERNS
