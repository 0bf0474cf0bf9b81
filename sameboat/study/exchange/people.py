"""Who worked on a study that comes in: people of ours where they are the same, else names that cannot sign in."""

from __future__ import annotations

import uuid

from sameboat.study.exchange.shapes import Project
from sameboat.study.team.access import Seat
from sameboat.study.team.actions import add_member
from sameboat.study.team.models import Membership, Researcher, Role


class People:
    """Researchers for the GUIDs of a file's people. Two people stay two, so that nobody's coding is another's."""

    def __init__(self, seat: Seat, project: Project) -> None:
        self._seat = seat
        members = [row.researcher for row in Membership.objects.filter(study=seat.study).select_related("researcher")]
        by_id = {str(one.id): one for one in (*members, seat.researcher)}
        by_name: dict[str, list[Researcher]] = {}
        for one in by_id.values():
            by_name.setdefault(one.name.casefold(), []).append(one)
        self._found: dict[str, Researcher] = {}
        for user in project.users:
            alike = by_name.get(user.name.casefold(), [])
            free = [one for one in alike if one not in self._found.values()]
            known = by_id.get(user.guid) or (free[0] if len(alike) == 1 and free else None)
            self._found[user.guid] = known or self._new(user.name)

    def _new(self, name: str) -> Researcher:
        made = Researcher(id=uuid.uuid4(), name=(name or "Somebody")[:120], is_active=False)
        made.set_unusable_password()
        made.save(force_insert=True)
        add_member(self._seat.study, made, Role.READER)
        return made

    def of(self, guid: str | None) -> Researcher:
        """Who this is; whoever brings the study in, where the file does not say."""
        return self._found.get(guid or "", self._seat.researcher)
