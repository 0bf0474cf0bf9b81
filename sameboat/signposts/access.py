"""What the public pages may show of the help table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.shortcuts import get_object_or_404

from sameboat.signposts.countries import BY_CODE
from sameboat.signposts.models import Channel, Section, Signpost

DAY_AND_NIGHT = "Day and night"


@dataclass(frozen=True)
class Part:
    """One of the four choices, with its rows in the order of the table."""

    section: Section
    signposts: list[Signpost]


def help_in(country: str) -> list[Part]:
    """All four choices for a country; a choice without rows is there too, and the page says so."""
    rows = list(Signpost.objects.shown_in(country))
    return [Part(section, [row for row in rows if row.section == section]) for section in Section]


def to_ring(country: str) -> dict[str, Any]:
    """For the app inside: the country's code and emergency number, and a line for everyone, day and night, or None."""
    lines = Signpost.objects.shown_in(country).filter(section=Section.TALK, channel=Channel.RING)
    night = lines.filter(for_whom="", hours=DAY_AND_NIGHT).first()
    return {
        "code": country,
        "emergency": BY_CODE[country].emergency,
        "night": None if night is None else {"name": night.name, "number": night.number},
    }


def young_in(country: str) -> list[Signpost]:
    """Rows for people under 18, by telephone or in writing."""
    return list(Signpost.objects.shown_in(country).filter(young=True))


def signpost_page(key: str) -> Signpost:
    """A shown row that is a web address; anything else raises Http404."""
    return get_object_or_404(Signpost, key=key, channel=Channel.PAGE, shown=True)
