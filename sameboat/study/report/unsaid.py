"""What researchers wrote about words that must not be quoted: memos on them stay here, and quotes of them go.

Whatever leaves as a file passes here: what participants asked to be taken out stands in none, but in a backup.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import count
from typing import Any, TypeVar

from sameboat.study.coding import access
from sameboat.study.coding.models import Code, Memo, MemoAbout, Span
from sameboat.study.coding.places import places
from sameboat.study.report.quoting import Quotable, quotable
from sameboat.study.report.shapes import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    Picture,
    Quotation,
    Report,
    Run,
    Sheet,
    Table,
)
from sameboat.study.team.access import Seat
from sameboat.study.text.quoted import Theirs
from sameboat.study.text.spans import without
from sameboat.study.themes.models import Theme
from sameboat.study.transcripts.models import Document

Row = TypeVar("Row", Code, Theme)


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


def unsaid(seat: Seat, allowed: Quotable) -> Theirs | None:
    """What participants asked to be taken out, to be found wherever somebody quoted it; None where nothing was.

    What other words of the study say too is nobody's own, and stays.
    """
    places = {document: found for document in allowed.said if (found := allowed.taken_out(document))}
    if not places:
        return None
    gone: list[str] = []
    others: list[str] = []
    for document, text in Document.objects.filter(study=seat.study).values_list("id", "text").iterator():
        taken = places.get(document, [])
        gone += [text[start:end] for start, end in taken]
        others += [text[start:end] for start, end in without([(0, len(text))], taken)]
    return Theirs(gone, gone, others)


class Leaving:
    """A study's words as they leave: a mark stands in place of what participants asked to be taken out.

    `names` has the codes and themes whose names quote some of it, as they are called outside.
    """

    def __init__(self, seat: Seat, allowed: Quotable | None = None) -> None:
        self.allowed = allowed or quotable(seat, places(seat))
        self._unsaid = unsaid(seat, self.allowed)
        self.names: dict[uuid.UUID, str] = {}
        codes = Code.objects.filter(study=seat.study).order_by("created_at", "id").values_list("id", "name")
        themes = Theme.objects.filter(study=seat.study).order_by("order", "id").values_list("id", "name")
        for rows in (codes, themes) if self._unsaid else ():
            self.names |= _recognisable(list(rows), self.clean)

    def clean(self, text: str) -> str:
        return self._unsaid.clean(text) if self._unsaid else text

    def cleaned(self, value: Any) -> Any:
        """The same in every text of a JSON value."""
        return self._unsaid.cleaned(value) if self._unsaid else value

    def renamed(self, rows: Iterable[Row]) -> list[Row]:
        """Codes or themes under the names they have outside; nothing is stored."""
        found = list(rows)
        for one in found:
            one.name = self.names.get(one.id, one.name)
        return found

    def memos(self, seat: Seat, memos: list[Memo]) -> list[Memo]:
        """Those that may stand in a report; nothing is stored."""
        silent = memos_on_unsaid(seat, self.allowed, refused=True)
        return [one for one in memos if one.id not in silent]

    def report(self, report: Report) -> Report:
        """Its pictures must have been drawn with `names`. Quotations were chosen by what may be quoted."""
        if not self._unsaid:
            return report
        facts = tuple((self.clean(name), self.clean(value)) for name, value in report.facts)
        return replace(report, title=self.clean(report.title), body=tuple(map(self._block, report.body)), facts=facts)

    def sheet(self, sheet: Sheet) -> Sheet:
        return (
            Sheet(self.clean(sheet.name), self._cells(sheet.head), map(self._cells, sheet.rows))
            if self._unsaid
            else sheet
        )

    def _block(self, block: Block) -> Block:
        if isinstance(block, Heading | Paragraph):
            return replace(block, text=self._runs(block.text))
        if isinstance(block, Bullets):
            return replace(block, items=tuple(map(self._runs, block.items)))
        if isinstance(block, Table):
            rows = tuple(map(self._cells, block.rows))
            return replace(block, head=self._cells(block.head), rows=rows, caption=self.clean(block.caption))
        if isinstance(block, Picture):
            return replace(block, words=self.clean(block.words), caption=self.clean(block.caption))
        return replace(block, place=self.clean(block.place)) if isinstance(block, Quotation) else block

    def _runs(self, text: Any) -> Any:
        if isinstance(text, str):
            return self.clean(text)
        return tuple(Run(self.clean(one.text), one.strong, one.emphasis) for one in text)

    def _cells(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(self.clean(cell) if isinstance(cell, str) else cell for cell in row)


def _recognisable(rows: list[tuple[uuid.UUID, str]], clean: Callable[[str], str]) -> dict[uuid.UUID, str]:
    """Names of which a part goes, without it. Where no word is left of one, or others bear it too, it has a number."""
    shorter = {id: said for id, name in rows if (said := clean(name)) != name}
    taken = {name.casefold() for id, name in rows if id not in shorter}
    found = {}
    for id, name in shorter.items():
        if name.casefold() in taken or not any(map(str.isalnum, name)):
            numbered = (f"{name} {number}" for number in count(1))
            name = next(one for one in numbered if one.casefold() not in taken)
        taken.add(name.casefold())
        found[id] = name
    return found
