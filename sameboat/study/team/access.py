"""The only way a view obtains a study: as a seat in it. Out of reach looks like absent."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from sameboat.lib.refusals import NotHere, NotYours
from sameboat.study.team.models import Membership, Researcher, Role, Study

RANK = {Role.READER: 0, Role.CODER: 1, Role.LEAD: 2}


@dataclass(frozen=True)
class Seat:
    """A researcher in a study. Who is blind sees no coding but their own."""

    study: Study
    researcher: Researcher
    role: str
    blind: bool = False

    def may(self, role: str) -> bool:
        """Whether this seat allows what the role allows."""
        return RANK[Role(self.role)] >= RANK[Role(role)]


def at_this_machine(researcher: Researcher) -> bool:
    """Whether this is the one person of a laptop, who leads every study on it."""
    return researcher.is_local and not settings.TEAM


def seat(researcher: Researcher, study_id: uuid.UUID, *, needs: str = Role.READER) -> Seat:
    """This researcher's place in a study. Raises NotHere where they have none, NotYours where it is too low."""
    if at_this_machine(researcher):
        study = Study.objects.filter(id=study_id).first()
        found = Seat(study, researcher, Role.LEAD) if study else None
    else:
        row = Membership.objects.select_related("study").filter(study=study_id, researcher=researcher).first()
        found = Seat(row.study, researcher, row.role, row.blind) if row else None
    if found is None:
        raise NotHere
    if not found.may(needs):
        raise NotYours
    return found


def my_studies(researcher: Researcher) -> QuerySet[Study]:
    """The studies this researcher takes part in, by name."""
    every = Study.objects.order_by("name")
    return every if at_this_machine(researcher) else every.filter(memberships__researcher=researcher)


def coders(study: Study) -> QuerySet[Researcher]:
    """Everyone who has or had a part in a study's coding, by name."""
    return Researcher.objects.filter(memberships__study=study).order_by("name")
