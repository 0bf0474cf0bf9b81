"""Pages: how much is coded, and what bears no code yet."""

from __future__ import annotations

import uuid
from typing import NamedTuple

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sameboat.study.analysis.asked import one_id
from sameboat.study.coding.coverage import Passage, next_uncoded
from sameboat.study.coding.coverage import coverage as coverage_of
from sameboat.study.coding.coverage import uncoded as uncoded_of
from sameboat.study.coding.places import Place, Places, places
from sameboat.study.team.access import Seat
from sameboat.study.team.answers import SeeOther
from sameboat.study.team.policy import StudyRequest, readers_only

MOST_OPEN = 500


@require_safe
@readers_only
def coverage(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """How much of each text bears a code, by group, and where to go on."""
    whose, found = places(request.seat), coverage_of(request.seat)
    by_group = [(key, str(group), whose.of_group[key]) for key, group in whose.groups.items()]
    other = [place for place in whose.texts.values() if place.group is None]
    groups = []
    for key, name, texts in [*by_group, (None, "Other texts", other)]:
        rows = [(place, whose.who(place.id), found[place.id]) for place in texts if place.id in found]
        if rows:
            groups.append((key, name, rows, sum(row[2].words for row in rows), sum(row[2].coded for row in rows)))
    return render(request, "analysis/coverage.html", {"groups": groups})


@require_safe
@readers_only
def uncoded(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """Leads to the next passage that bears no code, in the text that is named or a later one."""
    found = next_uncoded(request.seat, one_id(request.GET, "document"), 0)
    if found is None:
        return SeeOther(reverse("study-coverage", kwargs={"sid": sid}), "all-coded")
    place = f"{found.document}:{found.start}-{found.end}"
    return SeeOther(f"{reverse('study-coding', kwargs={'sid': sid})}#{place}")


class Open(NamedTuple):
    """A passage without a code: whose it is, where, and its words."""

    place: Place
    who: str
    letter: str
    passage: Passage
    words: str

    @property
    def anchor(self) -> str:
        """Where the coding screen opens at it."""
        return f"{self.passage.document}:{self.passage.start}-{self.passage.end}"

    @property
    def number(self) -> int:
        """How many words."""
        return len(self.words.split())


def without_code(seat: Seat, whose: Places, asked: QueryDict) -> list[Open]:
    """Everything without a code, by group, participant and text; of one group, participant or text, if asked for."""
    texts = [place for of in whose.of_group.values() for place in of]
    texts += [place for place in whose.texts.values() if place.group is None]
    for name in ("group", "participant", "id"):
        if chosen := one_id(asked, "document" if name == "id" else name):
            texts = [place for place in texts if getattr(place, name) == chosen]
    people = list(whose.participants)
    texts.sort(key=lambda one: people.index(one.participant) if one.participant else len(people))
    found = uncoded_of(seat, [place.id for place in texts])
    return [
        Open(place, whose.who(place.id), whose.letter(place.id), passage, words)
        for place in texts for passage, words in found[place.id]
    ]  # fmt: skip


@require_safe
@readers_only
def still_open(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """What bears no code yet, passage by passage; each leads to its place."""
    whose = places(request.seat)
    found = without_code(request.seat, whose, request.GET)
    chosen = {name: one_id(request.GET, name) for name in ("group", "participant", "document")}
    said = {"rows": found[:MOST_OPEN], "total": len(found), "most": MOST_OPEN, "whose": whose, "chosen": chosen}
    return render(request, "analysis/open.html", {**said, "words": sum(one.number for one in found)})
