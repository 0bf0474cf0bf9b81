"""The verbs of a sealed report: send, read, answer, forget; and being away."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction

from sameboat.circles.refusals import Failed, IdReused
from sameboat.circles.states import states
from sameboat.oversight import access
from sameboat.oversight.models import Away, Report
from sameboat.oversight.refusals import AlreadyAnswered, NobodyCanRead, NotAnAnswer, OpenItFirst
from sameboat.protocol import verify


@dataclass(frozen=True)
class Sent:
    """A sealed report as it came: from whom it says it is, its random id, and their signature over it (SPEC 15)."""

    circle: bytes
    sender: bytes
    report: bytes
    sealed: bytes
    signature: bytes


@transaction.atomic
def send(sent: Sent, *, now: int) -> tuple[Report, bool]:
    """Stores what was sealed to the contact, and says whether it is new. The same bytes again get the first answer.

    Raises NotHere, NobodyCanRead, Failed (`not_a_member`, `bad_signature`, `bad_padding`), IdReused.
    """
    if access.contact_key() is None:
        raise NobodyCanRead
    state = states.of(access.group(sent.circle))
    try:
        verify.check_report_put(state, sent.sender, sent.report, sent.sealed, sent.signature)
    except verify.Failure as failure:
        raise Failed(failure) from None
    kind = Report.Kind.REPORT if sent.sender in state.members else Report.Kind.APPEAL
    whole = {"circle": sent.circle, "sender": sent.sender, "sealed": sent.sealed}
    row, new = Report.objects.get_or_create(report=sent.report, defaults={**whole, "kind": kind, "sent_at": now})
    if any(bytes(getattr(row, name)) != value for name, value in whole.items()):
        raise IdReused
    return row, new


def read(report: Report, *, by: str, now: int) -> None:
    """Two people have opened it, and one of them says so. The first stamp stays."""
    Report.objects.filter(pk=report.pk, read_at=None).update(read_at=now, read_by=by)


def answer(report: Report, pasted: str, *, by: str, now: int) -> None:
    """Hands on a sealed answer (base64url, spaces allowed), once. Raises NotAnAnswer, OpenItFirst, AlreadyAnswered."""
    try:
        sealed = verify.un_b64u("".join(pasted.split()))
        verify.check_sealed_size("report-answer", len(sealed))
    except verify.Failure:
        raise NotAnAnswer from None
    if report.read_at is None:
        raise OpenItFirst
    rows = Report.objects.filter(pk=report.pk, answered_at=None)
    if not rows.update(answer=sealed, answered_at=now, answered_by=by):
        raise AlreadyAnswered


def forget_reports(*, now: int) -> int:
    """Deletes what has been kept for its time; returns how many."""
    _total, by_model = Report.objects.outlived(now).delete()
    return by_model.get("oversight.Report", 0)


def say_away(until: datetime.date | None, *, by: str) -> None:
    """Until when nobody can open a report; None: from now on somebody can."""
    Away.objects.all().delete()
    if until is not None:
        Away.objects.create(id=1, until=until, said_by=by)
