"""Verbs on recruitment: by which criteria groups are asked, which could be, which were, and what they said."""

from __future__ import annotations

import csv
import datetime
import io
import json
import math
import uuid
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sameboat.lib.refusals import Refusal
from sameboat.study.fieldwork.access import one
from sameboat.study.fieldwork.actions import add, change, remove
from sameboat.study.fieldwork.models import Candidate, Criterion, Group
from sameboat.study.fieldwork.refusals import LetterTaken, NameMissing, NotAList, WordsMissing
from sameboat.study.fieldwork.typed import NotANumber, number
from sameboat.study.ledger.acts import act
from sameboat.study.readers.encoding import decode
from sameboat.study.team.access import Seat

EARTH_MILES = 3958.8
MOST = 5000
Place = tuple[float, float]


class Listed(NamedTuple):
    """One group on a list: degrees where known, miles where the list says so."""

    name: str
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    miles: float | None = None


def add_criterion(seat: Seat, text: str, *, now: datetime.datetime) -> Criterion:
    """A reason to ask a group or not. Raises WordsMissing."""
    if not text:
        raise WordsMissing
    order = Criterion.objects.filter(study=seat.study).count()
    made = Criterion(study=seat.study, text=text, order=order)
    add(seat, "add criterion", text, made, taken=WordsMissing(), now=now)
    return made


def remove_criterion(seat: Seat, criterion_id: uuid.UUID, *, now: datetime.datetime) -> None:
    """Takes a criterion off the list. Raises NotHere."""
    found = one(seat, Criterion, criterion_id)
    remove(seat, "remove criterion", found.text, found, now=now)


def add_candidate(seat: Seat, listed: Listed, source: str, *, now: datetime.datetime) -> Candidate:
    """A group that could be asked. Raises NameMissing."""
    if not listed.name:
        raise NameMissing
    made = _candidate(seat, listed, source)
    add(seat, "add candidate", listed.name, made, taken=NameMissing(), now=now)
    return made


def edit_candidate(seat: Seat, candidate_id: uuid.UUID, *, now: datetime.datetime, **values: Any) -> Candidate:
    """Its name, when it was asked, what it answered, which criteria it meets. Raises NotHere, NameMissing."""
    found = one(seat, Candidate, candidate_id)
    if not values.get("name", found.name):
        raise NameMissing
    change(seat, "edit candidate", found.name, found, taken=NameMissing(), now=now, **values)
    return found


def remove_candidate(seat: Seat, candidate_id: uuid.UUID, *, now: datetime.datetime) -> None:
    """Takes a group off the list; a group of the study that it became stays. Raises NotHere."""
    found = one(seat, Candidate, candidate_id)
    remove(seat, "remove candidate", found.name, found, now=now)


def take_on(seat: Seat, candidate_id: uuid.UUID, letter: str, *, now: datetime.datetime) -> Group:
    """The group said yes: it becomes a group of the study. Raises NotHere, LetterTaken."""
    found = one(seat, Candidate, candidate_id)
    letter = letter.strip()[:4] or _next_letter(seat)
    if Group.objects.filter(study=seat.study, letter__iexact=letter).exists():
        raise LetterTaken
    with act(seat.study, seat.researcher, "add group", label=letter, now=now) as doing:
        group = Group(study=seat.study, letter=letter, name=found.name)
        doing.add(group)
        doing.change(found, became_id=group.id)
    return group


def _next_letter(seat: Seat) -> str:
    taken = {letter.upper() for letter in Group.objects.filter(study=seat.study).values_list("letter", flat=True)}
    return next(letter for letter in map(_lettered, range(MOST)) if letter not in taken)


def _lettered(at: int) -> str:
    """A … Z, AA … ZZ, AAA …"""
    return (_lettered(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)


def bring_list(seat: Seat, name: str, content: bytes, here: Place | None, *, now: datetime.datetime) -> int:
    """Adds the groups of a table or of a directory's feed that are not on the list yet; how many. Raises NotAList."""
    text = decode(name, content).text
    rows = _feed(text) if text.lstrip()[:1] in ("{", "[") else _table(text)
    known = {(one.name.casefold(), one.place.casefold()) for one in Candidate.objects.filter(study=seat.study)}
    fresh = {(row.name.casefold(), row.place.casefold()): row for row in rows if row.name}
    if not fresh:
        raise NotAList
    made = [_candidate(seat, _measured(row, here), name[:200]) for key, row in fresh.items() if key not in known]
    with act(seat.study, seat.researcher, "bring in a list of groups", label=name, now=now) as doing:
        doing.add_all(made[:MOST])
    return len(made[:MOST])


def _candidate(seat: Seat, listed: Listed, source: str) -> Candidate:
    return Candidate(
        study=seat.study, name=listed.name[:200], place=listed.place[:200], lat=listed.lat, lon=listed.lon,
        miles=listed.miles, source=source,
    )  # fmt: skip


def _measured(row: Listed, here: Place | None) -> Listed:
    if row.miles is None and here is not None and row.lat is not None and row.lon is not None:
        return row._replace(miles=round(miles_between(here, (row.lat, row.lon)), 1))
    return row


def miles_between(one: Place, other: Place) -> float:
    """Along the great circle (haversine), in statute miles; places in degrees."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(math.radians, place)) for place in (one, other))
    inner = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_MILES * math.asin(min(1.0, math.sqrt(inner)))


def _table(text: str) -> Iterator[Listed]:
    """A table with a line of headings: name, and place, miles, lat, lon where there are such."""
    first = text.split("\n", 1)[0]
    rows = csv.DictReader(io.StringIO(text), delimiter=max(",;\t", key=first.count))
    headings = {(heading or "").strip().casefold(): heading for heading in rows.fieldnames or ()}
    if "name" not in headings:
        raise NotAList("The first line of the table should hold headings, one of them “name”. Nothing was added.")
    for line, row in enumerate(rows, 2):
        cell = {known: str(row.get(heading) or "").strip() for known, heading in headings.items()}
        try:
            yield Listed(
                cell["name"], cell.get("place", ""), number(cell.get("lat", "")), number(cell.get("lon", "")),
                number(cell.get("miles", "")),
            )  # fmt: skip
        except NotANumber:
            raise NotAList(f"Line {line}: miles, lat and lon must be numbers or empty. Nothing was added.") from None


def _feed(text: str) -> Iterable[Listed]:
    """Services of a feed in Open Referral UK: a list, or a page of one under `contents`."""
    try:
        found = json.loads(text)
        services = found if isinstance(found, list) else found.get("contents") or found.get("content") or [found]
        return [_service(one) for one in services]
    except (ValueError, AttributeError, TypeError, KeyError, IndexError, RecursionError) as wrong:
        raise NotAList from wrong


def _service(service: dict[str, Any]) -> Listed:
    places = [one.get("location") or {} for one in service.get("service_at_locations") or ()]
    location = next((one for one in places if one), {})
    addresses = location.get("addresses") or [{}]
    place = str(addresses[0].get("city") or location.get("name") or "")
    lat, lon = (_degrees(location.get(name)) for name in ("latitude", "longitude"))
    return Listed(str(service.get("name") or ""), place, lat, lon)


def _degrees(said: object) -> float | None:
    try:
        return number(str(said)) if said is not None else None
    except Refusal:
        return None
