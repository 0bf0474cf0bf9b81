"""Verbs on participant checking: send passages back by a private link, answer them, close the link.

Only a hash of a link is kept, so it is shown once. What was answered is kept, and can be changed until the link ends.
"""

from __future__ import annotations

import datetime
import hashlib
import secrets
import uuid
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from django.db.models import Q

from sameboat.lib.refusals import Refusal
from sameboat.study.checking.models import CheckAnswer, CheckAnswered, CheckLink
from sameboat.study.coding.models import Span
from sameboat.study.fieldwork.access import one, taking_part
from sameboat.study.fieldwork.models import Participant
from sameboat.study.ledger.acts import Act, act
from sameboat.study.team.access import Seat
from sameboat.study.transcripts.models import Document

LONGEST_WORDS = 5000
LONGEST_DAYS = 365
Place = tuple[uuid.UUID, int, int]


class LinkOver(Refusal):
    status = 404
    code = "link_over"
    sentence = "This link is over. If you would still like to answer, please ask whoever sent it for a new one."


class NothingChosen(Refusal):
    status = 422
    code = "nothing_chosen"
    sentence = "Please tick at least one passage."


class Passage(NamedTuple):
    """Words of a participant as they would be quoted; `span` stands for `spans`, every code on or within them."""

    span: uuid.UUID
    spans: tuple[uuid.UUID, ...]
    title: str
    place: Place
    text: str


def passages_of(participant: Participant, chosen: Collection[uuid.UUID] | None = None) -> list[Passage]:
    """Coded passages of somebody's texts, or those that were chosen, in the order of the talk.

    What lies within a longer passage goes with that: nobody is asked twice about the same words.
    """
    spans = Span.objects.filter(study=participant.study_id, code__trashed_at=None, document__trashed_at=None)
    theirs = spans.filter(Q(document__participant=participant) | Q(document__interview__participant=participant))
    rows = theirs.order_by("document__title", "document", "start", "-end", "id")
    documents = Document.objects.in_bulk(set(theirs.values_list("document", flat=True)))
    found: list[Passage] = []
    for span, document, start, end in rows.values_list("id", "document", "start", "end"):
        if chosen is not None and span not in chosen:
            continue
        if found and found[-1].place[0] == document and found[-1].place[2] >= end:
            found[-1] = found[-1]._replace(spans=(*found[-1].spans, span))
        else:
            text = documents[document].text[start:end]
            found.append(Passage(span, (span,), documents[document].title, (document, start, end), text))
    return found


def make_link(
    seat: Seat, participant_id: uuid.UUID, chosen: Iterable[uuid.UUID], days: int, *, now: datetime.datetime
) -> str:
    """A link for one participant; returns its secret part. Raises NotHere, HasWithdrawn, NothingChosen."""
    participant = taking_part(seat, participant_id)
    wanted = set(chosen)
    passages = [str(span) for one in passages_of(participant) if one.span in wanted for span in one.spans]
    if not passages:
        raise NothingChosen
    token = secrets.token_urlsafe(24)
    link = CheckLink(
        study=seat.study, participant=participant, token_hash=_hash(token), passages=passages,
        expires_at=now + datetime.timedelta(days=max(1, min(days, LONGEST_DAYS))),
    )  # fmt: skip
    label = participant.code
    with act(seat.study, seat.researcher, "send passages back", label=label, now=now, undoable=False) as doing:
        doing.add(link)
    return token


def close_link(seat: Seat, link_id: uuid.UUID, *, now: datetime.datetime) -> None:
    """The link opens nothing any more; what was answered stays. Raises NotHere."""
    link = one(seat, CheckLink, link_id)
    label = link.participant.code
    with act(seat.study, seat.researcher, "close a link", label=label, now=now, undoable=False) as doing:
        doing.change(link, closed_at=now)


def open_link(token: str, *, now: datetime.datetime) -> CheckLink:
    """The link of a secret. Raises LinkOver where it was closed, is too old, or never was."""
    rows = CheckLink.objects.filter(token_hash=_hash(token), closed_at=None, expires_at__gt=now)
    found = rows.select_related("study", "participant").first()
    if found is None or found.participant.withdrawn_at is not None:
        raise LinkOver
    return found


def shown(link: CheckLink) -> list[Passage]:
    """The passages of a link that are still there."""
    return passages_of(link.participant, {uuid.UUID(one) for one in link.passages})


def answer(link: CheckLink, said: Mapping[uuid.UUID, tuple[str, str]], *, now: datetime.datetime) -> int:
    """Keeps what a participant says to passages, by span: (CheckAnswered, words). How many rows differ from before.

    It is kept for the words, so that it holds for every code on them, and taking these off loses nothing.
    """
    known = {row.place: row for row in CheckAnswer.objects.filter(link=link)}
    changed = 0
    with act(link.study, None, "answer passages", label=link.participant.code, now=now, undoable=False) as doing:
        for one in shown(link):
            choice, words = said.get(one.span, ("", ""))
            if choice in CheckAnswered.values:
                words = words.strip()[:LONGEST_WORDS]
                changed += _keep(doing, link, known.get(one.place), one.place, choice, words, now)
        if changed and link.opened_at is None:
            doing.change(link, opened_at=now)
    return changed


def _keep(
    doing: Act, link: CheckLink, row: CheckAnswer | None, place: Place, choice: str, words: str,
    now: datetime.datetime,
) -> bool:  # fmt: skip
    if row is None:
        where = dict(zip(("document_id", "start", "end"), place, strict=True))
        doing.add(CheckAnswer(study=link.study, link=link, answer=choice, words=words, at=now, **where))
        return True
    return (row.answer, row.words) != (choice, words) and doing.change(row, answer=choice, words=words, at=now)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
