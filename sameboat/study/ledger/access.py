"""The audit trail as a seat may read it, and what was asked to be seen of it."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date

from sameboat.study.ledger.models import Entry
from sameboat.study.team.access import Seat


def entries(seat: Seat) -> QuerySet[Entry]:
    """The study's entries, newest first; who is blind sees nobody else's coding."""
    found = Entry.objects.filter(study=seat.study).select_related("researcher").order_by("-id")
    if not seat.blind:
        return found
    coding = Q(kinds__contains=" span ") | Q(kinds__contains=" memo ")
    return found.exclude(coding & ~Q(researcher=seat.researcher))


@dataclass(frozen=True)
class Wanted:
    """What part of the audit trail somebody asked for; empty means all."""

    who: str = ""
    verb: str = ""
    kind: str = ""
    row: str = ""
    first: str = ""
    last: str = ""

    def of(self, found: QuerySet[Entry]) -> QuerySet[Entry]:
        """The entries that fit."""
        if self.who:
            found = found.filter(researcher=_uuid(self.who))
        if self.verb:
            found = found.filter(verb=self.verb)
        if self.kind:
            found = found.filter(kinds__contains=f" {self.kind} ")
        if self.row:
            found = found.filter(changes__contains=f'"id":"{_uuid(self.row)}"')
        if (start := _midnight(self.first)) is not None:
            found = found.filter(at__gte=start)
        if (end := _midnight(self.last)) is not None:
            found = found.filter(at__lt=end + datetime.timedelta(days=1))
        return found


def wanted_of(asked: QueryDict) -> Wanted:
    return Wanted(**{name: asked.get(name, "") for name in Wanted.__dataclass_fields__})


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)


def _midnight(text: str) -> datetime.datetime | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time())) if day else None
