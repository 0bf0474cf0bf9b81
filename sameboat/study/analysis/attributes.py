"""Texts by what is known of them, of whose they are, and of their group: under headings of the researchers' own."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any

from sameboat.study.coding.places import Places, places
from sameboat.study.team.access import Seat
from sameboat.study.transcripts.models import Document

# What a comparison by a heading is called: `is:Years`.
IS = "is:"
UNSAID = "nothing said"
Properties = dict[str, Any]
_ASKED = re.compile(r"\s*(?P<heading>[^=<>]+?)\s*(?:(?P<sign>[=<>])\s*(?P<value>.*?)\s*)?")


def texts_with(seat: Seat, asked: str) -> list[uuid.UUID]:
    """The texts of which `asked` is true: "Years" (anything is said), "Years=7", "Years>3", "Years<3".

    = compares words without regard to case; < and > compare numbers, and nothing else is more or less than anything.
    """
    found = _ASKED.fullmatch(asked)
    if found is None:
        return []
    heading, holds = found["heading"].casefold(), _test(found["sign"] or "", (found["value"] or "").casefold())
    whose = places(seat)
    return [
        text
        for text, known in _known(whose).items()
        if any(name.casefold() == heading and holds(_said(value)) for of in known for name, value in of.items())
    ]


def _known(whose: Places) -> dict[uuid.UUID, list[Properties]]:
    """What is known of each text itself, of whose it is, and of their group: in this order."""
    own = dict(Document.objects.filter(id__in=list(whose.texts)).values_list("id", "properties"))
    known: dict[uuid.UUID, list[Properties]] = {}
    for place in whose.texts.values():
        known[place.id] = [own.get(place.id, {})]
        known[place.id] += [whose.participants[place.participant].properties] if place.participant else []
        known[place.id] += [whose.groups[place.group].properties] if place.group else []
    return known


def headings(whose: Places) -> list[str]:
    """Under which headings something is known of texts, of participants or their groups, each once."""
    known = [name for of in (whose.participants, whose.groups) for one in of.values() for name in one.properties]
    known += [name for of in _known(whose).values() for name in of[0]]
    return sorted({name.casefold(): name for name in reversed(known)}.values(), key=str.casefold)


def columns_by(whose: Places, heading: str) -> tuple[dict[uuid.UUID, str], dict[uuid.UUID, uuid.UUID]]:
    """What is said under a heading, by an id of its own and in order; and which of it is true of each text.

    What is known of the text itself comes first, then what is known of the participant, then of the group. Nothing
    said is a column too; a text of nobody is in it only where something is said of it.
    """
    found = {text: _value(known, heading.casefold()) for text, known in _known(whose).items()}
    said = {text: value for text, value in found.items() if value != UNSAID or whose.texts[text].participant}
    ids = {value.casefold(): (_id_of(heading, value), value) for value in said.values()}
    ordered = sorted(ids.values(), key=lambda one: _place_of(one[1]))
    return dict(ordered), {text: ids[value.casefold()][0] for text, value in said.items()}


def _value(known: list[Properties], heading: str) -> str:
    found = (_plain(value) for of in known for name, value in of.items() if name.casefold() == heading)
    return next(filter(None, found), UNSAID)


def _id_of(heading: str, value: str) -> uuid.UUID:
    """The same wherever the same is said, so that an address can name it."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{heading.casefold()}={value.casefold()}")


def _place_of(value: str) -> tuple[bool, bool, float, str]:
    """Numbers first, from the least; then words; nothing said at the end."""
    number = _number(value)
    return value == UNSAID, number is None, number or 0.0, value.casefold()


def _test(sign: str, wanted: str) -> Callable[[str], bool]:
    if not sign:
        return bool
    if sign == "=":
        return lambda said: said == wanted
    limit = _number(wanted)
    return lambda said: _is_beyond(_number(said), limit, sign)


def _is_beyond(said: float | None, limit: float | None, sign: str) -> bool:
    if said is None or limit is None:
        return False
    return said > limit if sign == ">" else said < limit


def _plain(value: Any) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value).strip()


def _said(value: Any) -> str:
    return _plain(value).casefold()


def _number(text: str) -> float | None:
    """The number that words begin with: "7 years" is 7."""
    found = re.match(r"-?\d+(?:[.,]\d+)?", text)
    return float(found[0].replace(",", ".")) if found else None
