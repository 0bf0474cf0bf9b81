"""A table of squares: the larger a square, the larger its number, which stands beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sameboat.study.charts.later import drawsvg
from sameboat.study.charts.paper import COLOURS, cut, letters, line, paper, svg_of, wide

ROW, COLUMN, LARGEST = 30, 62, 22
# With many columns they stand closer, so that a page as wide as most screens shows them all.
CLOSER, MANY = 48, 10
LONGEST = 34


def squares(
    name: str, title: str, words: str, rows: Sequence[str], columns: Sequence[str], values: Sequence[Sequence[int]]
) -> str:
    """`values` by row and column; a nought is left blank. Column names that are long stand aslant."""
    left = wide([cut(row, LONGEST) for row in rows]) + 16
    aslant = any(len(column) > 6 for column in columns)
    shown = [cut(column, LONGEST) for column in columns]
    top = wide(shown) * 0.72 + 30 if aslant else 36
    right = wide(shown) * 0.72 if aslant else 10
    step = CLOSER if len(columns) > MANY else COLUMN
    drawing = paper(name, left + step * len(columns) + right, top + ROW * len(rows) + 12, title, words)
    for place, column in enumerate(shown):
        _column_head(drawing, column, left + step * (place + 0.5), top - 12, aslant)
    most = max((value for row in values for value in row), default=0)
    for number, row in enumerate(rows):
        y = top + ROW * (number + 0.5)
        drawing.append(line(0, y + ROW / 2, left + step * len(columns), y + ROW / 2))
        drawing.append(letters(cut(row, LONGEST), 0, y))
        for place, value in enumerate(values[number]):
            if value:
                _square(drawing, left + step * (place + 0.5), y, value, most)
    return svg_of(drawing)


def _column_head(drawing: drawsvg.Drawing, text: str, x: float, y: float, aslant: bool) -> None:
    if not aslant:
        drawing.append(letters(text, x, y, anchor="middle", strong=True))
        return
    group = drawsvg.Group(transform=f"translate({x:.1f} {y:.1f}) rotate(-45)")
    group.append(letters(text, 0, 0))
    drawing.append(group)


def _square(drawing: drawsvg.Drawing, x: float, y: float, value: int, most: int) -> None:
    side = max(4.0, LARGEST * math.sqrt(value / most))
    drawing.append(drawsvg.Rectangle(x - 14 - side / 2, y - side / 2, side, side, rx=2, fill=COLOURS[0], class_="mark"))
    drawing.append(letters(str(value), x + 4, y))
