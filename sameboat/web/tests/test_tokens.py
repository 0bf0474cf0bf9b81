"""Every pair of text and ground, in both themes and in low stimulus: at least 7:1; edges of controls 4.5:1."""

import re
from itertools import product
from pathlib import Path

import pytest

CSS = Path(__file__).parent.parent / "static" / "web" / "tokens.css"
GROUNDS = ("paper", "card", "mist", "sand")
TEXTS = ("ink", "soft", "sea", "dusk")
LOW = "low stimulus"


def blocks() -> dict[str, dict[str, str]]:
    """Each rule's selector (with its media query before it) and its custom properties."""
    css = re.sub(r"/\*.*?\*/", "", CSS.read_text(), flags=re.S)
    found: dict[str, dict[str, str]] = {}
    for media, inner, selector, body in re.findall(
        r"(@media [^{]+)\{\s*([^{}]+\{[^{}]*\})\s*\}|([^{}@]+)\{([^{}]*)\}", css
    ):
        if media:
            selector, body = inner.removesuffix("}").split("{")
        found[f"{media.strip()} {selector.strip()}".strip()] = dict(re.findall(r"--([\w-]+): (.+);", body))
    return found


def block(piece: str) -> dict[str, str]:
    return next(rule for selector, rule in blocks().items() if selector.endswith(piece))


def themes() -> dict[str, dict[str, str]]:
    light = blocks()[":root"]
    dark = light | block(':root[data-theme="dark"]')
    low = block(':root[data-look="low"][data-look="low"]')
    plain = {"light": light, "dark": dark}
    return plain | {f"{name}, {LOW}": theme | low for name, theme in plain.items()}


def colour(theme: dict[str, str], token: str) -> str:
    value = theme[token]
    while named := re.fullmatch(r"var\(--([\w-]+)\)", value):
        value = theme[named[1]]
    return value


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(theme: dict[str, str], one: str, other: str) -> float:
    low, high = sorted(luminance(colour(theme, token)) for token in (one, other))
    return (high + 0.05) / (low + 0.05)


PAIRS = [*product(TEXTS, GROUNDS), ("on-sea", "sea"), ("on-dusk", "dusk")]


@pytest.mark.parametrize("name", themes())
def test_text_can_be_read_on_every_ground(name):
    theme = themes()[name]
    faint = {pair: contrast(theme, *pair) for pair in PAIRS if contrast(theme, *pair) < 7}
    assert not faint


@pytest.mark.parametrize("name", themes())
def test_controls_have_an_edge_that_can_be_seen(name):
    theme = themes()[name]
    assert min(contrast(theme, "edge", ground) for ground in GROUNDS) >= 4.5


def test_dark_asked_for_by_the_device_is_dark_chosen_here():
    assert block('@media (prefers-color-scheme: dark) :root:not([data-theme="light"])') == block(
        ':root[data-theme="dark"]'
    )


@pytest.mark.parametrize("name", [name for name in themes() if LOW in name])
def test_low_stimulus_has_no_colour_but_ink_paper_and_line(name):
    theme = themes()[name]
    tokens = (*GROUNDS, *TEXTS, "edge", "on-sea", "on-dusk")
    assert {colour(theme, token) for token in tokens} == {theme["ink"], theme["paper"]}
    assert theme["motion"] == "0ms"
