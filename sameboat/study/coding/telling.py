"""How the coding screen is told of rows: spans as short lists, and what an entry of the ledger changed."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from sameboat.study.coding import access
from sameboat.study.coding.models import Code, Span
from sameboat.study.ledger.images import Change, from_text
from sameboat.study.ledger.models import Entry
from sameboat.study.team.access import Seat

COLUMNS = ("id", "code_id", "start", "end", "author_id", "created_at")
TOLD_KINDS = ("code", "memo", "span")


def span_json(span: Span) -> list[Any]:
    """[id, code, start, end, author, seconds since 1970, document]."""
    at = int(span.created_at.timestamp())
    return [span.id, span.code_id, span.start, span.end, span.author_id, at, span.document_id]


def changes_json(seat: Seat, changes: Iterable[Change]) -> dict[str, Any]:
    """What a screen must do to show what these changes left: spans to put and to take away, and what to read anew.

    Told from the rows as they are now, so that it is true whenever it is read. Who is blind is told of their own.
    """
    changes = list(changes)
    touched = _touched(seat, changes)
    shown = _shown(seat, touched)
    kinds = {change.kind for change in changes}
    return {
        "spans": [span_json(span) for span in shown],
        "spans_gone": list(touched - {span.id for span in shown}),
        "codes": "code" in kinds,
        "memos": "memo" in kinds,
    }


def _touched(seat: Seat, changes: list[Change]) -> set[uuid.UUID]:
    """Ids of spans that may look different now."""
    spans: set[uuid.UUID] = set()
    binned: set[uuid.UUID] = set()
    mine = str(seat.researcher.id)
    for change in changes:
        image = change.after or change.before or {}
        if change.kind == "span" and not (seat.blind and image.get("author_id", mine) != mine):
            spans.add(uuid.UUID(change.id))
        elif change.kind == "code" and "trashed_at" in image and change.before and change.after:
            binned.add(uuid.UUID(change.id))
    if binned:
        of_codes = Span.objects.filter(study=seat.study, code__in=binned)
        spans |= set(of_codes.values_list("id", flat=True))
    if seat.blind and spans:
        others = Span.objects.filter(study=seat.study, id__in=spans).exclude(author=seat.researcher)
        spans -= set(others.values_list("id", flat=True))
    return spans


def _shown(seat: Seat, ids: set[uuid.UUID]) -> list[Span]:
    found: list[Span] = []
    every = list(ids)
    for start in range(0, len(every), 500):
        found.extend(access.spans(seat).filter(id__in=every[start : start + 500]))
    return found


def entry_json(seat: Seat, entry: Entry) -> dict[str, Any]:
    """One entry of the ledger, as the live stream tells it."""
    return {
        "entry": entry.pk,
        "by": entry.researcher_id,
        "verb": entry.verb,
        "label": entry.label,
        "changes": changes_json(seat, from_text(entry.changes)),
    }


def code_json(code: Code, count: int) -> dict[str, Any]:
    """A code as the coding screen knows it; `count` is how many passages bear it."""
    names = ("id", "name", "definition", "include", "exclude", "example", "colour", "pattern", "kind", "position")
    return {**{name: getattr(code, name) for name in names}, "parent": code.parent_id, "count": count}
