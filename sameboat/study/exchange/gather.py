"""A study of ours as plain things, ready to be written in any format. Only what this seat may see.

Nothing of who withdrew, nothing that is in the bin, and never the list of names that were taken out.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sameboat.study.analysis.models import FrameworkCell, SavedQuery
from sameboat.study.checking.models import CheckAnswer
from sameboat.study.coding import access
from sameboat.study.coding.models import Code as CodeRow
from sameboat.study.coding.models import Memo, MemoAbout
from sameboat.study.coding.models import Span as SpanRow
from sameboat.study.coding.places import documents_out, places
from sameboat.study.exchange import speakers_note
from sameboat.study.exchange.codebook_tables import described
from sameboat.study.exchange.models import KeptPart
from sameboat.study.exchange.refi.guids import derived
from sameboat.study.exchange.shapes import (
    Case,
    Code,
    Coding,
    Kept,
    Plain,
    Project,
    Selection,
    Set,
    Source,
    User,
    Value,
    Variable,
)
from sameboat.study.fieldwork.models import Consent, Group, GuideVersion, Interview, Participant
from sameboat.study.pace import along
from sameboat.study.report.models import ReportNote
from sameboat.study.report.quoting import Quotable, quotable
from sameboat.study.report.unsaid import Leaving, memos_on_unsaid
from sameboat.study.team.access import Seat
from sameboat.study.team.models import Researcher
from sameboat.study.text.spans import without
from sameboat.study.themes.models import Misfit, Phase, PointNote, Theme
from sameboat.study.transcripts.models import Document, Recording, Turn

GROUP = "Group"
MASK = "█"
_SAYS = 80
# By what people can see, so that the same study has the same order under other ids.
_SPAN_ORDER = ("start", "end", "code__position", "code__name", "author__name", "created_at", "id")


def project_of(seat: Seat) -> tuple[Project, list[str]]:
    """The study, and sentences on what the format has no place for."""
    gatherer = _Gatherer(seat)
    return gatherer.project(), gatherer.left_out()


def codes_in_order(seat: Seat) -> list[CodeRow]:
    """The codebook, each code before those below it."""
    rows = list(access.codebook(seat))
    known, below = {row.id for row in rows}, defaultdict(list)
    for row in rows:
        below[row.parent_id if row.parent_id in known else None].append(row)
    ordered: list[CodeRow] = []
    waiting = list(reversed(below[None]))
    while waiting:
        ordered.append(waiting.pop())
        waiting.extend(reversed(below[ordered[-1].id]))
    return ordered


class _Gatherer:
    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        self._users: set[uuid.UUID] = {seat.researcher.id}
        self._notes: dict[tuple[str, uuid.UUID], list[str]] = defaultdict(list)
        self._allowed = quotable(seat, places(seat))
        self._silent = memos_on_unsaid(seat, self._allowed)
        self._leaving = Leaving(seat, self._allowed)
        self._clean = self._leaving.clean
        self._project = Project(
            self._clean(seat.study.name), self._clean(seat.study.question), at=seat.study.created_at
        )

    def project(self) -> Project:
        """Everything, in the order of what names what."""
        project = self._project
        project.user = str(self._seat.researcher.id)
        self._memos()
        project.codes = [self._code(row) for row in self._leaving.renamed(codes_in_order(self._seat))]
        self._texts()
        self._participants()
        self._themes()
        self._kept()
        people = Researcher.objects.filter(id__in=self._users).order_by("name", "id")
        project.users = [User(str(one.id), one.name) for one in people]
        project.own_notes = self._notes[MemoAbout.STUDY, self._seat.study.id]
        return project

    def left_out(self) -> list[str]:
        """What the study holds that does not go along."""
        study = self._seat.study
        found = {
            "Consents, and what each participant agreed to.": Consent.objects.filter(study=study),
            "When interviews were held, and with which questions.": Interview.objects.filter(study=study),
            "Recordings.": Recording.objects.filter(study=study),
            "Which passages do not fit a theme.": Misfit.objects.filter(study=study),
            "The framework: what each participant says to each theme.": FrameworkCell.objects.filter(study=study),
            "What participants answered when their passages were sent back.": CheckAnswer.objects.filter(study=study),
            "The days of the six phases.": Phase.objects.filter(study=study),
            "What you said to the fifteen points.": PointNote.objects.filter(study=study),
            "What you said to the COREQ list.": ReportNote.objects.filter(study=study),
            "Searches that are kept by name.": SavedQuery.objects.filter(study=study),
            "Names of groups, and notes on them; their letters go along.": Group.objects.filter(study=study),
            "The questions asked, version by version.": GuideVersion.objects.filter(study=study),
        }
        said = [sentence for sentence, rows in found.items() if rows.exists()]
        said += not_quoted(self._allowed)
        if self._silent:
            said.append(f"Memos on passages that were asked to be taken out: {len(self._silent)}.")
        if self._seat.blind:
            said.append("The coding of others, which you do not see.")
        return [*said, "Who did what and when (the audit trail), the recruitment log, and the list of replaced names."]

    def _memos(self) -> None:
        """Memos become notes; one on somebody or on a group says so in its name, since nothing can refer to it."""
        named = {row.id: f"participant {row.code}" for row in Participant.objects.filter(study=self._seat.study)}
        named |= {row.id: f"group {row.letter}" for row in Group.objects.filter(study=self._seat.study)}
        gone = set(
            Participant.objects.filter(study=self._seat.study, withdrawn_at__isnull=False).values_list("id", flat=True)
        )
        for memo in access.memos(self._seat).order_by("created_at", "title", "text", "id"):
            if memo.about_id in gone or memo.id in self._silent:
                continue
            title = self._clean(memo.title) or "Memo"
            if memo.about_kind in (MemoAbout.PARTICIPANT, MemoAbout.GROUP) and memo.about_id in named:
                title = f"About {named[memo.about_id]}: {self._clean(memo.title)}".rstrip(": ")
            self._note(memo, title)

    def _note(self, memo: Memo, title: str) -> None:
        self._users.add(memo.author_id)
        guid = str(memo.id)
        text = self._clean(memo.text)
        self._project.notes.append(Source(guid, title, text, user=str(memo.author_id), at=memo.created_at))
        self._notes[memo.about_kind, memo.about_id].append(guid)

    def _code(self, row: CodeRow) -> Code:
        cells = {name: self._clean(getattr(row, name)) for name in ("definition", "include", "exclude", "example")}
        parent = str(row.parent_id) if row.parent_id else None
        made = Code(str(row.id), row.name, described(cells), row.colour, row.kind == "category", parent)
        made.notes = self._notes[MemoAbout.CODE, row.id]
        return made

    def _texts(self) -> None:
        spans: dict[uuid.UUID, list[SpanRow]] = defaultdict(list)
        for span in access.spans(self._seat).order_by(*_SPAN_ORDER):
            spans[span.document_id].append(span)
        turns: dict[uuid.UUID, list[Turn]] = defaultdict(list)
        for turn in Turn.objects.filter(study=self._seat.study).order_by("document_id", "index"):
            turns[turn.document_id].append(turn)
        for row in along(documents_out(self._seat).order_by("title", "id")):
            self._project.sources.append(self._text(row, spans[row.id], turns[row.id]))

    def _text(self, row: Document, spans: list[SpanRow], turns: list[Turn]) -> Source:
        gone = self._allowed.taken_out(row.id)
        row.text = _masked(row.text, gone)
        spans = [one for one in spans if without([(one.start, one.end)], gone)]
        made = Source(
            str(row.id),
            self._clean(row.title),
            row.text,
            at=row.imported_at,
            notes=list(self._notes[MemoAbout.DOCUMENT, row.id]),
        )
        made.selections = self._selections(row, spans)
        made.values = [Value(*pair) for pair in self._values(row.properties)]
        guid = derived(str(row.id), "turns")
        said = [speakers_note.Said(one.start, one.end, one.role, one.seconds, one.speaker) for one in turns]
        text = speakers_note.written(row.kind, row.stage, said)
        self._project.notes.append(Source(guid, f"Who speaks: {made.name}", text))
        made.notes.append(guid)
        return made

    def _selections(self, row: Document, spans: Iterable[SpanRow]) -> list[Selection]:
        """A selection for each passage, with all codes that are on exactly it."""
        found: dict[tuple[int, int], Selection] = {}
        for span in spans:
            place = span.start, span.end
            says = " ".join(row.text[span.start : span.end].split())
            says = says if len(says) <= _SAYS else f"{says[:_SAYS]}…"
            one = found.setdefault(place, Selection(derived(str(row.id), *map(str, place)), *place, says))
            self._users.add(span.author_id)
            coding = Coding(str(span.id), str(span.code_id), str(span.author_id), span.created_at)
            coding.notes = self._notes[MemoAbout.SPAN, span.id]
            one.codings.append(coding)
            one.user, one.at = one.user or coding.user, one.at or coding.at
        return list(found.values())

    def _participants(self) -> None:
        texts = defaultdict(list)
        for row in (
            documents_out(self._seat)
            .order_by("title", "id")
            .values("id", "participant_id", "interview__participant_id")
        ):
            texts[row["participant_id"] or row["interview__participant_id"]].append(str(row["id"]))
        rows = Participant.objects.filter(study=self._seat.study, withdrawn_at=None).select_related("group")
        for one in rows.order_by("code"):
            case = Case(str(one.id), one.code, self._clean(one.note), sources=texts[one.id])
            group = {GROUP: one.group.letter} if one.group else {}
            case.values = [Value(*pair) for pair in self._values({**one.properties, **group})]
            self._project.cases.append(case)

    def _values(self, properties: dict[str, Any]) -> list[tuple[str, Plain]]:
        """Properties as values of variables, which are made as they are met."""
        found: list[tuple[str, Plain]] = []
        for name, value in self._leaving.cleaned(properties).items():
            plain = _as_plain(value)
            kind = _kind_of(plain)
            guid = derived(str(self._seat.study.id), "variable", name, kind)
            if all(one.guid != guid for one in self._project.variables):
                self._project.variables.append(Variable(guid, name, kind))
            found.append((guid, plain))
        return found

    def _themes(self) -> None:
        """A theme is a set of its codes; what it has beyond a name and an idea stands in a note."""
        shown = {code.guid for code in self._project.codes}
        themes = Theme.objects.filter(study=self._seat.study).order_by("order", "name", "id")
        for row in self._leaving.renamed(themes):
            codes = row.theme_codes.order_by("code__position", "code__name", "id").values_list("code_id", flat=True)
            guid = derived(str(row.id), "theme")
            note = f"Status: {row.status}\nColour: {row.colour}\n\n{self._clean(row.definition)}"
            self._project.notes.append(Source(guid, f"About the theme {row.name}", note))
            held = [str(code) for code in codes if str(code) in shown]
            made = Set(str(row.id), row.name, self._clean(row.central_idea), held)
            made.notes = [guid, *self._notes[MemoAbout.THEME, row.id]]
            self._project.sets.append(made)

    def _kept(self) -> None:
        rows = KeptPart.objects.filter(study=self._seat.study).exclude(participant__withdrawn_at__isnull=False)
        self._project.kept = [
            Kept(row.element, str(row.id), row.name, row.xml) for row in rows.order_by("element", "name", "id")
        ]
        known = {case.guid: case for case in self._project.cases}
        for row in rows.exclude(participant=None).order_by("element", "name", "id"):
            if str(row.participant_id) in known:
                known[str(row.participant_id)].sources.append(str(row.id))


def not_quoted(allowed: Quotable) -> list[str]:
    """Sentences on what must not be quoted: what of it is not given out, and who is meant."""
    number = sum(len(allowed.taken_out(text)) for text in allowed.whose.texts)
    said = (
        [f"What participants asked to be taken out: {number} × a row of {MASK} stands in its place."] if number else []
    )
    codes = [one.code for one in allowed.whose.participants.values() if one.id in allowed.no]
    if codes:
        said.append(f"That some must not be quoted. Please see to it yourself: {', '.join(codes)}.")
    return said


def _masked(text: str, gone: Iterable[tuple[int, int]]) -> str:
    """As long as before, so that every place stays where it is."""
    for start, end in gone:
        text = text[:start] + "".join(sign if sign == "\n" else MASK for sign in text[start:end]) + text[end:]
    return text


def _as_plain(value: Any) -> Plain:
    if isinstance(value, bool | int):
        return value
    return Decimal(str(value)) if isinstance(value, float) else "" if value is None else str(value)


def _kind_of(value: Plain) -> str:
    kinds: dict[type, str] = {bool: "Boolean", int: "Integer", Decimal: "Float"}
    return kinds.get(type(value), "Text")
