"""Mend a typing error in a text: every passage and every turn keeps exactly its words. Only before the text is locked.

What was done to passages of this text before cannot be undone afterwards: it would put them where they stood then.
"""

from __future__ import annotations

import datetime
import hashlib
import uuid
from collections.abc import Iterable

from sameboat.lib.refusals import Refusal
from sameboat.study.coding import access
from sameboat.study.coding.models import Span
from sameboat.study.coding.refusals import TextMended
from sameboat.study.ledger.acts import Act, act
from sameboat.study.ledger.scrubbing import close_the_past
from sameboat.study.team.access import Seat
from sameboat.study.text import words
from sameboat.study.text.plain import storable
from sameboat.study.text.spans import after_edit
from sameboat.study.transcripts.models import Document, Turn
from sameboat.study.transcripts.placed import rows_in


class Locked(Refusal):
    status = 409
    code = "text_locked"
    sentence = "This text is locked, so its words stay as they are."


class NotThere(Refusal):
    status = 409
    code = "words_not_there"
    sentence = "These words do not stand there. Please look for them again."


class CodeOnIt(Refusal):
    status = 409
    code = "code_on_it"
    sentence = "A code is on exactly these words. Take it off first, or put other words in their place."


def mend(
    seat: Seat, document_id: uuid.UUID, find: str, at: int, instead: str, version: int, *, now: datetime.datetime
) -> Document:
    """Puts other words in the place of `find` at `at`. Raises NotHere, Locked, TextMended, NotThere, CodeOnIt."""
    instead = " ".join(storable(instead).split("\n"))
    with act(seat.study, seat.researcher, "mend a text", now=now, undoable=False) as doing:
        document = _may_be_mended(seat, document_id)
        # Which words were mended is not kept: what was wrong may have been a name.
        doing.label = document.title
        if document.version != version:
            raise TextMended
        if not find or at < 0 or document.text[at : at + len(find)] != find:
            raise NotThere
        close_the_past(seat.study, str(document.id))
        text = document.text[:at] + instead + document.text[at + len(find) :]
        _move_spans(doing, document, at, len(find), len(instead))
        _store(doing, document, text)
        _move_turns(document, at, len(find), len(instead))
    return document


def lock(seat: Seat, document_id: uuid.UUID, *, now: datetime.datetime) -> None:
    """From now on nothing changes the text. Raises NotHere, Locked."""
    with act(seat.study, seat.researcher, "lock a text", now=now, undoable=False) as doing:
        document = _may_be_mended(seat, document_id)
        doing.label = document.title
        doing.change(document, locked_at=now)


def _may_be_mended(seat: Seat, document_id: uuid.UUID) -> Document:
    document = access.document(seat, document_id)
    if document.locked_at is not None:
        raise Locked
    return document


def places_of(text: str, find: str, most: int = 50) -> Iterable[int]:
    """Where the words stand, from the start."""
    at = text.find(find) if find else -1
    while at >= 0 and most:
        yield at
        at, most = text.find(find, at + 1), most - 1


def _move_spans(doing: Act, document: Document, at: int, removed: int, added: int) -> None:
    """All of them: also those of others, of codes that lie in the bin, and what participants said to their words."""
    for row in rows_in(document, after=at):
        found = after_edit((row.start, row.end), at, removed, added)
        if found is not None:
            doing.change(row, start=found.start, end=found.end)
        elif isinstance(row, Span):
            raise CodeOnIt
        else:
            doing.remove(row)


def _store(doing: Act, document: Document, text: str) -> None:
    """The words past the ledger, which would keep the whole text twice."""
    Document.objects.filter(id=document.id).update(text=text)
    doing.change(
        document, length=len(text), words=words.count(text), sha256=hashlib.sha256(text.encode()).hexdigest(),
        version=document.version + 1,
    )  # fmt: skip
    document.text = text


def _move_turns(document: Document, at: int, removed: int, added: int) -> None:
    """Also a turn that keeps its ends is written again, so that search knows its words."""
    turns = list(Turn.objects.filter(document=document, end__gte=at))
    for turn in turns:
        found = after_edit((turn.start, turn.end), at, removed, added) if turn.start < turn.end else None
        if found is not None:
            turn.start, turn.end = found
        elif turn.start > at:
            turn.start = turn.end = max(at + added, turn.start + added - removed)
        else:
            turn.end = turn.start
    Turn.objects.bulk_update(turns, ["start", "end"], batch_size=200)
