"""A comparison in another order, and only what is in one column alone or in each of them. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from sameboat.study.analysis.matrix import Cell, Line, Matrix

SORTS = {
    "book": "As they stand",
    "name": "Name",
    "most": "Most first",
    "least": "Fewest first",
    "apart": "Furthest apart first",
}
WHERE = {"any": "Anywhere", "each": "In each of them", "one": "In one of them only", "none": "In none of them"}


class Side(NamedTuple):
    """Rows that are in the same columns, under words that say in which."""

    name: str
    rows: list[Line]


def arranged(seen: Matrix, sort: str, where: str, show: str) -> Matrix:
    """`sort`: of SORTS, or a column's id (most first), or that after a minus; `where`: of WHERE, or a column's id."""
    rows = [row for row in seen.rows if _is_where(seen, row, where)]
    if sort == "name":
        rows.sort(key=lambda row: row.name.casefold())
    elif sort in ("most", "least"):
        rows.sort(key=lambda row: sum(_figures(seen, row, show)), reverse=sort == "most")
    elif sort == "apart":
        rows.sort(key=lambda row: _apart(seen, row), reverse=True)
    elif column := next((one for one in seen.columns if str(one.id) == sort.removeprefix("-")), None):
        rows.sort(key=lambda row: figure(seen.cells.get((row.id, column.id)), show), reverse=not sort.startswith("-"))
    return replace(seen, rows=rows)


def sides(seen: Matrix) -> list[Side]:
    """What is in one column alone, in some, in each and in none; each row once."""
    found = [Side(f"Only in {column.name}", [row for row in seen.rows if columns_of(seen, row) == [column]])
             for column in seen.columns]  # fmt: skip
    whole = len(seen.columns)
    some = [row for row in seen.rows if 1 < len(columns_of(seen, row)) < whole]
    found.append(Side("In both" if whole == 2 else "In each of them", _of(seen, whole)))
    if whole > 2:
        found.append(Side("In some of them", some))
    return [*found, Side("In none of them", _of(seen, 0))]


def columns_of(seen: Matrix, row: Line) -> list[Line]:
    """In which columns there is anything of a row."""
    return [column for column in seen.columns if (row.id, column.id) in seen.cells]


def figure(cell: Cell | None, show: str) -> float:
    """What a cell is sorted by, in passages, words or the share of them."""
    if cell is None:
        return 0
    return cell.share if show == "share" else cell.words if show == "words" else cell.passages


def _of(seen: Matrix, number: int) -> list[Line]:
    return [row for row in seen.rows if len(columns_of(seen, row)) == number]


def _figures(seen: Matrix, row: Line, show: str) -> list[float]:
    return [figure(seen.cells.get((row.id, column.id)), show) for column in seen.columns]


def _apart(seen: Matrix, row: Line) -> float:
    """By shares of words, so that a column with more to say does not count for more."""
    found = _figures(seen, row, "share")
    return max(found) - min(found) if found else 0


def _is_where(seen: Matrix, row: Line, where: str) -> bool:
    found = columns_of(seen, row)
    if where in ("each", "one", "none"):
        return len(found) == {"each": len(seen.columns), "one": 1, "none": 0}[where]
    return [str(one.id) for one in found] == [where] if any(str(one.id) == where for one in seen.columns) else True
