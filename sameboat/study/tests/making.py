"""Makes rows that tests begin with; how real ones come in is tried where that is done."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence

from django.db import connection

from sameboat.study.fieldwork.models import Group, Participant
from sameboat.study.ledger.images import kinds
from sameboat.study.team.models import Study
from sameboat.study.text import words
from sameboat.study.transcripts.models import Document, Turn, TurnRole

NOW = datetime.datetime(2026, 3, 2, 10, 0, tzinfo=datetime.UTC)
TALK = (
    ("INT", "What is it like, the first few minutes?"),
    ("A2", "We put the kettle on, and somebody always brings something to eat. It sounds daft."),
    ("A2", "Even the weeks I don't go, I know it is there on the Tuesday 🍲."),
    ("INT", "And between meetings?"),
    ("A2", "We text. Not big things. The dog, mostly."),
)


def make_participant(study: Study, code: str = "A2") -> Participant:
    group = Group.objects.filter(study=study, letter=code[0]).first()
    group = group or Group.objects.create(study=study, letter=code[0], name=f"Group {code[0]}")
    return Participant.objects.create(study=study, group=group, code=code)


def make_document(
    study: Study,
    talk: Sequence[tuple[str, str]] = TALK,
    *,
    title: str = "A2",
    participant: Participant | None = None,
) -> Document:
    """A document of (speaker, words) turns, a line each; who is called INT asks."""
    text = "\n".join(said for _, said in talk)
    made = Document.objects.create(
        study=study, title=title, text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), length=len(text),
        words=words.count(text), imported_at=NOW, participant=participant,
        group=participant.group if participant else None,
    )  # fmt: skip
    at, turns = 0, []
    for index, (speaker, said) in enumerate(talk):
        role = TurnRole.INTERVIEWER if speaker == "INT" else TurnRole.PARTICIPANT
        turns.append(
            Turn(study=study, document=made, index=index, start=at, end=at + len(said), speaker=speaker, role=role)
        )
        at += len(said) + 1
    Turn.objects.bulk_create(turns)
    return made


def stored(*without: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row that the ledger knows of, as the database holds it, table by table."""
    found = {}
    with connection.cursor() as cursor:
        for name, kind in kinds.by_name.items():
            if name not in without:
                cursor.execute(f'SELECT * FROM "{kind.model._meta.db_table}" ORDER BY 1')
                names = [column[0] for column in cursor.description]
                rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
                found[name] = sorted(tuple(map(str, sorted(row.items()))) for row in rows)
    return found
