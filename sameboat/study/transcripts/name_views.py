"""Pages: what might tell who somebody is, one by one, and what to put in its place."""

from __future__ import annotations

import dataclasses
import uuid
from dataclasses import dataclass

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from sameboat.lib import clock
from sameboat.lib.refusals import Refusal
from sameboat.study.team.answers import SeeOther
from sameboat.study.team.policy import StudyRequest, coders_only
from sameboat.study.transcripts import key_box
from sameboat.study.transcripts.anonymising import CATEGORIES, Replacement, Suggestion, replace, suggestions
from sameboat.study.transcripts.models import Document
from sameboat.study.transcripts.names_out import finish, must_be_open, take_names_out
from sameboat.study.transcripts.voices import led_by_voices, voices_of

OWN_ROWS = 3


@dataclass
class NameRow:
    """One line of the page: what was found or typed, and what was decided."""

    find: str
    instead: str
    category: str
    times: int = 0
    turns: int = 0
    before: str = ""
    after: str = ""
    wanted: bool = False
    own: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
@coders_only
def names(request: StudyRequest, sid: uuid.UUID, did: uuid.UUID) -> HttpResponse:
    """Look at each suggestion; `open` shows what the locked list says, `go` takes the names out."""
    document = must_be_open(request.seat, did)
    rows, trouble = [], ""
    passphrase = request.POST.get("passphrase", "")
    try:
        known = key_box.opened(request.seat.study, passphrase) if passphrase else []
        rows = _rows(document, known, request.POST)
        if request.POST.get("step") == "go":
            wanted = [Replacement(row.find, row.instead, row.category) for row in rows if row.wanted and row.find]
            take_names_out(request.seat, did, wanted, passphrase, now=clock.now())
            return SeeOther(reverse("study-transcripts", kwargs={"sid": sid}))
    except Refusal as refusal:
        trouble = refusal.sentence
        rows = rows or _rows(document, [], request.POST)
    said = {
        "document": document, "rows": rows, "categories": CATEGORIES, "trouble": trouble, "passphrase": passphrase,
        "locked_before": key_box.exists(request.seat.study), "shortest": key_box.SHORTEST,
    }  # fmt: skip
    return render(request, "transcripts/names.html", said, status=422 if trouble else 200)


def _rows(document: Document, known: list[Replacement], typed: QueryDict) -> list[NameRow]:
    """What the locked list knows and this text holds, then who speaks, what was found, and a few lines of one's own."""
    voices = voices_of(document)
    decided = {one.find.lower(): one for one in known}
    times = {one.find.lower(): count for one, count in replace(document.text, known).times}
    turns = {one.name.lower(): one.turns for one in voices}
    rows = [
        NameRow(one.find, one.instead, one.category, times.get(key, 0), turns.get(key, 0), wanted=True)
        for key, one in decided.items()
        if key in times or key in turns
    ]
    code = document.participant.code if document.participant else ""
    given = {"person": len(voices)}
    for one in led_by_voices(suggestions(document.text), voices, code):
        if one.find.lower() not in decided:
            rows.append(_row(one, given))
    rows += [NameRow("", "", "other", own=True) for _ in range(OWN_ROWS)]
    return [_typed(row, number, typed) for number, row in enumerate(rows)] if "rows" in typed else rows


def _row(one: Suggestion, given: dict[str, int]) -> NameRow:
    """A suggestion as a line; `given` counts what was put in the place of each category."""
    instead = one.instead
    if not instead:
        given[one.category] = given.get(one.category, 0) + 1
        instead = f"[{one.category} {given[one.category]}]"
    return NameRow(one.find, instead, one.category, one.times, one.turns, one.before, one.after)


def _typed(row: NameRow, number: int, typed: QueryDict) -> NameRow:
    if f"find-{number}" not in typed:
        return row
    find = typed.get(f"find-{number}", "").strip()
    category = typed.get(f"category-{number}", "other")
    return dataclasses.replace(
        row, find=find, instead=typed.get(f"instead-{number}", "").strip(),
        category=category if category in CATEGORIES else "other",
        wanted=f"wanted-{number}" in typed or (row.own and bool(find)),
    )  # fmt: skip


@require_POST
@coders_only
def no_names(request: StudyRequest, sid: uuid.UUID, did: uuid.UUID) -> HttpResponse:
    """Somebody has looked, and there is nothing to take out."""
    finish(request.seat, must_be_open(request.seat, did), now=clock.now())
    return SeeOther(reverse("study-transcripts", kwargs={"sid": sid}))
