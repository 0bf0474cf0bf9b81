"""The report of a study: what is asked of it, put together from what the workbench holds."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from sameboat.study.analysis.framework import cells_of
from sameboat.study.analysis.memo_list import listed
from sameboat.study.analysis.pictures import charts
from sameboat.study.coding.codebook import codebook
from sameboat.study.coding.models import MemoAbout
from sameboat.study.coding.places import Places, places
from sameboat.study.report import coreq
from sameboat.study.report.facts import Facts, facts
from sameboat.study.report.quoting import Quotable
from sameboat.study.report.shapes import (
    Block,
    Bullets,
    Cell,
    Heading,
    NewPage,
    Paragraph,
    Picture,
    Quotation,
    Report,
    Run,
    Table,
)
from sameboat.study.report.unsaid import Leaving
from sameboat.study.team.access import Seat
from sameboat.study.text.counting import many
from sameboat.study.themes import access as theme_access
from sameboat.study.themes.held import Held, extracts_of, held, map_of
from sameboat.study.themes.points import PHASES
from sameboat.study.themes.views import phases_chart

PARTS = {
    "method": "How it was done",
    "findings": "Findings, theme by theme, with quotations",
    "charts": "Tables and charts",
    "framework": "The framework: what each participant says to each theme",
    "codebook": "The codebook",
    "coreq": "The COREQ list",
    "memos": "Your memos, with who wrote them",
}
# What is for the team more than for readers goes in only where it is asked for.
SELDOM = ("memos",)


@dataclass(frozen=True)
class Wish:
    """Which parts, and how many passages of each participant under a theme; 0 is all."""

    parts: Collection[str] = tuple(name for name in PARTS if name not in SELDOM)
    most: int = 2


def report(seat: Seat, wish: Wish, *, today: datetime.date) -> Report:
    """The report as plain blocks, ready to be written in any format."""
    body: list[Block] = []
    leaving = Leaving(seat)
    for name, compose in COMPOSED.items():
        if name in wish.parts:
            body += compose(seat, wish, leaving)
    study = seat.study
    said = [("Question", study.question), *((name, str(value)) for name, value in study.properties.items())]
    kept = tuple((name, value) for name, value in said if value)
    whole = Report(study.name, tuple(body) or (Paragraph("Nothing was chosen."),), kept, made_on=today)
    return leaving.report(whole)


def _how(seat: Seat, wish: Wish, leaving: Leaving) -> Iterator[Block]:
    seen = facts(seat)
    yield Heading("How it was done")
    if seen.criteria:
        yield Paragraph("Groups were chosen by these criteria:")
        yield Bullets(tuple(seen.criteria))
    said = [coreq.FILLED[number](seen, []) for number in (11, 13, 12, 18, 21, 17)]
    yield Paragraph(" ".join(sentence for sentence in said if sentence))
    if seen.forms:
        versions = ", ".join(f"{one.version} of {one.dated}" for one in seen.forms)
        agreed = many(seen.consents, "participant", "participants")
        yield Paragraph(f"{agreed} agreed in writing (sheet {versions}).")
    coded = " ".join(coreq.FILLED[number](seen, []) for number in (24, 25))
    texts, said_words = many(len(seen.texts), "text", "texts"), many(seen.words, "word", "words")
    yield Paragraph(f"What was coded: {texts} with {said_words}. {coded}")
    yield from _phases(seat, seen)


def _phases(seat: Seat, seen: Facts) -> Iterator[Block]:
    drawn = phases_chart(seat)
    if not drawn:
        return
    yield Heading("The six phases", 2)
    yield Picture(str(drawn), "The six phases over the months; the table says the same.")
    rows = tuple(
        (f"{one.number} {PHASES[one.number - 1]}", one.started_on, one.ended_on, one.note) for one in seen.phases
    )
    yield Table(("Phase", "From", "To", "What was done"), rows)


def _findings(seat: Seat, wish: Wish, leaving: Leaving) -> Iterator[Block]:
    whose, themes = named_outside(seat, leaving)
    yield Heading("Findings")
    if not themes:
        yield Paragraph("There are no themes yet.")
        return
    yield Picture(
        map_of(seat, themes, leaving.clean(seat.study.question)),
        "The themes around the question, each with its codes; the text below says the same.",
    )
    allowed = leaving.allowed
    for one in themes:
        yield from _theme(seat, one, allowed, wish.most)
    if allowed.no & set(whose.participants):
        yield Paragraph("Nothing is quoted of participants who did not agree to be quoted.", quiet=True)


def named_outside(seat: Seat, leaving: Leaving) -> tuple[Places, list[Held]]:
    """The themes and their codes under the names that they have outside."""
    whose, themes = held(seat)
    for one in themes:
        leaving.renamed([one.theme])
        leaving.renamed(one.codes)
    return whose, themes


def _theme(seat: Seat, one: Held, allowed: Quotable, most: int) -> Iterator[Block]:
    yield Heading(one.theme.name, 2)
    if one.theme.central_idea:
        yield Paragraph((Run(one.theme.central_idea, emphasis=True),))
    if one.theme.definition:
        yield Paragraph(one.theme.definition)
    codes = ", ".join(code.name for code in one.codes) or "none"
    held, who = many(one.passages, "passage", "passages"), ", ".join(one.participants) or "nobody yet"
    yield Paragraph(f"Codes: {codes}. {held} of {who}.", quiet=True)
    strange = {row.span_id: row.note for row in theme_access.misfits(seat).filter(theme=one.theme)}
    passages = extracts_of(seat, one.theme, allowed.whose)
    fitting = [extract for extract in passages if not strange.keys() & set(extract.spans)]
    for extract, words in allowed.some(fitting, most):
        yield Quotation(words, extract.who, extract.title if extract.title != extract.who else "")
    if strange:
        yield Heading("What does not fit", 3)
    for extract in passages:
        note = next((strange[span] for span in extract.spans if span in strange), None)
        if note is not None and (words := allowed.words(extract)):
            yield Quotation(words, extract.who)
            yield Paragraph(note)


def _charts(seat: Seat, wish: Wish, leaving: Leaving) -> Iterator[Block]:
    yield Heading("Tables and charts")
    for one in charts(seat, leaving.names):
        yield Heading(one.title, 2)
        yield Picture(one.svg, f"{one.about} The table says the same.", one.about)
        yield Table(one.head, one.rows)
        if one.cut:
            yield Paragraph(f"{one.cut} The others stand in the tables by themselves (xlsx).", quiet=True)


def _framework(seat: Seat, wish: Wish, leaving: Leaving) -> Iterator[Block]:
    """By theme, so that it stands on a page however many themes there are."""
    whose, written = places(seat), cells_of(seat)
    yield NewPage()
    yield Heading("The framework")
    if not written:
        yield Paragraph("Nothing is written in it yet.")
    for theme in leaving.renamed(theme_access.themes(seat)):
        said = [
            (one.code, written[theme.id, key]) for key, one in whose.participants.items() if (theme.id, key) in written
        ]
        if said:
            yield Heading(theme.name, 2)
            yield Table(("Participant", "What they say to it, in our words"), tuple(said))


def _memos(seat: Seat, wish: Wish, leaving: Leaving) -> Iterator[Block]:
    """By what they are about, the oldest first."""
    found = sorted(listed(seat), key=lambda one: one.memo.created_at)
    allowed = {one.id for one in leaving.memos(seat, [one.memo for one in found])}
    found = [one for one in found if one.memo.id in allowed]
    yield NewPage()
    yield Heading("Memos")
    if not found:
        yield Paragraph("There are none yet.")
    for kind, label in MemoAbout.choices:
        of = [one for one in found if one.memo.about_kind == kind and one.thing]
        if of:
            yield Heading(f"On {label}", 2)
        for one in of:
            name = leaving.names.get(one.thing.id, one.thing.name) if one.thing else ""
            yield Paragraph((Run(" · ".join(filter(None, (name, one.memo.title))), strong=True),))
            yield Paragraph(one.memo.text)
            yield Paragraph(f"{one.memo.author.name}, {one.memo.changed_at.date()}", quiet=True)


def _codebook(seat: Seat, wish: Wish, leaving: Leaving) -> Iterator[Block]:
    rows: list[tuple[Cell, ...]] = []
    for top in codebook(seat):
        for depth, leaf in top.walk():
            said = [leaf.row[name] for name in ("definition", "include", "exclude")]
            name = leaving.names.get(UUID(leaf.row["id"]), leaf.row["name"])
            rows.append((f"{'– ' * depth}{name}", *said, leaf.count))
    yield NewPage()
    yield Heading("The codebook")
    yield Table(("Code", "What it means", "Use it for", "Not for", "Passages"), tuple(rows))


def _coreq(seat: Seat, wish: Wish, leaving: Leaving) -> Iterator[Block]:
    yield NewPage()
    yield Heading("What a report on interviews should say (COREQ)")
    rows = tuple((f"{one.number}", one.words, one.answer) for one in coreq.items(seat))
    yield Table(("Item", "What is asked", "What is said"), rows)


COMPOSED: dict[str, Callable[[Seat, Wish, Leaving], Iterator[Block]]] = {
    "method": _how,
    "findings": _findings,
    "charts": _charts,
    "framework": _framework,
    "codebook": _codebook,
    "coreq": _coreq,
    "memos": _memos,
}
