"""The made-up study's texts and codes: one coder went through all of it, a second through three of the eight."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable
from typing import Any

from sameboat.study.coding.actions import codes as code_verbs
from sameboat.study.coding.actions import memos as memo_verbs
from sameboat.study.coding.actions import merging
from sameboat.study.coding.actions import spans as span_verbs
from sameboat.study.coding.models import Code
from sameboat.study.demo import words
from sameboat.study.demo.texts import Coded, interview
from sameboat.study.fieldwork.models import Group, Interview
from sameboat.study.ledger.acts import act
from sameboat.study.team.access import Seat
from sameboat.study.themes.models import Theme
from sameboat.study.transcripts import key_box
from sameboat.study.transcripts.actions import Wish, keep
from sameboat.study.transcripts.anonymising import Replacement
from sameboat.study.transcripts.models import Document, Stage

SECOND = ("A1", "A2", "B1")
# Where the second coder saw something else.
INSTEAD = {"tea": "bring", "door": "first", "quiet": "breathe"}


def bring_in(seat: Seat, held: dict[str, Interview], *, now: datetime.datetime) -> dict[str, Document]:
    """The eight texts, with names taken out and locked, by participant."""
    wishes = [Wish(interview(code)[0], f"{code}.txt", code, participant=code, group=code[0]) for code in held]
    documents = {document.title: document for document in keep(seat, wishes, now=now)}
    with act(seat.study, seat.researcher, "take names out", label="A1–B4", now=now, undoable=False) as doing:
        for code, document in documents.items():
            doing.change(document, interview_id=held[code].id, stage=Stage.ANONYMISED, locked_at=now)
    key_box.locked(seat.study, words.LIST_OPENS_WITH, [Replacement(*one) for one in words.NAMES], now=now)
    return documents


def make_codes(seat: Seat, *, now: datetime.datetime) -> dict[str, Code]:
    """The codebook, by key."""
    above: dict[str, uuid.UUID] = {}
    made = {}
    for key, (name, category, definition, include, exclude) in words.CODES.items():
        if category and category not in above:
            above[category] = code_verbs.add_code(seat, category, kind="category", now=now)[0].id
        fields: dict[str, Any] = {"definition": definition, "include": include, "exclude": exclude}
        made[key], _ = code_verbs.add_code(seat, name, parent=above.get(category), now=now, **fields)
    return made


def throw_away(seat: Seat, *, now: datetime.datetime) -> None:
    """What the bin holds: a code and a memo that were not needed after all."""
    code, _ = code_verbs.add_code(seat, words.BINNED_CODE, now=now)
    merging.bin_code(seat, code.id, now=now)
    memo, _ = memo_verbs.add_memo(seat, "study", seat.study.id, *words.BINNED_MEMO, now=now)
    memo_verbs.bin_memo(seat, memo.id, now=now)


def code_everything(
    seat: Seat, documents: dict[str, Document], codes: dict[str, Code], *, now: datetime.datetime
) -> None:
    """The first coder's layer: every passage, one after another."""
    for name, document in documents.items():
        _put(seat, document, codes, interview(name)[1], now)


def code_again(seat: Seat, documents: dict[str, Document], codes: dict[str, Code], *, now: datetime.datetime) -> None:
    """The second coder's layer: mostly the same, now and then shorter, something else, or nothing."""
    for name in SECOND:
        _put(seat, documents[name], codes, _as_the_second_sees_it(interview(name)[1]), now)


def _as_the_second_sees_it(coded: list[Coded]) -> Iterable[Coded]:
    for number, (start, end, key) in enumerate(coded):
        if number % 7 == 3:
            continue
        if number % 5 == 2:
            yield Coded(start, start + 2 * (end - start) // 3, key)
        elif number % 9 == 4 and key in INSTEAD:
            yield Coded(start, end, INSTEAD[key])
        else:
            yield Coded(start, end, key)


def _put(
    seat: Seat, document: Document, codes: dict[str, Code], coded: Iterable[Coded], now: datetime.datetime
) -> None:
    for number, (start, end, key) in enumerate(coded):
        when = now + datetime.timedelta(seconds=40 * number)
        span_verbs.add_span(seat, document.id, codes[key].id, start, end, now=when)


def write_memos(seat: Seat, documents: dict[str, Document], codes: dict[str, Code], *, now: datetime.datetime) -> None:
    """What the researchers noted on the way."""
    places: dict[str, dict[object, uuid.UUID]] = {"study": {"": seat.study.id}}
    places["code"] = {key: code.id for key, code in codes.items()}
    places["theme"] = dict(Theme.objects.filter(study=seat.study).values_list("order", "id"))
    places["group"] = dict(Group.objects.filter(study=seat.study).values_list("letter", "id"))
    places["document"] = {name: document.id for name, document in documents.items()}
    for document in documents.values():
        if document.participant_id:
            places.setdefault("participant", {})[document.title] = document.participant_id
    for kind, key, title, text in words.MEMOS:
        memo_verbs.add_memo(seat, kind, places[kind][key], title, text, now=now)
