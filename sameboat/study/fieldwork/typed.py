"""What somebody typed into a form, as values; each problem with a sentence that names the field."""

from __future__ import annotations

import datetime

from django.http import QueryDict
from django.utils.dateparse import parse_date

from sameboat.lib.refusals import Refusal

LONGEST_NOTE = 20_000
MOST_HEADINGS = 100


class NotADay(Refusal):
    status = 422
    code = "not_a_day"
    sentence = "Please give the day, for example 2026-03-17."


class NotANumber(Refusal):
    status = 422
    code = "not_a_number"
    sentence = "Please give a number there, or leave it empty."


def words(given: QueryDict, name: str, longest: int = LONGEST_NOTE) -> str:
    """What was typed, without space around it, cut where the column ends."""
    return given.get(name, "").strip()[:longest]


def day(given: QueryDict, name: str) -> datetime.date | None:
    """A day, or None where nothing was typed. Raises NotADay."""
    typed = given.get(name, "").strip()
    try:
        found = parse_date(typed) if typed else None
    except ValueError:
        found = None
    if typed and found is None:
        raise NotADay
    return found


def needed_day(given: QueryDict, name: str) -> datetime.date:
    """A day. Raises NotADay."""
    found = day(given, name)
    if found is None:
        raise NotADay
    return found


def number(typed: str) -> float | None:
    """A number, or None where nothing was typed; a comma counts as a point. Raises NotANumber."""
    if not typed.strip():
        return None
    try:
        found = float(typed.strip().replace(",", "."))
    except ValueError:
        raise NotANumber from None
    if not abs(found) < 1e9:
        raise NotANumber
    return found


def headings(given: QueryDict) -> dict[str, str]:
    """Facts under headings of one's own: pairs of fields `heading` and `said`; empty ones are left out."""
    pairs = zip(given.getlist("heading")[:MOST_HEADINGS], given.getlist("said"), strict=False)
    said = {heading.strip()[:200]: text.strip()[:LONGEST_NOTE] for heading, text in pairs}
    return {heading: text for heading, text in said.items() if heading and text}
