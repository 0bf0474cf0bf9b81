"""Notes become memos on what they are about, sets of codes become themes, and the rest is kept as it was."""

from __future__ import annotations

import datetime
import re
import uuid
from collections import defaultdict
from typing import Any, Protocol

from sameboat.study.coding.models import Code as CodeRow
from sameboat.study.coding.models import Memo, MemoAbout
from sameboat.study.coding.models import Span as SpanRow
from sameboat.study.coding.palette import COLOURS, is_colour
from sameboat.study.exchange import speakers_note
from sameboat.study.exchange.models import KeptPart
from sameboat.study.exchange.people import People
from sameboat.study.exchange.refi.guids import derived
from sameboat.study.exchange.refi.write import set_as_kept
from sameboat.study.exchange.shapes import Account, Kept, Project, Set, Source
from sameboat.study.fieldwork.models import Group, Participant
from sameboat.study.ledger.acts import Act
from sameboat.study.team.access import Seat
from sameboat.study.themes.models import Theme, ThemeCode, ThemeStatus
from sameboat.study.transcripts.models import Document

_ABOUT = re.compile(r"About (participant|group) ([^:]{1,20})(?:: (.*))?")
_THEME = re.compile(r"Status: (\w+)\nColour: (#[0-9a-f]{6})\n\n(.*)", re.S)
_OWN = re.compile(r'\s(?:guid|xmlns(?::\w+)?)="[^"]*"')
_GUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


class Arriving(Protocol):
    """What is known once codes, texts and spans are in."""

    seat: Seat
    project: Project
    account: Account
    doing: Act
    people: People
    ids: Any
    now: datetime.datetime
    code_rows: dict[str, CodeRow]
    document_rows: dict[str, Document]
    first_span: dict[str, SpanRow]


