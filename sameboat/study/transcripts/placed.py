"""Whatever stands at a place of a text, and moves with its words: passages, and what participants said to some."""

from __future__ import annotations

from typing import Any

from sameboat.study.ledger.images import kinds
from sameboat.study.transcripts.models import Document

_PLACE = {"document_id", "start", "end"}


def rows_in(document: Document, *, after: int = 0) -> list[Any]:
    """Rows of every kind that has a place, if they end behind `after`: other apps' own, known by their columns."""
    found = [kind.model for kind in kinds.by_name.values() if kind.write.keys() >= _PLACE]
    return [row for model in found for row in model._base_manager.filter(document=document, end__gt=after)]
