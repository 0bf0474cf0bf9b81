"""The verb: a name that was missed, or came back, goes everywhere at once, also from texts that bear codes.

Passages move with their words, as where a typing error is mended. It is written past the ledger, and the ledger's own
entries lose the names; so it cannot be undone. The names stay in the locked list alone.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from xml.sax.saxutils import escape

from django.db import IntegrityError, models, transaction

from sameboat.study.ledger.acts import act
from sameboat.study.ledger.images import Kind, kinds
from sameboat.study.ledger.scrubbing import clean_words
from sameboat.study.team.access import Seat
from sameboat.study.team.models import Study
from sameboat.study.transcripts import key_box
from sameboat.study.transcripts.anonymising import Replacement, replace
from sameboat.study.transcripts.coming_back import Found, names_in
from sameboat.study.transcripts.models import Document
from sameboat.study.transcripts.names_out import PassphraseMissing, rewrite, together
from sameboat.study.withdrawal.sweeping import sweep

Clean = Callable[[Any], Any]
# Its only words are ids.
_NO_WORDS = {"check_link"}


@dataclass
class Gone:
    """From how many places of how many texts, other things and entries of the audit trail; and what stands still."""

    texts: int = 0
    places: int = 0
    things: int = 0
    entries: int = 0
    left: Sequence[Found] = ()


def take_out_everywhere(seat: Seat, missed: Sequence[Replacement], passphrase: str, *, now: datetime.datetime) -> Gone:
    """Every name of the locked list, and those that were missed so far, which are added to it.

    Locked texts too: a name weighs more than the lock. Raises PassphraseMissing, WrongPassphrase, PassphraseTooShort.
    """
    if not passphrase.strip():
        raise PassphraseMissing
    verb = "take names out everywhere"
    with act(seat.study, seat.researcher, verb, now=now, undoable=False, always=True) as doing:
        wanted = together(key_box.opened(seat.study, passphrase), missed)
        key_box.locked(seat.study, passphrase, wanted, now=now)
        gone = Gone()
        for document in Document.objects.filter(study=seat.study).iterator(chunk_size=10):
            places = sum(count for _, count in rewrite(doing, document, wanted).times)
            gone.texts += bool(places)
            gone.places += places
        gone.things = _clean_rows(seat.study, wanted)
        gone.entries = clean_words(seat.study, partial(_cleaned, wanted))
        gone.left = names_in(seat.study, wanted)
        transaction.on_commit(partial(sweep, seat.study.id, []))
    return gone


def _cleaned(wanted: Sequence[Replacement], value: Any) -> Any:
    """A JSON value without these names, names of members too."""
    if isinstance(value, str):
        return replace(value, wanted).text
    if isinstance(value, list):
        return [_cleaned(wanted, one) for one in value]
    if isinstance(value, dict):
        return {_cleaned(wanted, name): _cleaned(wanted, one) for name, one in value.items()}
    return value


def _clean_rows(study: Study, wanted: Sequence[Replacement]) -> int:
    """How many rows other than texts held a name."""
    found, in_xml = 0, [Replacement(escape(one.find), escape(one.instead), one.category) for one in wanted]
    for kind in kinds.by_name.values():
        columns = kind.words - kind.without  # the words of texts are rewritten by themselves
        if kind.name in _NO_WORDS or not columns:
            continue
        mine = {"id": study.id} if kind.model is Study else {"study": study}
        for row in kind.model._base_manager.filter(**mine).only(*columns).iterator(chunk_size=200):
            cleans: dict[str, Clean] = {
                name: partial(_cleaned, in_xml if name == "xml" else wanted) for name in columns
            }
            found += _clean_row(kind, row, cleans)
    return found


def _clean_row(kind: Kind, row: models.Model, cleans: dict[str, Clean]) -> bool:
    """Whether the row held a name. Where another row would become the same, the name stays and is found once more."""
    changed = {}
    for name, clean in cleans.items():
        before, most = getattr(row, name), getattr(kind.model._meta.get_field(name), "max_length", None)
        after = clean(before)
        if after != before:
            changed[name] = after[:most] if isinstance(after, str) else after
    if not changed:
        return False
    try:
        with transaction.atomic():
            kind.model._base_manager.filter(pk=row.pk).update(**changed)
    except IntegrityError:
        return False
    return True
