"""What every writer asks of a report's parts."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from sameboat.study.report.shapes import Cell, Quotation, Report, Run, Table
from sameboat.study.text.plain import storable

# More columns than this do not fit across a page.
_COLUMNS = 8


def runs_of(text: str | tuple[Run, ...]) -> tuple[Run, ...]:
    """Runs, of which there is one where the words are all alike."""
    runs = (Run(text),) if isinstance(text, str) else text
    return tuple(Run(storable(run.text), run.strong, run.emphasis) for run in runs)


def words_of(cell: Cell) -> str:
    """A cell as a person reads it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return format(cell, ".4g")
    if isinstance(cell, datetime.datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    return cell.isoformat() if isinstance(cell, datetime.date) else storable(str(cell))


def is_number(cell: Cell) -> bool:
    """Whether it is set to the right."""
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def whose(quotation: Quotation) -> str:
    """The line under a quotation."""
    return storable(", ".join(part for part in (quotation.participant, quotation.place) if part))


def facts_of(report: Report) -> list[tuple[str, str]]:
    """What stands under the title, with the day at the end."""
    facts = [(storable(name), storable(value)) for name, value in report.facts]
    return [*facts, ("Made on", report.made_on.isoformat())] if report.made_on else facts


def across_pages(table: Table) -> Iterator[Table]:
    """A table that is too wide for a page in several, each with the first column again."""
    if len(table.head) <= _COLUMNS:
        yield table
        return
    step = _COLUMNS - 1
    for first in range(1, len(table.head), step):
        columns = (0, *range(first, min(first + step, len(table.head))))
        head = tuple(table.head[column] for column in columns)
        rows = tuple(tuple(row[column] for column in columns) for row in table.rows)
        caption = table.caption if first == 1 else f"{table.caption} (continued)".strip()
        yield Table(head, rows, caption, table.heads_rows)
