"""A study of another program becomes rows of ours: all of it, or nothing."""

from __future__ import annotations

import datetime
import hashlib
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models

from sameboat.study.coding.models import Code as CodeRow
from sameboat.study.coding.models import CodeKind
from sameboat.study.coding.models import Span as SpanRow
from sameboat.study.coding.palette import free_look
from sameboat.study.exchange import speakers_note
from sameboat.study.exchange.absorb_cases import Cases
from sameboat.study.exchange.absorb_notes import Notes
from sameboat.study.exchange.codebook_tables import taken_apart
from sameboat.study.exchange.people import People
from sameboat.study.exchange.refi.guids import derived
from sameboat.study.exchange.shapes import Account, Code, Coding, Project, Source
from sameboat.study.ledger.acts import Act, act
from sameboat.study.pace import along
from sameboat.study.team.access import Seat
from sameboat.study.text import words
from sameboat.study.transcripts.indexing import Said, add_turns
from sameboat.study.transcripts.models import Document, DocumentKind, Stage

WITHOUT_CODE = "No code yet"


def absorb(seat: Seat, project: Project, account: Account, source: str, *, now: datetime.datetime) -> Account:
    """Adds all of a project to the study of this seat, as one entry of the ledger. Completes the account.

    A text that is already there (the same words under the same title), a code of the same name in the same place, a
    theme of the same name with the same codes, and a note with the same words on the same thing are the same, whatever
    their ids: some programs give new ones in each file. Everything else is new. Everybody's coding stays theirs.
    """
    with act(seat.study, seat.researcher, "import", now=now, label=source, undoable=False) as doing:
        arrival = _Arrival(seat, project, account, doing, source, now)
        arrival.codes()
        arrival.texts()
        arrival.spans()
        arrival.notes()
    return account


class Ids:
    """Ids of rows for the GUIDs of a file: the GUID itself where it is free in the whole database, else a new one."""

    def __init__(self, study: Any) -> None:
        self._study = study
        self.of: dict[str, uuid.UUID] = {}

    def take(self, model: type[models.Model], guids: Iterable[str]) -> None:
        """Makes ids for rows of a model."""
        wanted = [uuid.UUID(guid) for guid in guids]
        taken: set[uuid.UUID] = set()
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            taken |= set(model._base_manager.filter(pk__in=part).values_list("pk", flat=True))
        for guid in wanted:
            self.of[str(guid)] = uuid.uuid4() if guid in taken else guid


