"""The audit trail as a CSV file, a row for each row that was touched."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator

from sameboat.study.ledger.images import Change, from_text
from sameboat.study.ledger.models import Entry
from sameboat.study.ledger.scrubbing import Cleaner, worded

HEADINGS = ("entry", "when", "who", "what", "about", "undoes", "kind", "row", "before", "after")
# A spreadsheet takes these for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(value: object) -> str:
    """A value as a cell that no spreadsheet runs."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


class Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(entries: Iterable[Entry], clean: Cleaner) -> Iterator[str]:
    """The lines of the file, beginning with its headings; UTF-8 with a mark, so that spreadsheets know.

    What people wrote passes through `clean`, which takes any JSON value.
    """
    writer = csv.writer(Echo())
    yield "\ufeff" + writer.writerow(HEADINGS)
    for entry in entries:
        who = entry.researcher.name if entry.researcher else ""
        label = clean(entry.label)
        start = (entry.pk, entry.at.isoformat(timespec="seconds"), who, entry.verb, label, entry.undoes_id)
        changes: list[Change | None] = [*from_text(entry.changes)]
        for change in changes or [None]:
            rest = _row(change, clean) if change else ("", "", "", "")
            yield writer.writerow([cell(one) for one in (*start, *rest)])


def _row(change: Change, clean: Cleaner) -> tuple[str, str, str, str]:
    before, after = (worded(change.kind, image, clean) for image in (change.before, change.after))
    return change.kind, change.id, _json(before), _json(after)


def _json(image: object) -> str:
    return "" if image is None else json.dumps(image, ensure_ascii=False)
