"""Verbs on studies and who takes part in them."""

from __future__ import annotations

import datetime
import uuid

from django.db import IntegrityError, transaction

from sameboat.study.team.models import Membership, Researcher, Role, Study

NAME_HERE = "You"


def person_here() -> Researcher:
    """The one person of a laptop; made at the first call."""
    found = Researcher.objects.filter(is_local=True).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            made = Researcher(name=NAME_HERE, is_local=True)
            made.set_unusable_password()
            made.save(force_insert=True)
            return made
    except IntegrityError:  # another thread was quicker
        return Researcher.objects.get(is_local=True)


@transaction.atomic
def start_study(
    researcher: Researcher, name: str, *, question: str = "", now: datetime.datetime, id: uuid.UUID | None = None
) -> Study:
    """A new study, led by whoever starts it."""
    study = Study(id=id or uuid.uuid4(), name=name, question=question, created_at=now)
    study.save(force_insert=True)
    Membership(study=study, researcher=researcher, role=Role.LEAD).save(force_insert=True)
    return study


def add_member(study: Study, researcher: Researcher, role: str, *, blind: bool = False) -> Membership:
    """A researcher takes part in a study. Raises IntegrityError where they already do."""
    row = Membership(study=study, researcher=researcher, role=role, blind=blind)
    row.save(force_insert=True)
    return row
