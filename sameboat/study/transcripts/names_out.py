"""Take names out of a text: before it is coded, once somebody has looked at each of them."""

from __future__ import annotations

import datetime
import hashlib
import uuid
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db import transaction

from sameboat.lib.refusals import Refusal
from sameboat.study.ledger.acts import act
from sameboat.study.ledger.scrubbing import rename_in
from sameboat.study.team.access import Seat
from sameboat.study.text import words
from sameboat.study.transcripts import key_box
from sameboat.study.transcripts.actions import document_of
from sameboat.study.transcripts.anonymising import Changed, Replacement, replace
from sameboat.study.transcripts.models import Document, Stage, Turn


class CodedAlready(Refusal):
    status = 409
    code = "coded_already"
    sentence = "This text bears codes, so its words stay as they are. Take the codes off first, or bring it in anew."


class PassphraseMissing(Refusal):
    status = 422
    code = "passphrase_missing"
    sentence = "Please type the passphrase that locks the list of names."


def together(known: Sequence[Replacement], wanted: Sequence[Replacement]) -> list[Replacement]:
    """One list, in which what was decided last counts; a name stands in it once, whatever its case."""
    by_name = {one.find.lower(): one for one in [*known, *wanted]}
    return list(by_name.values())


@transaction.atomic
def take_names_out(
    seat: Seat, document_id: uuid.UUID, wanted: Sequence[Replacement], passphrase: str, *, now: datetime.datetime
) -> Changed:
    """Puts others in the place of names in a text and in its title, and locks the list. The old words are gone.

    The ledger says that it was done and holds none of the names. Raises NotHere, CodedAlready, PassphraseMissing,
    WrongPassphrase, PassphraseTooShort.
    """
    document = must_be_bare(seat, document_id)
    if not passphrase.strip():
        raise PassphraseMissing
    every = together(key_box.opened(seat.study, passphrase), wanted)
    changed = replace(document.text, every)
    key_box.locked(seat.study, passphrase, every, now=now)
    _store(document, changed, every)
    # What the ledger kept of the text's title and of its file's name bears the names too.
    rename_in(seat.study, str(document.id), partial(_bare, every))
    finish(seat, document, now=now)
    return changed


def _bare(wanted: Sequence[Replacement], value: Any) -> Any:
    return replace(value, wanted).text if isinstance(value, str) else value


def must_be_bare(seat: Seat, document_id: uuid.UUID) -> Document:
    """The document, if it bears no code. Raises NotHere, CodedAlready."""
    document = document_of(seat, document_id)
    if document.spans.exists() or document.locked_at is not None:  # coding's own rows, reached by their name
        raise CodedAlready
    return document


def _store(document: Document, changed: Changed, wanted: Sequence[Replacement]) -> None:
    """Writes past the ledger, which would keep the old words."""
    text = changed.text
    Document.objects.filter(id=document.id).update(
        text=text, length=len(text), words=words.count(text), sha256=hashlib.sha256(text.encode()).hexdigest(),
        title=replace(document.title, wanted).text[:300], source_name=replace(document.source_name, wanted).text[:300],
        version=document.version + 1,
    )  # fmt: skip
    document.refresh_from_db()
    turns = list(Turn.objects.filter(document=document).order_by("index"))
    for turn in turns:
        turn.start, turn.end = changed.moved(turn.start, turn.end)
        turn.speaker = replace(turn.speaker, wanted).text[:100]
    Turn.objects.bulk_update(turns, ["start", "end", "speaker"], batch_size=500)


def finish(seat: Seat, document: Document, *, now: datetime.datetime) -> None:
    """The text may be coded: somebody has looked for names in it."""
    with act(seat.study, seat.researcher, "take names out", label=document.title, now=now, undoable=False) as doing:
        doing.change(document, stage=Stage.ANONYMISED)