class Notes:
    """The last part of a study that comes in."""

    def __init__(self, arrival: Arriving) -> None:
        self._arrival, self._study = arrival, arrival.seat.study
        self._about: dict[str, list[tuple[str, uuid.UUID]]] = defaultdict(list)
        self._notes = {note.guid: note for note in arrival.project.notes}
        speakers = (speakers_note.beside(text, self._notes) for text in arrival.project.sources)
        self._own: set[str] = {note.guid for note in speakers if note is not None}

    def all(self) -> None:
        """Themes first, since notes may be about them."""
        self._themes()
        self._memos()
        self._descriptions()
        self._kept()

    def _themes(self) -> None:
        sets = [one for one in self._arrival.project.sets if one.codes]
        self._arrival.ids.take(Theme, (one.guid for one in sets))
        there, made, codes = self._themes_here(), list[Theme](), list[ThemeCode]()
        for order, one in enumerate(sets):
            found = dict.fromkeys(self._arrival.code_rows[code].id for code in one.codes)
            row = self._theme(one, order)
            if (known := there.get((row.name, frozenset(found)))) is not None:
                row = known
            else:
                made.append(row)
                codes += [ThemeCode(study=self._study, theme=row, code_id=code) for code in found]
            for note in one.notes:
                self._about[note].append((MemoAbout.THEME, row.id))
            if one.sources:
                self._arrival.account.leave_out(
                    f"“{one.name}” is a theme here; the texts that were in it are not kept in it."
                )
        self._arrival.doing.add_all(made)
        self._arrival.doing.add_all(codes)
        self._arrival.account.kept["themes"] = len(made)

    def _themes_here(self) -> dict[tuple[str, frozenset[uuid.UUID]], Theme]:
        """Themes of the study by name and codes."""
        rows = Theme.objects.filter(study=self._study).prefetch_related("theme_codes")
        return {(one.name, frozenset(of.code_id for of in one.theme_codes.all())): one for one in rows}

    def _theme(self, one: Set, order: int) -> Theme:
        status = colour = definition = ""
        for guid in (derived(one.guid, "theme"), *one.notes):
            note = self._notes.get(guid)
            if note is not None and (found := _THEME.fullmatch(note.text)):
                status, colour, definition = found.groups()
                self._own.add(guid)
                break
        return Theme(
            id=self._arrival.ids.of[one.guid], study=self._study, name=one.name[:300], central_idea=one.description,
            status=status if status in ThemeStatus.values else ThemeStatus.CANDIDATE, definition=definition,
            colour=colour if is_colour(colour) else COLOURS[order % len(COLOURS)], order=order,
        )  # fmt: skip

    def _memos(self) -> None:
        """A note is a memo on everything that refers to it; on the study where nothing does."""
        project, arrival = self._arrival.project, self._arrival
        for code in project.codes:
            self._refer(code.notes, MemoAbout.CODE, arrival.code_rows[code.guid].id)
        for text in (*project.sources, *project.notes):
            if text.guid in arrival.document_rows:
                self._refer(text.notes, MemoAbout.DOCUMENT, arrival.document_rows[text.guid].id)
            for coding in (*text.codings, *(coding for one in text.selections for coding in one.codings)):
                if coding.guid in arrival.first_span:
                    self._refer(coding.notes, MemoAbout.SPAN, arrival.first_span[coding.guid].id)
            for one in text.selections:
                if (span := self._span_of(one)) is not None:
                    self._refer(one.notes, MemoAbout.SPAN, span.id)
        notes = [
            note for note in project.notes if note.guid not in self._own and note.guid not in arrival.document_rows
        ]
        arrival.ids.take(Memo, (note.guid for note in notes))
        self._add([memo for note in notes for memo in self._memos_of(note)])

    def _add(self, memos: list[Memo]) -> None:
        """Those that are not in the study yet."""
        there = {_said(one) for one in Memo.objects.filter(study=self._study, trashed_at=None)}
        self._arrival.doing.add_all([one for one in memos if _said(one) not in there])

    def _refer(self, notes: list[str], kind: str, about: uuid.UUID) -> None:
        for note in notes:
            if (kind, about) not in self._about[note]:
                self._about[note].append((kind, about))

    def _span_of(self, selection: Any) -> SpanRow | None:
        guids = [coding.guid for coding in selection.codings] or [derived(selection.guid, "no code")]
        return self._arrival.first_span.get(guids[0])

    def _memos_of(self, note: Source) -> list[Memo]:
        title, about = note.name, self._about[note.guid]
        if not about and (named := _ABOUT.fullmatch(note.name)):
            about, title = self._somebody(named), named[3] or ""
        about = about or [(MemoAbout.STUDY, self._study.id)]
        first = self._arrival.ids.of[note.guid]
        return [self._memo(first if not at else uuid.uuid4(), *one, title, note) for at, one in enumerate(about)]

    def _memo(self, number: uuid.UUID, kind: str, about: uuid.UUID, title: str, note: Source) -> Memo:
        at = note.at or self._arrival.now
        return Memo(
            id=number, study=self._study, about_kind=kind, about_id=about, title="" if title == "Memo" else title[:300],
            text=note.text, author=self._arrival.people.of(note.user), created_at=at, changed_at=at,
        )  # fmt: skip

    def _somebody(self, named: re.Match[str]) -> list[tuple[str, uuid.UUID]]:
        if named[1] == "group":
            group = Group.objects.filter(study=self._study, letter__iexact=named[2]).first()
            return [(MemoAbout.GROUP, group.id)] if group else []
        one = Participant.objects.filter(study=self._study, code__iexact=named[2], withdrawn_at=None).first()
        return [(MemoAbout.PARTICIPANT, one.id)] if one else []

    def _descriptions(self) -> None:
        """What other programs write beside a text or a passage, and we have memos for."""
        made = []
        for text in (*self._arrival.project.sources, *self._arrival.project.notes):
            row = self._arrival.document_rows.get(text.guid)
            if row is not None and text.description.strip():
                note = Source(text.guid, "Description", text.description, user=text.user, at=text.at)
                made.append(self._memo(uuid.uuid4(), MemoAbout.DOCUMENT, row.id, "Description", note))
            for one in text.selections if row is not None else ():
                span = self._span_of(one)
                if span is not None and one.description.strip():
                    note = Source(one.guid, "Description", one.description, user=one.user, at=one.at)
                    made.append(self._memo(uuid.uuid4(), MemoAbout.SPAN, span.id, "Description", note))
        self._add(made)

    def _kept(self) -> None:
        """Kept parts, in which ids that had to change are changed too."""
        arrival, project = self._arrival, self._arrival.project
        parts = [*project.kept, *(set_as_kept(one) for one in project.sets if not one.codes)]
        arrival.ids.take(KeptPart, (one.guid for one in parts))
        new = {guid: str(row.id) for guid, row in (*arrival.code_rows.items(), *arrival.document_rows.items())}
        new |= {guid: str(number) for guid, number in arrival.ids.of.items() if guid not in new}
        owners = {source: case.name for case in project.cases for source in case.sources}
        people = {row.code.casefold(): row for row in Participant.objects.filter(study=self._study)}
        there = {_held(one) for one in KeptPart.objects.filter(study=self._study)}
        rows = []
        for one in parts:
            owner = people.get(owners.get(one.guid, "").casefold())
            if owner is None or owner.withdrawn_at is None:
                rows.append(self._part(one, new, owner))
        arrival.doing.add_all([one for one in rows if _held(one) not in there])

    def _part(self, one: Kept, new: dict[str, str], owner: Participant | None) -> KeptPart:
        xml = _GUID.sub(lambda found: new.get(found[0], found[0]), one.xml)
        number = self._arrival.ids.of[one.guid]
        return KeptPart(
            id=number, study=self._study, participant=owner, element=one.element, name=one.name[:300], xml=xml
        )


def _said(memo: Memo) -> tuple[object, ...]:
    """What makes two memos the same, whatever their ids."""
    return memo.about_kind, memo.about_id, memo.author_id, memo.title, memo.text


def _held(part: KeptPart) -> tuple[object, ...]:
    """The same of kept parts; what their XML refers to counts, their own ids do not."""
    return part.participant_id, part.element, part.name, _OWN.sub("", part.xml)
