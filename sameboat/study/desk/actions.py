"""Verbs on a study and the people who take part in it."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from sameboat.lib.refusals import NotHere
from sameboat.study.desk.refusals import LastLead, NameMissing, TakesPartAlready
from sameboat.study.ledger.acts import Act, act
from sameboat.study.team.access import Seat
from sameboat.study.team.models import Membership, Researcher, Role, Study


def describe_study(seat: Seat, *, name: str, question: str, properties: dict[str, Any], now: datetime.datetime) -> None:
    """Changes what is said about the study. Raises NameMissing."""
    if not name.strip():
        raise NameMissing
    with act(seat.study, seat.researcher, "edit study", label=name, now=now) as doing:
        doing.change(seat.study, name=name.strip(), question=question.strip(), properties=properties)


def add_colleague(seat: Seat, name: str, role: str, *, blind: bool, now: datetime.datetime) -> Researcher:
    """Somebody who codes on this laptop, known by name only; nobody signs in as them. Raises NameMissing, …"""
    name = name.strip()[:120]
    if not name:
        raise NameMissing
    if Membership.objects.filter(study=seat.study, researcher__name__iexact=name).exists():
        raise TakesPartAlready
    with act(seat.study, seat.researcher, "add member", label=name, now=now, undoable=False) as doing:
        colleague = Researcher.objects.add(name)
        let_in(doing, seat.study, colleague, role, blind=blind)
    return colleague


def let_in(doing: Act, study: Study, researcher: Researcher, role: str, *, blind: bool) -> None:
    """Inside an act: a researcher takes part. Raises TakesPartAlready."""
    if Membership.objects.filter(study=study, researcher=researcher).exists():
        raise TakesPartAlready
    doing.add(Membership(study=study, researcher=researcher, role=role, blind=blind))


def change_member(seat: Seat, member_id: uuid.UUID, role: str, *, blind: bool, now: datetime.datetime) -> None:
    """Changes what somebody may do and see. Raises NotHere, LastLead."""
    with act(seat.study, seat.researcher, "edit member", now=now, undoable=False) as doing:
        member = _member(seat, member_id)
        doing.label = member.researcher.name
        if role != Role.LEAD:
            _must_leave_a_lead(member)
        doing.change(member, role=role, blind=blind)


def rename(seat: Seat, member_id: uuid.UUID, name: str) -> None:
    """On a laptop: what somebody is called. Raises NotHere, NameMissing."""
    colleague = _member(seat, member_id).researcher
    if not name.strip():
        raise NameMissing
    if colleague.email is None:
        colleague.name = name.strip()[:120]
        colleague.save(update_fields=["name"])


def remove_member(seat: Seat, member_id: uuid.UUID, *, now: datetime.datetime) -> None:
    """Ends somebody's part; what they coded stays. Raises NotHere, LastLead."""
    with act(seat.study, seat.researcher, "remove member", now=now, undoable=False) as doing:
        member = _member(seat, member_id)
        doing.label = member.researcher.name
        _must_leave_a_lead(member)
        doing.remove(member)


def _member(seat: Seat, member_id: uuid.UUID) -> Membership:
    found = Membership.objects.select_related("researcher").filter(study=seat.study, id=member_id).first()
    if found is None:
        raise NotHere
    return found


def _must_leave_a_lead(member: Membership) -> None:
    others = Membership.objects.filter(study=member.study_id, role=Role.LEAD).exclude(id=member.id)
    if member.role == Role.LEAD and not others.exists():
        raise LastLead
