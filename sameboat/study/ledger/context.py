"""Which act an undo or redo has just turned, for the sentence at the top of the page."""

from __future__ import annotations

from django.http import HttpRequest

from sameboat.study.ledger.models import Entry
from sameboat.study.ledger.words import act_words

ACT = "act"


def turned(request: HttpRequest) -> dict[str, str]:
    """`act` in the address names an entry; only one's own is told, so that a link can make nothing up."""
    number, seat = request.GET.get(ACT, ""), getattr(request, "seat", None)
    if seat is None or not (number.isascii() and number.isdigit() and len(number) < 16):
        return {}
    entry = Entry.objects.filter(id=int(number), study=seat.study, researcher=seat.researcher).first()
    return {"act": act_words(entry.verb, entry.label)} if entry else {}
