"""The codebook as a tree, today's or that of any day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from sameboat.study.coding import access
from sameboat.study.ledger.history import as_of
from sameboat.study.team.access import Seat


@dataclass
class Leaf:
    """A code with the codes below it. `row` has a code's columns; `count` is how many passages bear it, if known."""

    row: dict[str, Any]
    count: int | None
    below: list[Leaf] = field(default_factory=list)

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Leaf]]:
        """This and everything below, with how deep it stands."""
        yield depth, self
        for leaf in self.below:
            yield from leaf.walk(depth + 1)


def codebook(seat: Seat, moment: datetime.datetime | None = None) -> list[Leaf]:
    """The topmost codes; of a moment without counts, because passages are another matter."""
    if moment is None:
        counts = dict(access.spans(seat).values_list("code").annotate(Count("id")).order_by())
        rows = [(_columns(one), counts.get(one.id, 0)) for one in access.codes(seat)]
    else:
        images = as_of(seat.study, "code", moment).values()
        rows = [(one, None) for one in images if one["trashed_at"] is None]
    return _tree([Leaf(row, count) for row, count in rows])


def _columns(code: Any) -> dict[str, Any]:
    row = {name.attname: getattr(code, name.attname) for name in code._meta.concrete_fields}
    return {**row, "id": str(code.id), "parent_id": str(code.parent_id) if code.parent_id else None}


def _tree(leaves: list[Leaf]) -> list[Leaf]:
    by_id = {leaf.row["id"]: leaf for leaf in leaves}
    top: list[Leaf] = []
    for leaf in sorted(leaves, key=lambda one: (one.row["position"], one.row["name"])):
        above = by_id.get(leaf.row["parent_id"])
        (above.below if above else top).append(leaf)
    return top