class _Arrival:
    def __init__(
        self, seat: Seat, project: Project, account: Account, doing: Act, source: str, now: datetime.datetime
    ) -> None:
        self.seat, self.project, self.account, self.doing = seat, project, account, doing
        self.source, self.now = source, now
        self.ids, self.people = Ids(seat.study), People(seat, project)
        self.code_rows: dict[str, CodeRow] = {}
        self.document_rows: dict[str, Document] = {}
        self.first_span: dict[str, SpanRow] = {}

    def codes(self) -> None:
        """The codebook, parents first; used categories become codes, since a category holds no passages."""
        known = {
            (row.parent_id, row.name): row for row in CodeRow.objects.filter(study=self.seat.study, trashed_at=None)
        }
        self.ids.take(CodeRow, (code.guid for code in self.project.codes))
        used = {coding.code for text in self._all_texts() for coding in _codings(text)}
        looks = {(row.colour, row.pattern) for row in known.values()}
        order = {parent: sum(key[0] == parent for key in known) for parent in {key[0] for key in known}}
        made: list[CodeRow] = []
        for code in self.project.codes:
            parent = self.code_rows[code.parent].id if code.parent else None
            row = known.get((parent, code.name[:300]))
            if row is None:
                row = self._code(code, parent, looks, order, code.guid in used)
                made.append(row)
                known[parent, row.name] = row
            self.code_rows[code.guid] = row
        self.doing.add_all(made)
        if len(made) < len(self.project.codes):
            self.account.mend(
                f"{len(self.project.codes) - len(made)} codes were in the study already, by name and place."
            )

    def _code(
        self, code: Code, parent: uuid.UUID | None, looks: set[tuple[str, str]], order: dict[Any, int], used: bool
    ) -> CodeRow:
        colour, pattern = free_look(looks)
        looks.add((colour, pattern))
        if code.category and used:
            self.account.mend(f"“{code.name}” was a category with passages of its own; it is a code now.")
        kind = CodeKind.CATEGORY if code.category and not used else CodeKind.CODE
        order[parent] = order.get(parent, -1) + 1
        return CodeRow(
            id=self.ids.of[code.guid], study=self.seat.study, parent_id=parent, name=code.name[:300], kind=kind,
            colour=code.colour or colour, pattern=pattern, position=order[parent], created_by=self.seat.researcher,
            created_at=self.now, **taken_apart(code.description),
        )  # fmt: skip

    def texts(self) -> None:
        """Documents with their turns and whose they are. What belongs to somebody who withdrew does not come in."""
        cases = Cases(self)
        alike = {
            (row.title, row.sha256): row
            for row in Document.objects.filter(study=self.seat.study, trashed_at=None).defer("text")
        }
        self.ids.take(Document, (text.guid for text in self._all_texts()))
        notes = {note.guid: note for note in self.project.notes}
        made: list[Document] = []
        turns: list[tuple[Document, list[Said]]] = []
        for text in along([one for one in self._all_texts() if one.guid not in cases.withdrawn]):
            row = self._document(text, cases)
            if (there := alike.get((row.title, row.sha256))) is not None:
                self.document_rows[text.guid] = there
                self.account.mend(f"“{row.title}” was in the study already; the passages are put on it.")
                continue
            alike[row.title, row.sha256] = self.document_rows[text.guid] = row
            made.append(row)
            turns.append((row, self._turns(row, text, speakers_note.beside(text, notes))))
        self.doing.add_all(made)
        for row, said in along(turns):
            add_turns(row, said)

    def _all_texts(self) -> list[Source]:
        """Texts, and notes in which something is marked."""
        return [*self.project.sources, *(note for note in self.project.notes if note.selections or note.codings)]

    def _document(self, text: Source, cases: Cases) -> Document:
        participant, is_note = cases.owner.get(text.guid), text not in self.project.sources
        kind = DocumentKind.NOTES if is_note else DocumentKind.TRANSCRIPT if participant else DocumentKind.OTHER
        return Document(
            id=self.ids.of[text.guid], study=self.seat.study, title=(text.name or "Text")[:300], kind=kind,
            participant=participant, group=participant.group if participant else None, text=text.text,
            sha256=hashlib.sha256(text.text.encode()).hexdigest(), length=len(text.text), words=words.count(text.text),
            source_name=self.source[:300], source_format=self.source.rsplit(".", 1)[-1][:20],
            imported_at=text.at or self.now, properties=cases.properties(text.values),
        )  # fmt: skip

    def _turns(self, row: Document, text: Source, note: Source | None) -> list[Said]:
        about = speakers_note.read(note.text, row.length) if note else None
        if about is not None:
            row.kind = about.kind if about.kind in DocumentKind.values else row.kind
            row.stage = about.stage if about.stage in Stage.values else row.stage
        said = about.turns if about else speakers_note.within(text)
        return [
            Said(index, one.start, one.end, one.speaker[:100], str(one.role), one.seconds)
            for index, one in enumerate(said)
        ]

    def spans(self) -> None:
        """Every coding, by whoever made it, once. A passage without any code gets one that says so."""
        self.ids.take(SpanRow, (coding.guid for text in self._all_texts() for coding in _codings(text)))
        rows = list(self.document_rows.values())
        there = {_key(one): one for one in SpanRow.objects.filter(document__in=[row.id for row in rows])}
        made: list[SpanRow] = []
        for text in along(self._all_texts()):
            row = self.document_rows.get(text.guid)
            for place, codings in self._places(text) if row is not None else ():
                for coding in codings:
                    span = self._span(row, coding, place)
                    if _key(span) not in there:
                        made.append(span)
                    self.first_span.setdefault(coding.guid, there.setdefault(_key(span), span))
        self.doing.add_all(made)
        self.account.kept["codes on passages"] = len(made)

    def _places(self, text: Source) -> list[tuple[tuple[int, int], Sequence[Coding]]]:
        found: list[tuple[tuple[int, int], Sequence[Coding]]] = []
        if text.codings and text.text:
            found.append(((0, len(text.text)), text.codings))
            self.account.mend("Codes that were on a whole text are on all of its words now.")
        for one in text.selections:
            codings = one.codings or [Coding(derived(one.guid, "no code"), self._without_code(), one.user, one.at)]
            found.append(((one.start, one.end), codings))
        return found

    def _span(self, row: Any, coding: Coding, place: tuple[int, int]) -> SpanRow:
        number = self.ids.of.get(coding.guid)
        if number is None:
            self.ids.take(SpanRow, [coding.guid])
            number = self.ids.of[coding.guid]
        return SpanRow(
            id=number, study=self.seat.study, document=row, code=self.code_rows[coding.code], start=place[0],
            end=place[1], author=self.people.of(coding.user), created_at=coding.at or self.now,
        )  # fmt: skip

    def _without_code(self) -> str:
        """The code for passages that had none, made when it is first needed."""
        if WITHOUT_CODE not in self.code_rows:
            known = CodeRow.objects.filter(study=self.seat.study, trashed_at=None, parent=None)
            row = known.filter(name=WITHOUT_CODE).first()
            if row is None:
                colour, pattern = free_look(set(known.values_list("colour", "pattern")))
                row = CodeRow(
                    study=self.seat.study, name=WITHOUT_CODE, colour=colour, pattern=pattern, position=known.count(),
                    created_by=self.seat.researcher, created_at=self.now,
                )  # fmt: skip
                self.doing.add(row)
            self.code_rows[WITHOUT_CODE] = row
            self.account.mend(f"Passages that had no code are under “{WITHOUT_CODE}”.")
        return WITHOUT_CODE

    def notes(self) -> None:
        """Memos, themes, and what is kept as it was."""
        Notes(self).all()


def _key(span: SpanRow) -> tuple[uuid.UUID, uuid.UUID, int, int, uuid.UUID]:
    """What makes two codings the same, whatever their ids."""
    return span.document_id, span.code_id, span.start, span.end, span.author_id


def _codings(text: Source) -> list[Coding]:
    return [*text.codings, *(coding for one in text.selections for coding in one.codings)]
