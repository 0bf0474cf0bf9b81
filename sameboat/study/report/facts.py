"""What the workbench knows about how a study was done, counted once for the report and for COREQ."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from sameboat.study.checking.models import CheckAnswer
from sameboat.study.coding import access
from sameboat.study.coding.models import CodeKind
from sameboat.study.coding.places import Places, documents_out, places
from sameboat.study.fieldwork.models import (
    Answered,
    Candidate,
    Consent,
    ConsentForm,
    Criterion,
    GuideVersion,
    Interview,
    Withdrawal,
)
from sameboat.study.team.access import Seat
from sameboat.study.team.models import Researcher
from sameboat.study.themes.models import Phase
from sameboat.study.transcripts.models import Document, DocumentKind, Recording


@dataclass(frozen=True)
class Facts:
    """Everything counted; lists hold rows in the order of a report."""

    whose: Places
    criteria: list[str]
    candidates: list[Candidate]
    forms: list[ConsentForm]
    consents: int
    guides: list[GuideVersion]
    interviews: list[Interview]
    texts: list[Document]
    recordings: int
    coders: list[str]
    codes: int
    categories: int
    passages: int
    checked: int
    withdrawn: int
    phases: list[Phase]
    properties: dict[str, Any]

    @property
    def invited(self) -> list[Candidate]:
        return [one for one in self.candidates if one.invited_on]

    @property
    def came(self) -> list[Candidate]:
        return [one for one in self.candidates if one.answer == Answered.YES]

    @property
    def stayed_away(self) -> list[Candidate]:
        return [one for one in self.invited if one.answer != Answered.YES]

    @property
    def minutes(self) -> list[int]:
        return sorted(one.minutes for one in self.interviews if one.minutes)

    @property
    def days(self) -> list[datetime.date]:
        return sorted(one.held_on for one in self.interviews)

    @property
    def notes(self) -> int:
        return sum(one.kind == DocumentKind.NOTES for one in self.texts)

    @property
    def words(self) -> int:
        return sum(one.words for one in self.texts)


def facts(seat: Seat) -> Facts:
    """The facts of this seat's study. Who withdrew is only counted."""
    mine = {"study": seat.study}
    spans = access.spans(seat)
    here = Q(participant__withdrawn_at=None)
    codes = access.codes(seat)
    return Facts(
        whose=places(seat),
        criteria=list(Criterion.objects.filter(**mine).order_by("order").values_list("text", flat=True)),
        candidates=list(Candidate.objects.filter(**mine).order_by("miles", "name")),
        forms=list(ConsentForm.objects.filter(**mine).order_by("dated")),
        consents=Consent.objects.filter(here, **mine).values("participant").distinct().count(),
        guides=list(GuideVersion.objects.filter(**mine).order_by("dated")),
        interviews=list(Interview.objects.filter(here, **mine).order_by("held_on")),
        texts=list(documents_out(seat).defer("text").order_by("title")),
        recordings=Recording.objects.filter(**mine).values("document").distinct().count(),
        coders=list(
            Researcher.objects.filter(id__in=spans.values("author")).order_by("name").values_list("name", flat=True)
        ),
        codes=codes.filter(kind=CodeKind.CODE).count(),
        categories=codes.filter(kind=CodeKind.CATEGORY).count(),
        passages=spans.count(),
        checked=CheckAnswer.objects.filter(**mine).values("link__participant").distinct().count(),
        withdrawn=Withdrawal.objects.filter(**mine).count(),
        phases=list(Phase.objects.filter(**mine).order_by("number")),
        properties=seat.study.properties,
    )
