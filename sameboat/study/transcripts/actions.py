"""Keep a transcript, name it anew, put it away."""

from __future__ import annotations

import datetime
import hashlib
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sameboat.lib.refusals import NotHere, Refusal
from sameboat.study.fieldwork.models import Group, Participant
from sameboat.study.ledger.acts import Act, act
from sameboat.study.pace import along
from sameboat.study.readers import Transcript
from sameboat.study.team.access import Seat
from sameboat.study.text import words
from sameboat.study.transcripts.indexing import Said, add_turns
from sameboat.study.transcripts.models import Document, DocumentKind, TurnRole

_CODE = re.compile(r"(?<![^\W_])([A-Za-z]{1,2})[ _-]?(\d{1,3})(?![^\W_])")


class TitleMissing(Refusal):
    status = 422
    code = "title_missing"
    sentence = "Please give each text a title."


class HasWithdrawn(Refusal):
    status = 409
    code = "has_withdrawn"
    sentence = "This participant has withdrawn. Nothing of theirs can be added."


class InAnotherGroup(Refusal):
    """One code in two groups: two people, most likely. `place` is the text, the code and its group, for the page."""

    status = 409
    code = "in_another_group"
    sentence = (
        "A participant's code stands in two groups. Two people cannot have one code: please choose another code, "
        "or the same group."
    )

    def __init__(self, *place: str) -> None:
        super().__init__()
        self.place = " · ".join(place)


@dataclass(frozen=True)
class Wish:
    """What somebody decided about one file: `roles` says who of its speakers asks and who takes part.

    `words` is how many words it has, where these were counted before.
    """

    transcript: Transcript
    file_name: str
    title: str
    participant: str = ""
    group: str = ""
    kind: str = DocumentKind.TRANSCRIPT
    roles: Mapping[str, str] = field(default_factory=dict)
    words: int | None = None


def participant_in(name: str) -> str:
    """The participant's code that a file name holds, as in "interview A1.docx"; empty where it holds none."""
    found = _CODE.findall(name.rsplit(".", 1)[0])
    return f"{found[-1][0].upper()}{found[-1][1].lstrip('0') or '0'}" if found else ""


def keep(seat: Seat, wishes: Sequence[Wish], *, now: datetime.datetime) -> list[Document]:
    """Stores transcripts, all or none of them. Raises TitleMissing, HasWithdrawn, InAnotherGroup."""
    if not all(wish.title.strip() for wish in wishes):
        raise TitleMissing
    with act(seat.study, seat.researcher, "import", now=now, undoable=False) as doing:
        made = [_keep_one(doing, seat, wish, now) for wish in along(wishes)]
        doing.label = " · ".join(document.title for document in made[:3]) + (" …" if len(made) > 3 else "")
    return made


def _keep_one(doing: Act, seat: Seat, wish: Wish, now: datetime.datetime) -> Document:
    text = wish.transcript.text
    participant, group = _whose(doing, seat, wish)
    number = words.count(text) if wish.words is None else wish.words
    document = Document(
        study=seat.study, title=wish.title.strip()[:300], kind=wish.kind, participant=participant, group=group,
        text=text, length=len(text), words=number, sha256=hashlib.sha256(text.encode()).hexdigest(),
        imported_at=now, source_name=wish.file_name[:300], source_format=wish.transcript.format,
        encoding=wish.transcript.encoding or "",
    )  # fmt: skip
    doing.add(document)
    roles = {speaker: _role(wish, speaker) for speaker in (None, *wish.transcript.speakers)}
    turns = [
        Said(index, one.start, one.end, (one.speaker or "")[:100], str(roles[one.speaker]), one.seconds)
        for index, one in enumerate(wish.transcript.turns)
    ]
    add_turns(document, turns)
    return document


def _role(wish: Wish, speaker: str | None) -> str:
    if speaker is None:
        return TurnRole.OTHER if wish.transcript.speakers else TurnRole.PARTICIPANT
    chosen = wish.roles.get(speaker)
    if chosen in TurnRole.values:
        return str(chosen)
    return TurnRole.INTERVIEWER if speaker in wish.transcript.interviewers else TurnRole.PARTICIPANT


def _whose(doing: Act, seat: Seat, wish: Wish) -> tuple[Participant | None, Group | None]:
    """The participant and the group of a text; who is not known yet is added. Codes are alike whatever their case."""
    code, letter = wish.participant.strip()[:20], wish.group.strip()[:4]
    if not code:
        return None, _group(doing, seat, letter) if letter else None
    participant = Participant.objects.filter(study=seat.study, code__iexact=code).first()
    if participant is None:
        participant = Participant(study=seat.study, code=code, group=_group(doing, seat, letter) if letter else None)
        doing.add(participant)
    if participant.withdrawn_at is not None:
        raise HasWithdrawn
    if participant.group and letter and participant.group.letter.lower() != letter.lower():
        raise InAnotherGroup(wish.title.strip(), participant.code, participant.group.letter)
    return participant, participant.group or (_group(doing, seat, letter) if letter else None)


def _group(doing: Act, seat: Seat, letter: str) -> Group:
    found = Group.objects.filter(study=seat.study, letter__iexact=letter).first()
    if found is None:
        found = Group(study=seat.study, letter=letter)
        doing.add(found)
    return found


def document_of(seat: Seat, document_id: uuid.UUID) -> Document:
    """One text of the study that is not in the bin. Raises NotHere."""
    found = Document.objects.filter(study=seat.study, id=document_id, trashed_at=None).defer("text").first()
    if found is None:
        raise NotHere
    return found


def rename(seat: Seat, document_id: uuid.UUID, title: str, *, now: datetime.datetime) -> Document:
    """Gives a text another title. Raises NotHere, TitleMissing."""
    if not title.strip():
        raise TitleMissing
    with act(seat.study, seat.researcher, "rename document", label=title, now=now) as doing:
        document = document_of(seat, document_id)
        doing.change(document, title=title.strip()[:300])
    return document


def put_away(seat: Seat, document_id: uuid.UUID, *, now: datetime.datetime) -> Document:
    """Moves a text to the bin, with its codes as they are; undo or the bin bring it back. Raises NotHere."""
    with act(seat.study, seat.researcher, "put document away", now=now) as doing:
        document = document_of(seat, document_id)
        doing.label = document.title
        doing.change(document, trashed_at=now)
    return document
