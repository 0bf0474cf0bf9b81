"""The only ways to a sealed report or an act: the sender's own random id, or being an operator."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.shortcuts import get_object_or_404

from sameboat.circles.models import Circle, LogEvent
from sameboat.lib.refusals import NotHere
from sameboat.oversight.models import Act, Away, Report
from sameboat.protocol.encoding import enc, un_b64u
from sameboat.protocol.failures import Failure
from sameboat.protocol.primitives import check_box_key
from sameboat.staff.models import Person

CARRIED = 1


def contact_key() -> bytes | None:
    """The public half of the key that reports are sealed to; None where the site has none."""
    try:
        key = un_b64u(settings.CONTACT_KEY)
        check_box_key(key)
    except Failure:
        return None
    return key


def away_until(today: datetime.date) -> datetime.date | None:
    """The last day on which nobody can open a report, where somebody has said so."""
    away = Away.objects.filter(until__gte=today).first()
    return away.until if away else None


def somebody_reads(today: datetime.date) -> bool:
    """Whether a report sent now can be opened by anyone in the next days."""
    return contact_key() is not None and away_until(today) is None


def report_by_id(report: bytes) -> Report:
    """Whoever knows its 128 random bits sent it, or was told."""
    found = Report.objects.filter(report=report).first()
    if found is None:
        raise NotHere
    return found


def report_for_operator(number: int) -> Report:
    return get_object_or_404(Report, pk=number)


def act_for_operator(number: int) -> Act:
    return get_object_or_404(Act, pk=number)


def carried(report: Report) -> bytes:
    """What two people take to a computer of their own: the report as it came, and its circle's log (SPEC 15)."""
    rows = LogEvent.objects.everywhere("the log of a reported circle: no content, opened by two").filter(
        circle=bytes(report.circle)
    )
    wires = [bytes(wire) for wire in rows.order_by("seq").values_list("wire", flat=True)]
    return enc([CARRIED, bytes(report.circle), bytes(report.sender), bytes(report.report), bytes(report.sealed), wires])


def group(circle: bytes) -> Circle:
    """A group that is there, by its id; one's own pages are none."""
    found = Circle.objects.filter(pk=circle, kind=2).first()
    if found is None:
        raise NotHere
    return found


def two_people() -> bool:
    """Whether there are two who run this site, so that anything here can be done at all."""
    return Person.objects.filter(role=Person.Role.OPERATOR, is_active=True).count() > 1
