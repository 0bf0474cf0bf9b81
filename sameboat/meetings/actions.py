"""The verbs of meetings: plan or change one, choose when to be told, have a calendar address, let go of the past."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator

from django.db import transaction

from sameboat.accounts.access import token_hash
from sameboat.accounts.models import Account
from sameboat.circles.actions.door import stir
from sameboat.circles.actions.log import locked
from sameboat.circles.actions.restoring import is_restoring, spans
from sameboat.circles.models import Circle, Membership
from sameboat.circles.refusals import Failed, NotRestored
from sameboat.circles.states import state_at, states
from sameboat.meetings import access
from sameboat.meetings.models import TITLE_MOST, Calendar, Meeting, Reminder
from sameboat.meetings.refusals import BadTimes, BadTitle, PlanMoved, TooManyMeetings
from sameboat.meetings.reminders import moment_after_change
from sameboat.protocol import verify
from sameboat.timetable.clocks import read_local
from sameboat.timetable.problems import Problem, TooFar
from sameboat.timetable.series import Series, check_reach, last_end

DAY = 86_400
KEPT_AFTER = 30 * DAY
MOST = 100
# How many versions one may leave out: after a restore a plan can be ahead of what is held.
AHEAD = 1_000


@transaction.atomic
def put_plan(membership: Membership, raw: bytes, signature: bytes, *, now: int) -> Meeting:
    """Takes a plan that this member signed as a host. The same bytes again get their first answer.

    Raises Failed with a name of SPEC.md, PlanMoved, BadTimes, TooManyMeetings.
    """
    circle = locked(bytes(membership.circle_id))
    state = states.of(circle)
    rows = Meeting.objects.within(membership)
    with _failing():
        plan = verify.check_plan(state, bytes(membership.member), raw, signature)
        known = rows.filter(meeting=plan.meeting).first()
        if known is not None and (bytes(known.plan), bytes(known.signature)) == (raw, signature):
            return known
        _check_new(plan, known, state.time, now=now)
    if known is not None and known.version >= plan.version:
        raise PlanMoved(access.told(known, now=now))
    if known is None and rows.count() >= MOST:
        raise TooManyMeetings
    return _kept(circle, plan, known, (bytes(membership.member), raw, signature), now=now)


@transaction.atomic
def put_again(membership: Membership, author: bytes, raw: bytes, signature: bytes, *, now: int) -> Meeting:
    """Takes back, from any member, a newer plan than the copy held that was put back (SPEC 17). Twice is once.

    In the day after only: later a host of then could bring, with a time of then, what nobody can change.

    Raises NotRestored, Failed with a name of SPEC.md, BadTimes, TooManyMeetings.
    """
    if not is_restoring(now=now):
        raise NotRestored
    lost = spans()
    circle = locked(bytes(membership.circle_id))
    rows = Meeting.objects.within(membership)
    with _failing():
        plan = verify.read_plan(raw)
        if not any(span.holds(plan.time) for span in lost):
            raise verify.Failure("clock")
        known = rows.filter(meeting=plan.meeting).first()
        # Before the log is read again from its beginning: what is here already costs nobody else a wait.
        if known is not None and known.version >= plan.version:
            return known
        verify.check_plan(state_at(circle, plan.time), author, raw, signature)
        _check_step(plan, known)
    if known is None and rows.count() >= MOST:
        raise TooManyMeetings
    return _kept(circle, plan, known, (author, raw, signature), now=now)


Signed = tuple[bytes, bytes, bytes]


def _kept(circle: Circle, plan: verify.Plan, known: Meeting | None, signed: Signed, *, now: int) -> Meeting:
    row = known or Meeting(circle=circle, meeting=plan.meeting)
    row.remind_at, row.forget_at = _when(plan, known, now=now)
    row.version = plan.version
    row.author, row.plan, row.signature = signed
    row.save()
    stir(bytes(circle.pk), "aside")
    return row


@contextlib.contextmanager
def _failing() -> Iterator[None]:
    """What fails by SPEC.md is refused by its name."""
    try:
        yield
    except verify.Failure as failure:
        raise Failed(failure) from None


def _check_new(plan: verify.Plan, known: Meeting | None, newest: int, *, now: int) -> None:
    verify.check_clock(plan.time, now)
    if plan.time < newest:
        raise verify.Failure("time_backwards")
    _check_step(plan, known)


def _check_step(plan: verify.Plan, known: Meeting | None) -> None:
    # Else one host could take the last number there is, and nobody could change the meeting after them.
    if plan.version > (known.version if known else 0) + AHEAD:
        raise verify.Failure("not_canonical")


def _when(plan: verify.Plan, known: Meeting | None, *, now: int) -> tuple[int | None, int | None]:
    """When the next reminder falls due, and when all this is forgotten; None where that is never."""
    before = verify.read_plan(bytes(known.plan)) if known else None
    try:
        series = access.series_of(plan)
        check_reach(series, access.at(now), read_local(before.start) if before else None)
    except Problem as problem:
        # What has lost its zone can still be called off.
        if before is None or not plan.cancelled or isinstance(problem, TooFar):
            raise BadTimes(problem) from None
    if plan.cancelled:
        return None, now + KEPT_AFTER
    end = last_end(series, access.at(now))
    forget = None if end is None else max(now, int(end.timestamp())) + KEPT_AFTER
    due = known.remind_at if known else None
    # What is due and not told yet is told by the next round, by these times.
    return due if due is not None and due <= now else moment_after_change(series, _series_before(before), now), forget


def _series_before(plan: verify.Plan | None) -> Series | None:
    try:
        return access.series_of(plan) if plan else None
    except Problem:
        return None


def choose_reminders(membership: Membership, *, day_before: bool, two_hours_before: bool) -> None:
    """Both, one or none of the two times at which this member is told."""
    mine = Reminder.objects.of(membership.account_id)
    wanted = {"day_before": day_before, "two_hours_before": two_hours_before}
    if not any(wanted.values()):
        mine.filter(membership=membership).delete()
        return
    mine.update_or_create(membership=membership, defaults={**wanted, "account_id": membership.account_id})


def put_calendar(account: Account, title: str, *, anew: bool) -> str | None:
    """One's calendar address under words of one's own. Returns its secret where a new one was made: shown once.

    `anew`: the address so far ends at once. Raises BadTitle.
    """
    words = title.strip()
    if not words or len(words) > TITLE_MOST or not words.isprintable():
        raise BadTitle
    mine = Calendar.objects.of(account)
    if not anew and mine.update(title=words):
        return None
    secret = secrets.token_urlsafe(32)
    mine.update_or_create(account=account, defaults={"title": words, "secret_hash": token_hash(secret)})
    return secret


def end_calendar(account: Account) -> None:
    """The address answers like nothing from now on."""
    Calendar.objects.of(account).delete()


def forget_meetings(now: int) -> int:
    """Deletes meetings that were over, or called off, thirty days ago; returns how many."""
    gone, _ = Meeting.objects.everywhere("what is over").filter(forget_at__lte=now).delete()
    return gone
