"""A whole study as one file, and back: every row, the ledger too, in plain JSON within a ZIP.

Not in it: the list of replaced names, passphrases and addresses of researchers, and invitations; recordings only where
they are asked for (`exchange/sound.py`). What participants answered is in it; their links are over once it is put back.
What is put back is a study of its own; where its ids are taken, all of them are new.
"""

from __future__ import annotations

import datetime
import io
import json
import os
import re
import uuid
import zipfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from django.db import DatabaseError, models, transaction

from sameboat.study.checking.models import CheckLink
from sameboat.study.exchange import sound
from sameboat.study.exchange.kinds import BACKUP
from sameboat.study.ledger.images import Kind, kinds
from sameboat.study.ledger.models import Entry
from sameboat.study.pace import along
from sameboat.study.readers.archive import open_zip, read_part
from sameboat.study.readers.shapes import Unreadable
from sameboat.study.team.access import seat
from sameboat.study.team.actions import add_member
from sameboat.study.team.models import Membership, Researcher, Role, Study
from sameboat.study.transcripts.models import Recording, Turn
from sameboat.study.withdrawal.again import gone_here, take_out_again

FORMAT = 1
# Recordings go by themselves.
_NOT_IN_IT = {"recording", "membership", "study"}
# By this a private link is known; it stays where it was made.
_KNOWN_BY = "token_hash"
_LARGEST = 512 * 2**20
_GUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_ROWS, _LEDGER, _TURNS = "rows.jsonl", "ledger.jsonl", "turns.jsonl"


def write_backup(study: Study, sounds: Sequence[Recording] = ()) -> bytes:
    """Everything of the study but what is named above; of recordings the rows, for `sound.with_sound` to go on with."""
    people = Researcher.objects.filter(id__in=_authors(study)).order_by("name", "id")
    about = {
        "format": FORMAT, "id": str(study.id), "name": study.name, "question": study.question,
        "properties": study.properties, "created_at": study.created_at.isoformat(),
        "people": [[str(one.id), one.name] for one in people],
    }  # fmt: skip
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(BACKUP, json.dumps(about))
        archive.writestr(_ROWS, "\n".join(_rows(study)))
        archive.writestr(_TURNS, "\n".join(_plain_rows(Turn, study)))
        archive.writestr(_LEDGER, "\n".join(_plain_rows(Entry, study)))
        if sounds:
            archive.writestr(sound.ROWS, sound.rows_of(sounds))
    return made.getvalue()


def _authors(study: Study) -> set[uuid.UUID]:
    found = set(Membership.objects.filter(study=study).values_list("researcher_id", flat=True))
    for kind, field in kinds.references(Researcher):
        if kind.name not in _NOT_IN_IT:
            found |= set(kind.model._base_manager.filter(study=study).values_list(field, flat=True))
    return {
        one for one in (found | set(Entry.objects.filter(study=study).values_list("researcher_id", flat=True))) if one
    }


def _kept_kinds() -> list[Kind]:
    """Kinds in the order in which their rows may be put back: what is named comes before what names it."""
    left = {kind.model: kind for kind in kinds.by_name.values() if kind.name not in _NOT_IN_IT}
    ordered: list[Kind] = []
    while left:
        ready = [kind for model, kind in left.items() if not _waits_for(model, set(left) - {model})]
        ordered += sorted(ready or list(left.values()), key=lambda kind: kind.name)
        left = {model: kind for model, kind in left.items() if kind not in ordered}
    return ordered


def _waits_for(model: type[models.Model], others: set[type[models.Model]]) -> bool:
    return any(field.related_model in others for field in model._meta.concrete_fields)


def _rows(study: Study) -> Iterator[str]:
    for kind in _kept_kinds():
        for row in along(kind.model._base_manager.filter(study=study).order_by("pk")):
            image = {name: write(getattr(row, name)) for name, write in kind.write.items() if name != _KNOWN_BY}
            yield json.dumps([kind.name, image])


def _plain_rows(model: type[models.Model], study: Study) -> Iterator[str]:
    kind = Kind("", model, ())
    for row in along(model._base_manager.filter(study=study).order_by("pk")):
        yield json.dumps({name: write(getattr(row, name)) for name, write in kind.write.items()})


def restore(researcher: Researcher, name: str, content: Path, *, now: datetime.datetime) -> Study:
    """The study of a backup, led by whoever puts it back: all of it, or nothing. Raises Unreadable.

    Whoever has withdrawn here since is taken out again.
    """
    gone = gone_here()
    try:
        with open_zip(name, content) as archive:
            parts, new = _read(name, archive)
            # Files first: while rows are written, nobody else can write any.
            whose = uuid.UUID(parts[BACKUP][0]["id"])
            with sound.sounds_in(name, archive, whose, parts[sound.ROWS]) as heard, transaction.atomic():
                study = _Restored(researcher, parts, now).study
                Recording.objects.bulk_create(heard)
                still = {uuid.UUID(new.get(str(one), str(one))) for one in gone}
                take_out_again(seat(researcher, study.id), still, now=now)
                return study
    except (KeyError, TypeError, ValueError, AttributeError, DatabaseError, OverflowError) as wrong:
        raise Unreadable(f"{name} is not a whole backup of a study, so nothing of it was put back.") from wrong


