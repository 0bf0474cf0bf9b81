"""The thematic map: themes around what the study asks, each with its codes; a code of two themes hangs on both."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from sameboat.study.charts.later import drawsvg
from sameboat.study.charts.paper import INK, PAPER, SIZE, cut, letters, look, paper, svg_of

HIGH, WIDE, ROW = 66, 250, 26
MIDDLE = 240


@dataclass(frozen=True)
class MapTheme:
    """A theme on the map: its colour, the words under its name, and its codes by name."""

    name: str
    status: str
    colour: str
    codes: tuple[str, ...]


def theme_map(name: str, title: str, words: str, themes: Sequence[MapTheme]) -> str:
    """Themes stand left and right of the middle by turns, their codes outside of them."""
    sides = (list(themes[0::2]), list(themes[1::2]))
    heights = [sum(_height(theme) for theme in side) for side in sides]
    width, height = 2 * (MIDDLE + WIDE + 200) - 60, max([*heights, 120]) + 20
    centre = width / 2, height / 2
    drawing = paper(name, width, height, title, words)
    placed = []
    for side, of in enumerate(sides):
        y = (height - heights[side]) / 2
        for theme in of:
            placed.append((theme, side, y + _height(theme) / 2, look(themes.index(theme), theme.colour)))
            y += _height(theme)
    for _, side, y, _ in placed:
        x = centre[0] + (1 if side else -1) * (MIDDLE - 110)
        drawing.append(_bow(centre, (x, y)))
    _middle(drawing, title, centre)
    for theme, side, y, filled in placed:
        _theme(drawing, theme, centre[0], 1 if side else -1, y, filled)
    return svg_of(drawing)


def _height(theme: MapTheme) -> float:
    return max(HIGH, ROW * len(theme.codes)) + 26


def _bow(start: tuple[float, float], end: tuple[float, float]) -> drawsvg.Path:
    half = (start[0] + end[0]) / 2
    bent = (
        f"M{start[0]:.1f},{start[1]:.1f} C{half:.1f},{start[1]:.1f} {half:.1f},{end[1]:.1f} {end[0]:.1f},{end[1]:.1f}"
    )
    return drawsvg.Path(bent, fill="none", stroke="#7d8b8a", stroke_width=1.5, class_="thread")


def _middle(drawing: drawsvg.Drawing, title: str, centre: tuple[float, float]) -> None:
    said = textwrap.wrap(title, 20)[:4]
    high = 22 * len(said) + 24
    drawing.append(
        drawsvg.Rectangle(
            centre[0] - 92,
            centre[1] - high / 2,
            184,
            high,
            rx=14,
            fill=PAPER,
            stroke=INK,
            stroke_width=1.5,
            class_="sheet",
        )
    )
    for number, words in enumerate(said):
        y = centre[1] + 22 * (number - (len(said) - 1) / 2)
        drawing.append(letters(words, centre[0], y, anchor="middle", strong=True))


def _theme(drawing: drawsvg.Drawing, theme: MapTheme, middle: float, way: int, y: float, filled: object) -> None:
    near = middle + way * (MIDDLE - 110)
    left = near if way > 0 else near - WIDE
    for number, code in enumerate(theme.codes):
        at = y + ROW * (number - (len(theme.codes) - 1) / 2)
        far = near + way * (WIDE + 46)
        drawing.append(_bow((near + way * WIDE, y), (far, at)))
        drawing.append(letters(cut(code, 28), far + way * 6, at, anchor="start" if way > 0 else "end"))
    drawing.append(
        drawsvg.Rectangle(left, y - HIGH / 2, WIDE, HIGH, rx=10, fill=PAPER, stroke=INK, stroke_width=1, class_="sheet")
    )
    drawing.append(drawsvg.Rectangle(left + 8, y - HIGH / 2 + 10, 9, HIGH - 20, rx=3, fill=filled))
    said = textwrap.wrap(theme.name, 27)[:2]
    for number, words in enumerate(said):
        drawing.append(letters(words, left + 26, y - 5 + 18 * (number - len(said) / 2) + 2, strong=True))
    drawing.append(letters(theme.status, left + 26, y + HIGH / 2 - 13, soft=True, size=SIZE - 1))
