"""Bars beside each other, in groups: one group for each row, one bar for each series, its number at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sameboat.study.charts.later import drawsvg
from sameboat.study.charts.paper import SIZE, cut, letters, line, look, paper, svg_of, wide

THICK, GAP, LONG = 18, 16, 380
LONGEST = 40


@dataclass(frozen=True)
class Bar:
    """One bar: how long it is, and what stands at its end."""

    value: float
    says: str


def bars(
    name: str, title: str, words: str, series: Sequence[str], rows: Sequence[tuple[str, Sequence[Bar]]], most: float = 0
) -> str:
    """`rows`: a name and a bar for each of the series. `most`: what a bar of full length stands for."""
    left = wide([cut(row, LONGEST) for row, _ in rows]) + 14
    ends = wide([bar.says for _, of in rows for bar in of]) + 16
    legend = 34 if len(series) > 1 else 8
    group = THICK * max(1, len(series)) + GAP
    drawing = paper(name, left + LONG + ends, legend + group * len(rows), title, words)
    looks = [look(number) for number in range(len(series))]
    if len(series) > 1:
        _legend(drawing, series, looks)
    full = most or max((bar.value for _, of in rows for bar in of), default=0) or 1
    for number, (row, of) in enumerate(rows):
        y = legend + group * number
        drawing.append(letters(cut(row, LONGEST), 0, y + (group - GAP) / 2))
        for place, bar in enumerate(of):
            long = LONG * bar.value / full
            drawing.append(
                drawsvg.Rectangle(left, y + THICK * place, max(long, 1), THICK - 3, fill=looks[place], class_="mark")
            )
            drawing.append(letters(bar.says, left + long + 6, y + THICK * place + (THICK - 3) / 2))
    drawing.append(line(left, legend - 4, left, legend + group * len(rows) - GAP + 4, width=1.5))
    return svg_of(drawing)


def _legend(drawing: drawsvg.Drawing, series: Sequence[str], looks: Sequence[object]) -> None:
    x = 0.0
    for words, filled in zip(series, looks, strict=True):
        drawing.append(drawsvg.Rectangle(x, 3, 16, 16, fill=filled, class_="mark"))
        drawing.append(letters(cut(words, 24), x + 22, 11))
        x += 22 + wide([cut(words, 24)], SIZE) + 22
