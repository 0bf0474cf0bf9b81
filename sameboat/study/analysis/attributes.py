"""Texts by what is known of them, of whose they are, and of their group: under headings of the researchers' own."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any

from sameboat.study.coding.places import Place, Places, places
from sameboat.study.team.access import Seat
from sameboat.study.transcripts.models import Document

# What a comparison by a heading is called: `is:Years`.
IS = "is:"
UNSAID = "nothing said"
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
    own = dict(Document.objects.filter(id__in=list(whose.texts)).values_list("id", "properties"))
    answering = []
    for place in whose.texts.values():
        known = [own[place.id]]
        known += [whose.participants[place.participant].properties] if place.participant else []
        known += [whose.groups[place.group].properties] if place.group else []
        if any(name.casefold() == heading and holds(_said(value)) for of in known for name, value in of.items()):
            answering.append(place.id)
    return answering


def headings(whose: Places) -> list[str]:
    """Under which headings something is known of participants or their groups, each once."""
    known = [name for of in (whose.participants, whose.groups) for one in of.values() for name in one.properties]
    return sorted({name.casefold(): name for name in reversed(known)}.values(), key=str.casefold)


def columns_by(whose: Places, heading: str) -> tuple[dict[uuid.UUID, str], dict[uuid.UUID, uuid.UUID]]:
    """What is said under a heading, by an id of its own and in order; and which of it is true of each text.

    What is known of a participant comes before what is known of their group. Nothing said is a column too.
    """
    said = {place.id: _value(whose, place, heading.casefold()) for place in whose.texts.values() if place.participant}
    ids = {value.casefold(): (_id_of(heading, value), value) for value in said.values()}
    ordered = sorted(ids.values(), key=lambda one: _place_of(one[1]))
    return dict(ordered), {text: ids[value.casefold()][0] for text, value in said.items()}


def _value(whose: Places, place: Place, heading: str) -> str:
    known = [whose.participants[place.participant].properties] if place.participant else []
    known += [whose.groups[place.group].properties] if place.group else []
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
