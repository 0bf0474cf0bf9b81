"""Extracts and the codebook of a study as tables, for csv, xlsx and docx."""

from __future__ import annotations

import datetime
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from sameboat.study.coding import access
from sameboat.study.coding.models import Code, MemoAbout
from sameboat.study.coding.places import documents_out
from sameboat.study.exchange.extracts import HEAD
from sameboat.study.exchange.gather import codes_in_order
from sameboat.study.report.quoting import Passage
from sameboat.study.report.shapes import Block, Cell, Heading, Paragraph, Quotation, Report, Sheet, Table
from sameboat.study.report.unsaid import Leaving
from sameboat.study.team.access import Seat
from sameboat.study.team.models import Researcher
from sameboat.study.transcripts.models import Document

CODEBOOK_HEAD = ("Name", "Parent", "Definition", "Include", "Exclude", "Example", "Colour", "Files", "References")


def paths_of(codes: list[Code]) -> dict[uuid.UUID, str]:
    """Each code with those above it, as in "belonging > meals"."""
    found: dict[uuid.UUID, str] = {}
    for code in codes:
        above = found.get(code.parent_id) if code.parent_id else None
        found[code.id] = f"{above} > {code.name}" if above else code.name
    return found


class Out(NamedTuple):
    """A span that leaves, with its text, and who put the code on it. `words` is what may be quoted of it."""

    id: uuid.UUID
    code: uuid.UUID
    start: int
    end: int
    made: datetime.datetime
    document: Document
    coder: str
    words: str


def spans_out(seat: Seat, leaving: Leaving, code: uuid.UUID | None = None, below: bool = False) -> list[Out]:
    """Spans that may leave, of one code or of all; those of the codes below it too, if asked for, and no others'.

    What must not be quoted stays: of people who said no to it, and what somebody asked to be taken out. Each text is
    fetched once, however many spans it has.
    """
    found = documents_out(seat).select_related("participant__group", "group")
    documents = {one.id: one for one in found}
    spans = access.spans(seat)
    if code is not None:
        every = {code} | (access.below(access.codes(seat), code) if below else set())
        spans = spans.filter(code__in=every)
    names = dict(Researcher.objects.values_list("id", "name"))
    rows = spans.values_list("id", "code_id", "start", "end", "created_at", "document_id", "author_id")
    allowed = leaving.allowed
    out = []
    for id, code_id, start, end, made, place, author in rows:
        if place in documents:
            of = documents[place]
            if words := allowed.words(Passage(place, start, end, of.text[start:end])):
                out.append(Out(id, code_id, start, end, made, of, names[author], words))
    return sorted(out, key=_order)


def unquoted(seat: Seat) -> int:
    """How many codes on passages are in no extract, because these must not be quoted."""
    texts = documents_out(seat).values("id")
    return access.spans(seat).filter(document__in=texts).count() - len(spans_out(seat, Leaving(seat)))


def _order(one: Out) -> tuple[Any, ...]:
    document = one.document
    code = document.participant.code if document.participant else ""
    return code, document.title, document.id, one.start, one.end, one.coder, one.id


def extracts_sheet(seat: Seat, code: uuid.UUID | None = None, below: bool = False) -> Sheet:
    """One row for each code on each passage."""
    leaving = Leaving(seat)
    return leaving.sheet(Sheet("Extracts", HEAD, _rows(seat, leaving, spans_out(seat, leaving, code, below))))


def _rows(seat: Seat, leaving: Leaving, spans: list[Out]) -> Iterator[tuple[Cell, ...]]:
    paths = paths_of(leaving.renamed(codes_in_order(seat)))
    memos = defaultdict(list)
    for memo in access.memos(seat).filter(about_kind=MemoAbout.SPAN).order_by("created_at", "id"):
        memos[memo.about_id].append(memo.text)
    for span in spans:
        document = span.document
        group = document.participant.group if document.participant else document.group
        yield (
            document.title, document.participant.code if document.participant else "", group.letter if group else "",
            paths[span.code], span.start, span.end, span.words, span.coder, span.made,
            "\n\n".join(memos[span.id]),
        )  # fmt: skip


def extracts_report(seat: Seat, code: uuid.UUID | None = None, below: bool = False) -> Report:
    """The extracts of each code, under its name."""
    leaving = Leaving(seat)
    paths, by_code = paths_of(leaving.renamed(codes_in_order(seat))), defaultdict(list)
    for one in spans_out(seat, leaving, code, below):
        by_code[one.code].append(one)
    body: list[Block] = []
    for key, path in paths.items():
        if by_code[key]:
            body.append(Heading(path))
            body += [_quotation(one) for one in by_code[key]]
    whole = Report(f"{seat.study.name}: extracts", tuple(body) or (Paragraph("Nothing is coded yet."),))
    return leaving.report(whole)


def _quotation(one: Out) -> Quotation:
    document = one.document
    who = document.participant.code if document.participant else document.title
    return Quotation(one.words, who, document.title if document.participant else "")


def codebook_sheet(seat: Seat) -> Sheet:
    """One row for each code, with how many texts and passages it is on."""
    leaving = Leaving(seat)
    return leaving.sheet(Sheet("Codebook", CODEBOOK_HEAD, list(_codes(seat, leaving))))


def _codes(seat: Seat, leaving: Leaving) -> Iterator[tuple[Cell, ...]]:
    codes = leaving.renamed(codes_in_order(seat))
    paths, texts, passages = paths_of(codes), defaultdict(set), Counter[uuid.UUID]()
    for code, document in (
        access.spans(seat).filter(document__in=documents_out(seat).values("id")).values_list("code_id", "document_id")
    ):
        texts[code].add(document)
        passages[code] += 1
    for one in codes:
        parent = paths.get(one.parent_id, "") if one.parent_id else ""
        yield (
            one.name,
            parent,
            one.definition,
            one.include,
            one.exclude,
            one.example,
            one.colour,
            len(texts[one.id]),
            passages[one.id],
        )


def codebook_report(seat: Seat) -> Report:
    """The codebook as NVivo gives it out: names with what is above them, what they mean, files and references."""
    leaving = Leaving(seat)
    codes = leaving.renamed(codes_in_order(seat))
    paths = paths_of(codes)
    counts = {(row[1], row[0]): row[-2:] for row in _codes(seat, leaving)}
    rows: list[tuple[Cell, ...]] = []
    for one in codes:
        above = paths.get(one.parent_id, "") if one.parent_id else ""
        rows.append((paths[one.id], one.definition, one.include, one.exclude, one.example, *counts[above, one.name]))
    head = ("Name", "Description", "Include", "Exclude", "Example", "Files", "References")
    return leaving.report(Report(f"{seat.study.name}: codebook", (Table(head, tuple(rows)),)))
