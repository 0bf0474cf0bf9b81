"""Stretches of days, one below the other, over an axis of months."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sameboat.study.charts.later import drawsvg
from sameboat.study.charts.paper import COLOURS, cut, letters, line, paper, svg_of, wide

ROW, LONG, TOP, LONGEST = 34, 480, 34, 40


@dataclass(frozen=True)
class Stretch:
    """From a day to a day, that day within it; without an end it goes on, until `until` is drawn."""

    name: str
    start: datetime.date
    end: datetime.date | None


def timeline(name: str, title: str, words: str, stretches: Sequence[Stretch], until: datetime.date) -> str:
    """`until`: where what has no end is cut off, with a broken edge."""
    first = min((one.start for one in stretches), default=until)
    last = max([until, *(one.end or one.start for one in stretches)])
    left = wide([cut(one.name, LONGEST) for one in stretches]) + 14
    a_day = LONG / ((last - first).days + 1)
    drawing = paper(name, left + LONG + 150, TOP + ROW * len(stretches) + 8, title, words)
    for month in _months(first, last):
        x = left + a_day * (month - first).days
        drawing.append(line(x, TOP - 8, x, TOP + ROW * len(stretches)))
        drawing.append(letters(f"{month:%b} {month.year}" if month.month == 1 else f"{month:%b}", x + 4, 12, soft=True))
    for number, one in enumerate(stretches):
        _row(drawing, one, until, left, a_day, first, TOP + ROW * (number + 0.5))
    return svg_of(drawing)


def _row(
    drawing: drawsvg.Drawing,
    one: Stretch,
    until: datetime.date,
    left: float,
    a_day: float,
    first: datetime.date,
    y: float,
) -> None:
    end = one.end or max(until, one.start)
    x = left + a_day * (one.start - first).days
    long = max(a_day * ((end - one.start).days + 1), 3)
    looks = {} if one.end else {"stroke_dasharray": "5 4", "fill_opacity": 0.35}
    drawing.append(letters(cut(one.name, LONGEST), 0, y))
    drawing.append(
        drawsvg.Rectangle(x, y - 9, long, 18, rx=3, fill=COLOURS[0], stroke=COLOURS[0], class_="mark", **looks)
    )
    says = f"{_day(one.start)} – {_day(one.end)}" if one.end else f"since {_day(one.start)}"
    drawing.append(letters(says, x + long + 7, y, soft=True, size=13))


def _day(day: datetime.date) -> str:
    return f"{day.day} {day:%b}"


def _months(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    """The first day of each month between; of long stretches not of every month."""
    step = max(1, (last - first).days // 365 + 1)
    month = first.replace(day=1)
    while month <= last:
        if month >= first and (month.month - 1) % step == 0:
            yield month
        month = (month + datetime.timedelta(days=32)).replace(day=1)
