"""Verbs on the codebook: new codes, what they mean and look like, where they stand."""

from __future__ import annotations

import datetime
import re
import uuid
from typing import Any

from sameboat.study.coding import access
from sameboat.study.coding.actions.spans import must_be_of, must_lie_inside, put
from sameboat.study.coding.models import Code, Span
from sameboat.study.coding.palette import PATTERNS, free_look, is_colour
from sameboat.study.coding.refusals import IntoItself, NameMissing, NameTaken, NotAColour
from sameboat.study.ledger.acts import Act, act
from sameboat.study.team.access import Seat

LONGEST_NAME = 300
IN_VIVO_NAME = 120


def add_code(
    seat: Seat,
    name: str,
    *,
    now: datetime.datetime,
    parent: uuid.UUID | None = None,
    id: uuid.UUID | None = None,
    **fields: Any,
) -> tuple[Code, Act]:
    """A new code, last among its siblings. The same `id` again is the same code. Raises NotHere, NameTaken, …"""
    with act(seat.study, seat.researcher, "add code", label=name, now=now) as doing:
        made = _known(seat, id) or make(doing, seat, name, now=now, parent=parent, id=id, **fields)
    return made, doing


def make(
    doing: Act,
    seat: Seat,
    name: str,
    *,
    now: datetime.datetime,
    parent: uuid.UUID | None = None,
    id: uuid.UUID | None = None,
    **fields: Any,
) -> Code:
    """Inside an act: a new code, with a look of its own where none is given."""
    every = list(access.codes(seat))
    place = access.code(seat, parent).id if parent else None
    name = _name(name)
    siblings = [one for one in every if one.parent_id == place]
    _must_be_free(siblings, name)
    colour, pattern = free_look({(one.colour, one.pattern) for one in every})
    known = {"colour": colour, "pattern": pattern, **_checked(fields)}
    made = Code(
        id=id or uuid.uuid4(), study=seat.study, parent_id=place, name=name, position=len(siblings),
        created_by=seat.researcher, created_at=now, **known,
    )  # fmt: skip
    doing.add(made)
    return made


def add_in_vivo(
    seat: Seat,
    document_id: uuid.UUID,
    start: int,
    end: int,
    *,
    now: datetime.datetime,
    code_id: uuid.UUID | None = None,
    span_id: uuid.UUID | None = None,
    version: int | None = None,
    **fields: Any,
) -> tuple[Code, Span, Act]:
    """The words themselves become a code, put on them. A code of that name is used again.

    Raises NotHere, TextMended, PastTheEnd.
    """
    with act(seat.study, seat.researcher, "code in their words", now=now) as doing:
        document = access.document(seat, document_id)
        must_be_of(document, version)
        must_lie_inside(document, start, end)
        name = re.sub(r"\s+", " ", document.text[start:end]).strip()[:IN_VIVO_NAME].strip()
        same = next((one for one in access.codes(seat) if one.name.casefold() == name.casefold()), None)
        code = same or make(doing, seat, name, now=now, id=code_id, **fields)
        doing.label = code.name
        span = put(doing, seat, document, code, start, end, now, id=span_id)
    return code, span, doing


def edit_code(seat: Seat, code_id: uuid.UUID, *, now: datetime.datetime, **fields: Any) -> tuple[Code, Act]:
    """Changes what a code is called, means or looks like. Raises NotHere, NameTaken, NameMissing, NotAColour."""
    with act(seat.study, seat.researcher, "edit code", now=now) as doing:
        code = access.code(seat, code_id)
        doing.label = code.name
        if "name" in fields:
            fields["name"] = _name(fields["name"])
            others = access.codes(seat).filter(parent=code.parent_id).exclude(id=code.id)
            _must_be_free(list(others), fields["name"])
        doing.change(code, **_checked(fields))
    return code, doing


def move_code(
    seat: Seat, code_id: uuid.UUID, parent: uuid.UUID | None, position: int, *, now: datetime.datetime
) -> tuple[Code, Act]:
    """Puts a code under another (or at the top) as the nth of its new siblings. Raises IntoItself, NameTaken."""
    with act(seat.study, seat.researcher, "move code", now=now) as doing:
        every = list(access.codebook(seat))
        code = access.code(seat, code_id)
        doing.label = code.name
        place = access.code(seat, parent).id if parent else None
        if place is not None and (place == code.id or place in access.below(every, code.id)):
            raise IntoItself
        siblings = [one for one in every if one.parent_id == place and one.id != code.id]
        _must_be_free(siblings, code.name)
        doing.change(code, parent_id=place)
        siblings.insert(max(0, min(position, len(siblings))), code)
        for index, one in enumerate(siblings):
            doing.change(one, position=index)
    return code, doing


def _known(seat: Seat, id: uuid.UUID | None) -> Code | None:
    return Code.objects.filter(study=seat.study, id=id).first() if id else None


def _name(text: str) -> str:
    name = re.sub(r"\s+", " ", text).strip()[:LONGEST_NAME]
    if not name:
        raise NameMissing
    return name


def _must_be_free(siblings: list[Code], name: str) -> None:
    if any(one.name.casefold() == name.casefold() for one in siblings):
        raise NameTaken


def _checked(fields: dict[str, Any]) -> dict[str, Any]:
    if "colour" in fields:
        fields["colour"] = fields["colour"].lower()
        if not is_colour(fields["colour"]):
            raise NotAColour
    if "pattern" in fields and fields["pattern"] not in PATTERNS:
        fields["pattern"] = PATTERNS[0]
    return fields
