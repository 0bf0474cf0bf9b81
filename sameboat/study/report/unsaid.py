"""What researchers wrote about words that must not be quoted: memos on them stay here, and quotes of them go."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from sameboat.study.coding import access
from sameboat.study.coding.models import Memo, MemoAbout, Span
from sameboat.study.report.quoting import Quotable
from sameboat.study.team.access import Seat
from sameboat.study.text.quoted import Theirs
from sameboat.study.text.spans import without
from sameboat.study.transcripts.models import Document


def memos_on_unsaid(seat: Seat, allowed: Quotable, *, refused: bool = False) -> set[uuid.UUID]:
    """Memos on passages that share a word with what was taken out; with `refused`, also of those who said no."""
    about = access.memos(seat).filter(about_kind=MemoAbout.SPAN)
    # Also where the code is in the bin: its memos are not.
    spans = Span.objects.filter(study=seat.study, id__in=about.values("about_id"))
    silent = {
        id
        for id, document, start, end in spans.values_list("id", "document_id", "start", "end")
        if without([(start, end)], allowed.taken_out(document)) != [(start, end)]
        or (refused and document in allowed.whose.texts and allowed.whose.texts[document].participant in allowed.no)
    }
    return {memo for memo, span in about.values_list("id", "about_id") if span in silent}


def unquoting(seat: Seat, allowed: Quotable) -> Callable[[str], str]:
    """Puts a mark in place of what participants asked to be taken out, wherever somebody quoted it.

    What other words of the study say too is nobody's own, and stays.
    """
    places = {document: found for document in allowed.said if (found := allowed.taken_out(document))}
    if not places:
        return lambda text: text
    gone: list[str] = []
    others: list[str] = []
    for document, text in Document.objects.filter(study=seat.study).values_list("id", "text").iterator():
        taken = places.get(document, [])
        gone += [text[start:end] for start, end in taken]
        others += [text[start:end] for start, end in without([(0, len(text))], taken)]
    return Theirs(gone, gone, others).clean


def quotable_memos(seat: Seat, allowed: Quotable, memos: list[Memo]) -> list[Memo]:
    """Those that may stand in a report, without what they quote of words that were taken out; nothing is stored."""
    silent, clean = memos_on_unsaid(seat, allowed, refused=True), unquoting(seat, allowed)
    kept = [one for one in memos if one.id not in silent]
    for one in kept:
        one.title, one.text = clean(one.title), clean(one.text)
    return kept