def _read(name: str, archive: zipfile.ZipFile) -> tuple[dict[str, list[Any]], dict[str, str]]:
    """The parts of a backup; and its new ids by the old, where a study with its id is here already."""
    texts = {
        part: read_part(name, archive, part, _LARGEST).decode("utf-8") for part in (BACKUP, _ROWS, _TURNS, _LEDGER)
    }
    heard = sound.ROWS in archive.namelist()
    texts[sound.ROWS] = read_part(name, archive, sound.ROWS, _LARGEST).decode("utf-8") if heard else ""
    about, new = json.loads(texts[BACKUP]), dict[str, str]()
    if about["format"] != FORMAT:
        raise Unreadable(f"{name} was made by a newer version. Update this one first.")
    if Study.objects.filter(id=about["id"]).exists():
        new |= {one[0]: one[0] for one in about["people"]}
        texts = {part: _GUID.sub(partial(_other, new), text) for part, text in texts.items()}
    return {part: [json.loads(line) for line in text.split("\n") if line] for part, text in texts.items()}, new


def _other(new: dict[str, str], found: re.Match[str]) -> str:
    return new.setdefault(found[0], str(uuid.uuid4()))


class _Restored:
    def __init__(self, researcher: Researcher, parts: dict[str, list[Any]], now: datetime.datetime) -> None:
        self._researcher, self._now, about = researcher, now, parts[BACKUP][0]
        self.study = Study(
            id=uuid.UUID(about["id"]), name=str(about["name"])[:200], question=str(about["question"]),
            properties=dict(about["properties"]), created_at=datetime.datetime.fromisoformat(about["created_at"]),
        )  # fmt: skip
        self.study.save(force_insert=True)
        add_member(self.study, researcher, Role.LEAD)
        self._people = {str(guid): self._person(str(guid), str(name)) for guid, name in about["people"]}
        for kind in _kept_kinds():
            self._put(kind, kind.model, [image for name, image in parts[_ROWS] if name == kind.name])
        self._put(Kind("", Turn, ()), Turn, parts[_TURNS])
        self._ledger(parts[_LEDGER])

    def _person(self, guid: str, name: str) -> uuid.UUID:
        """The same researcher where they are here under the same name; else a name that cannot sign in."""
        here = Researcher.objects.filter(id=guid, name=name).first()
        if here is None:
            here = Researcher(name=name[:120] or "Somebody", is_active=False)
            here.set_unusable_password()
            here.save(force_insert=True)
        if here.id != self._researcher.id:
            add_member(self.study, here, Role.READER)
        return here.id

    def _values(self, kind: Kind, image: dict[str, Any]) -> dict[str, Any]:
        """Columns of a row: of this study whatever it says, people by who they are here."""
        values = {name: kind.read[name](value) for name, value in image.items() if name in kind.read}
        for field in kind.model._meta.concrete_fields:
            if field.related_model is Researcher and values.get(field.attname) is not None:
                values[field.attname] = self._people[str(values[field.attname])]
        if kind.model is CheckLink:
            values |= {_KNOWN_BY: os.urandom(32), "closed_at": values.get("closed_at") or self._now}
        return {**values, "study_id": self.study.id}

    def _put(self, kind: Kind, model: type[models.Model], images: list[dict[str, Any]]) -> None:
        rows = [
            model(**{**self._values(kind, image), **({"id": None} if model is Turn else {})}) for image in along(images)
        ]
        if any(field.related_model is model for field in model._meta.concrete_fields):
            rows = _parents_first(rows)
        model._base_manager.bulk_create(rows, batch_size=500)

    def _ledger(self, images: list[dict[str, Any]]) -> None:
        """Entries get new numbers, in the same order; what undid what is kept."""
        kind, numbers = Kind("", Entry, ()), dict[Any, int]()
        for image in along(images):
            values = self._values(kind, image)
            old, undoes = values.pop("id"), values.pop("undoes_id", None)
            values["changes"] = _GUID.sub(lambda found: str(self._people.get(found[0], found[0])), values["changes"])
            entry = Entry(**values, undoes_id=numbers.get(undoes))
            entry.save(force_insert=True)
            numbers[old] = entry.pk


def _parents_first(rows: list[Any]) -> list[Any]:
    ordered, done, left = [], {None}, rows
    known = {row.pk for row in rows}
    while left:
        ready = [row for row in left if row.parent_id in done or row.parent_id not in known]
        if not ready:
            raise ValueError("codes lie within themselves")
        ordered += ready
        done |= {row.pk for row in ready}
        left = [row for row in left if row.pk not in done]
    return ordered
