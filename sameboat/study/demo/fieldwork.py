"""The made-up study's field: who was asked, what they agreed to, and when they were listened to."""

from __future__ import annotations

import datetime

from sameboat.study.demo import words
from sameboat.study.fieldwork.models import (
    Candidate,
    Consent,
    ConsentAnswer,
    ConsentForm,
    ConsentItem,
    Criterion,
    Group,
    GuideVersion,
    Interview,
    Participant,
)  # fmt: skip
from sameboat.study.ledger.acts import Act, act
from sameboat.study.team.access import Seat


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def ask_groups(seat: Seat, *, now: datetime.datetime) -> dict[str, Group]:
    """Criteria, the groups that were asked, and the two that said yes, by letter."""
    with act(seat.study, seat.researcher, "add group", label="A, B", now=now) as doing:
        groups = {
            letter: Group(study=seat.study, letter=letter, name=name, note=note)
            for letter, (name, note) in words.GROUPS.items()
        }
        doing.add_all(list(groups.values()))
        criteria = [Criterion(study=seat.study, text=text, order=n) for n, text in enumerate(words.CRITERIA)]
        doing.add_all(criteria)
        for name, place, miles, invited, answered, answer, reason, became in words.CANDIDATES:
            met = {str(one.id): miles <= 60 for one in criteria}
            doing.add(
                Candidate(
                    study=seat.study,
                    name=name,
                    place=place,
                    miles=miles,
                    source="a national list",
                    criteria=met,
                    invited_on=day(invited) if invited else None,
                    answered_on=day(answered) if answered else None,
                    answer=answer,
                    reason=reason,
                    became=groups.get(became),
                )
            )
    return groups


def listen(seat: Seat, groups: dict[str, Group], *, now: datetime.datetime) -> dict[str, Interview]:
    """Sheet, questions, and for each participant what they agreed to and their interview, by code."""
    with act(seat.study, seat.researcher, "add interview", label="A1–B4", now=now) as doing:
        guides = [
            GuideVersion(study=seat.study, version=version, dated=day(dated), text=text, note=note)
            for version, dated, text, note in words.GUIDES
        ]
        doing.add_all(guides)
        form, items = _sheet(doing, seat)
        held = {}
        for code, (guide, when, minutes, quoted, archived) in words.INTERVIEWS.items():
            since, came = words.FACTS[code]
            facts = {"In the group for": since, "Came by": came}
            participant = Participant(study=seat.study, group=groups[code[0]], code=code, properties=facts)
            doing.add(participant)
            _sign(doing, participant, form, items, day(when), {"quotation": quoted, "archive": archived})
            version = next(one for one in guides if one.version == guide)
            held[code] = Interview(
                study=seat.study, participant=participant, guide=version, held_on=day(when), minutes=minutes,
                place_kind="where the group meets",
            )  # fmt: skip
            doing.add(held[code])
    return held


def _sheet(doing: Act, seat: Seat) -> tuple[ConsentForm, list[ConsentItem]]:
    form = ConsentForm(
        study=seat.study, version="1", title="Taking part in a study of self-help groups", dated=day("2026-02-20"),
        text="You can stop at any moment, and withdraw later without giving a reason.",
    )  # fmt: skip
    doing.add(form)
    items = [
        ConsentItem(study=seat.study, form=form, order=order, kind=kind, text=text)
        for order, (kind, text) in enumerate(words.CONSENT)
    ]
    doing.add_all(items)
    return form, items


def _sign(
    doing: Act,
    participant: Participant,
    form: ConsentForm,
    items: list[ConsentItem],
    when: datetime.date,
    differing: dict[str, bool],
) -> None:
    signed = Consent(study=form.study, participant=participant, form=form, signed_on=when, how="paper")
    doing.add(signed)
    doing.add_all(
        [
            ConsentAnswer(study=form.study, consent=signed, item=item, given=differing.get(item.kind, True))
            for item in items
        ]
    )
