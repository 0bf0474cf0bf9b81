"""Take names out of a text, once somebody has looked at each of them: best before it is coded, and possible after."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import uuid
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db import transaction

from sameboat.lib.refusals import Refusal
from sameboat.study.ledger.acts import Act, act
from sameboat.study.ledger.scrubbing import close_the_past, rename_in
from sameboat.study.team.access import Seat
from sameboat.study.text import words
from sameboat.study.transcripts import key_box
from sameboat.study.transcripts.actions import document_of
from sameboat.study.transcripts.anonymising import Changed, Replacement, replace
from sameboat.study.transcripts.models import Document, Stage, Turn
from sameboat.study.transcripts.placed import rows_in
from sameboat.study.transcripts.sweeping import write_anew


class LockedAlready(Refusal):
    status = 409
    code = "text_locked"
    sentence = (
        "This text is locked, so its words stay as they are. "
        "Who leads the study can take a name out of it all the same, on the page “Names that came back”."
    )


class PassphraseMissing(Refusal):
    status = 422
    code = "passphrase_missing"
    sentence = "Please type the passphrase that locks the list of names."


def together(known: Sequence[Replacement], wanted: Sequence[Replacement]) -> list[Replacement]:
    """One list, in which what was decided last counts; a name stands in it once, whatever its case."""
    by_name = {one.find.lower(): one for one in [*known, *wanted]}
    return list(by_name.values())


# What stands for a name where nothing was given for it: a passage that was coded does not become empty.
MARK = "[…]"


def take_names_out(
    seat: Seat, document_id: uuid.UUID, wanted: Sequence[Replacement], passphrase: str, *, now: datetime.datetime
) -> Changed:
    """Puts others in the place of names in a text and in its title, and locks the list. The old words are gone.

    Passages keep their words, as where a typing error is mended. The ledger says that it was done and holds none of the
    names. Raises NotHere, LockedAlready, PassphraseMissing, WrongPassphrase, PassphraseTooShort.
    """
    with act(seat.study, seat.researcher, "take names out", now=now, undoable=False) as doing:
        document = must_be_open(seat, document_id)
        if not passphrase.strip():
            raise PassphraseMissing
        every = together(key_box.opened(seat.study, passphrase), wanted)
        key_box.locked(seat.study, passphrase, every, now=now)
        changed = rewrite(doing, document, every)
        doing.change(document, stage=Stage.ANONYMISED)
        doing.label = document.title
        # What the ledger kept of the text's title and of its file's name bears the names too.
        rename_in(seat.study, str(document.id), partial(_bare, every))
        transaction.on_commit(write_anew, robust=True)
    return changed


def _bare(wanted: Sequence[Replacement], value: Any) -> Any:
    return replace(value, wanted).text if isinstance(value, str) else value


def must_be_open(seat: Seat, document_id: uuid.UUID) -> Document:
    """The document, if it is not locked. Raises NotHere, LockedAlready."""
    document = document_of(seat, document_id)
    if document.locked_at is not None:
        raise LockedAlready
    return document


def rewrite(doing: Act, document: Document, wanted: Sequence[Replacement]) -> Changed:
    """Inside an act: a text, its title and who speaks, without these names; passages move along.

    The words are written past the ledger, which would keep the old ones.
    """
    placed = rows_in(document)
    if placed:
        wanted = [one if one.instead else dataclasses.replace(one, instead=MARK) for one in wanted]
    changed, text = replace(document.text, wanted), document.text
    document.text = changed.text
    document.title = replace(document.title, wanted).text[:300]
    document.source_name = replace(document.source_name, wanted).text[:300]
    Document.objects.filter(id=document.id).update(
        text=document.text, title=document.title, source_name=document.source_name
    )
    if changed.text != text:
        close_the_past(document.study, str(document.id))
        for row in placed:
            start, end = changed.moved(row.start, row.end)
            doing.change(row, start=start, end=end)
        doing.change(
            document, length=len(document.text), words=words.count(document.text), version=document.version + 1,
            sha256=hashlib.sha256(document.text.encode()).hexdigest(),
        )  # fmt: skip
    _rewrite_turns(document, changed, wanted)
    return changed


def _rewrite_turns(document: Document, changed: Changed, wanted: Sequence[Replacement]) -> None:
    turns = list(Turn.objects.filter(document=document).order_by("index"))
    for turn in turns:
        turn.start, turn.end = changed.moved(turn.start, turn.end)
        turn.speaker = replace(turn.speaker, wanted).text[:100]
    Turn.objects.bulk_update(turns, ["start", "end", "speaker"], batch_size=500)


def finish(seat: Seat, document: Document, *, now: datetime.datetime) -> None:
    """The text may be coded: somebody has looked for names in it."""
    with act(seat.study, seat.researcher, "take names out", label=document.title, now=now, undoable=False) as doing:
        doing.change(document, stage=Stage.ANONYMISED)
