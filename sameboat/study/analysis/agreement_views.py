"""The page on which coders see where they differ, and how far they agree."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sameboat.study.analysis.agreeing import Differing, Row, compared, crossed, differing, layers, who_coded
from sameboat.study.analysis.asked import among, ids
from sameboat.study.coding import access
from sameboat.study.coding.models import Code
from sameboat.study.coding.places import Places, places
from sameboat.study.team.models import Researcher
from sameboat.study.team.policy import StudyRequest, readers_only
from sameboat.study.transcripts.models import Document

MOST = 40
BY = {"codes": "Code", "texts": "Text", "both": "Code, and a column for each participant"}
MEASURES = {
    "krippendorff": "Krippendorff’s α",
    "cohen": "Cohen’s κ (two people)",
    "fleiss": "Fleiss’ κ",
    "percentage": "Alike",
}
WORD = re.compile(r"\w")


@require_safe
@readers_only
def agreement(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """Passages on which coders differ first; then percentage, kappa and alpha, by code, by text, or both ways."""
    seat, asked = request.seat, request.GET
    whose, book = places(seat), list(access.codebook(seat).filter(kind="code"))
    found = layers(seat, whose)
    texts_of = who_coded(found)
    everybody = list(Researcher.objects.filter(id__in=texts_of).order_by("name", "id"))
    wanted = ids(asked, "coder")
    coders = [one for one in everybody if not wanted or one.id in wanted]
    said: dict[str, Any] = {"everybody": [(one, one in coders) for one in everybody], "by": among(asked, "by", BY)}
    said |= {"lines": BY, "measures": MEASURES, "measure": among(asked, "measure", MEASURES)}
    if len(coders) > 1:
        both = set.intersection(*(texts_of[one.id] for one in coders))
        chosen = ids(asked, "document") & both or both
        texts = {one: whose.who(one) for one in sorted(both, key=lambda one: (whose.who(one), str(one)))}
        codes = [one for one in book if one.id in ids(asked, "code")] or book
        within = {one: name for one, name in texts.items() if one in chosen}
        every, rows = compared(found, coders, codes, within, said["by"])
        said |= {"texts": [(one, name, one in chosen) for one, name in texts.items()], "every": every, "rows": rows}
        said |= {"codes": [(one, one in codes and len(codes) < len(book)) for one in book], "coders": coders}
        if said["by"] == "both":
            said |= _crossed(*crossed(found, coders, codes, within), said["measure"])
        said |= _shown(whose, differing(found, coders, codes, within), {one.id: one.name for one in book})
    return render(request, "analysis/agreement.html", said)


def _crossed(heads: list[str], rows: list[tuple[Code, list[Row]]], measure: str) -> dict[str, Any]:
    """One coefficient for each code and participant."""
    return {"heads": heads, "cells": [(code, [getattr(one, measure) for one in of]) for code, of in rows]}


def _shown(whose: Places, passages: list[Differing], names: dict[uuid.UUID, str]) -> dict[str, Any]:
    """The longest passages with their words; those without a letter are no passages."""
    wanted = {one.document for one in passages}
    texts = dict(Document.objects.filter(id__in=wanted).values_list("id", "text"))
    said = [(one, texts[one.document][one.start : one.end]) for one in passages]
    said = [(one, words) for one, words in said if WORD.search(words)]
    shown = [(one, words.strip(), whose.who(one.document), names[one.code]) for one, words in said[:MOST]]
    return {"passages": shown, "differing": len(said)}
