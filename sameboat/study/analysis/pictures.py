"""The charts of a study, each with the table that says the same."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sameboat.study.analysis.matrix import Line, Matrix, matrix, meetings, passages
from sameboat.study.charts import Bar, bars, squares
from sameboat.study.coding import access
from sameboat.study.coding.coverage import coverage
from sameboat.study.coding.places import places
from sameboat.study.team.access import Seat

MOST_ROWS, MOST_TOGETHER = 60, 24
Names = Mapping[uuid.UUID, str]


@dataclass(frozen=True)
class Chart:
    """A drawing and the same figures as a table: a head, and rows whose first cell names them.

    `cut` says how many there are where a drawing has no room for all.
    """

    name: str
    title: str
    about: str
    svg: str
    head: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]
    cut: str = ""


def charts(seat: Seat, names: Names = MappingProxyType({})) -> list[Chart]:
    """Every chart of which there is something to draw. `names` are those of codes and themes that are to differ."""
    found = (often(seat, names), together(seat, names), across(seat, names), covered(seat))
    return [one for one in found if one.rows and len(one.head) > 1]


def often(seat: Seat, names: Names) -> Chart:
    """Codes by participant, in passages."""
    seen = matrix(seat, "codes", "participants")
    used = [row for row in seen.rows if _of_row(seen, row)]
    rows = _named(sorted(used, key=lambda row: -_of_row(seen, row))[:MOST_ROWS], names)
    return _table_of(
        "often", "Codes by participant", "Passages of each code, by whose they are. The larger the square, the more.",
        rows, seen.columns, [[_passages(seen, row, column) for column in seen.columns] for row in rows],
        cut=_cut(len(rows), len(used)),
    )  # fmt: skip


def together(seat: Seat, names: Names) -> Chart:
    """Which codes stand in the same turn of talk; the commonest codes."""
    on_code = passages(seat, places(seat))
    often_met = meetings(on_code)
    totals = {code: sum(len(of) for of in texts.values()) for code, texts in on_code.items()}
    named = [Line(one.id, one.name) for one in access.codebook(seat) if totals.get(one.id)]
    lines = _named(sorted(named, key=lambda line: (-totals[line.id], line.name))[:MOST_TOGETHER], names)
    return _table_of(
        "together", "Codes that meet", "In how many turns of talk two codes stand together.",
        lines, lines, [[often_met.get((row.id, column.id), 0) for column in lines] for row in lines],
        cut=_cut(len(lines), len(named)),
    )  # fmt: skip


def _named(lines: Iterable[Line], names: Names) -> list[Line]:
    return [Line(one.id, names.get(one.id, one.name)) for one in lines]


def _table_of(
    name: str, title: str, about: str, rows: list[Line], columns: list[Line], values: list[list[int]], cut: str
) -> Chart:
    names, heads = [row.name for row in rows], [column.name for column in columns]
    svg = squares(name, title, about, names, heads, values)
    table: tuple[tuple[str | int, ...], ...] = tuple((row, *of) for row, of in zip(names, values, strict=True))
    return Chart(name, title, about, svg, ("", *heads), table, cut)


def _cut(shown: int, whole: int) -> str:
    return f"The {shown} most frequent of {whole} codes." if shown < whole else ""


def across(seat: Seat, names: Names) -> Chart:
    """Themes by group: what share of a group's words speaks to each."""
    seen = matrix(seat, "themes", "groups")
    heads = [column.name for column in seen.columns]
    about = "What share of all that was said in a group stands under each theme."
    rows = [(row.name, [_share_bar(seen, row, column) for column in seen.columns])
            for row in _named(seen.rows, names)]  # fmt: skip
    svg = bars("across", "Themes by group", about, heads, rows)
    table = tuple((name, *(bar.says for bar in of)) for name, of in rows)
    return Chart("across", "Themes by group", about, svg, ("", *heads), table)


def covered(seat: Seat) -> Chart:
    """How much of what each participant said bears a code."""
    whose, found = places(seat), coverage(seat)
    rows = []
    for one in whose.participants.values():
        texts = [found[place.id] for place in whose.of_participant[one.id] if place.id in found]
        words, coded = sum(text.words for text in texts), sum(text.coded for text in texts)
        if words:
            rows.append((one.code, [Bar(coded / words, f"{coded / words:.0%}")], words, coded))
    about = "What share of each participant's words bears a code."
    svg = bars("covered", "How much is coded", about, ["coded"], [row[:2] for row in rows], most=1)
    table = tuple((code, words, coded, of[0].says) for code, of, words, coded in rows)
    return Chart("covered", "How much is coded", about, svg, ("", "words", "coded", "share"), table)


def _share_bar(seen: Matrix, row: Line, column: Line) -> Bar:
    cell = seen.cells.get((row.id, column.id))
    return Bar(cell.share, f"{cell.share:.0%}") if cell else Bar(0, "0%")


def _passages(seen: Matrix, row: Line, column: Line) -> int:
    cell = seen.cells.get((row.id, column.id))
    return cell.passages if cell else 0


def _of_row(seen: Matrix, row: Line) -> int:
    return sum(_passages(seen, row, column) for column in seen.columns)
