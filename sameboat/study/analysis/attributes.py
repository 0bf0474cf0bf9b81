"""Texts by what is known of them, of whose they are, and of their group: under headings of the researchers' own."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any

from sameboat.study.coding.places import places
from sameboat.study.team.access import Seat
from sameboat.study.transcripts.models import Document

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


def _said(value: Any) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value).strip().casefold()


def _number(text: str) -> float | None:
    """The number that words begin with: "7 years" is 7."""
    found = re.match(r"-?\d+(?:[.,]\d+)?", text)
    return float(found[0].replace(",", ".")) if found else None
