"""Cases of another program become participants, with their groups and what is known of them."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, Protocol

from sameboat.study.exchange.gather import GROUP
from sameboat.study.exchange.people import People
from sameboat.study.exchange.shapes import Account, Case, Project, Value
from sameboat.study.fieldwork.models import Group, Participant
from sameboat.study.ledger.acts import Act
from sameboat.study.team.access import Seat


class Arriving(Protocol):
    """What is known while a study comes in."""

    seat: Seat
    project: Project
    account: Account
    doing: Act
    people: People
    ids: Any


class Cases:
    """`owner` says whose a source is, by its GUID; `withdrawn` holds the sources of people who have withdrawn here."""

    def __init__(self, arrival: Arriving) -> None:
        self._arrival, self._study = arrival, arrival.seat.study
        self.owner: dict[str, Participant] = {}
        self.withdrawn: set[str] = set()
        self._names = {variable.guid: variable.name for variable in arrival.project.variables}
        self._groups = {row.letter.casefold(): row for row in Group.objects.filter(study=self._study)}
        self._known = {
            row.code.casefold(): row for row in Participant.objects.filter(study=self._study).select_related("group")
        }
        self._here = set(self._known)
        arrival.ids.take(Participant, (case.guid for case in arrival.project.cases))
        for case in arrival.project.cases:
            self._take(case)

    def _take(self, case: Case) -> None:
        code, account = case.name[:20].strip() or "?", self._arrival.account
        there = self._known.get(code.casefold())
        if there is not None and there.withdrawn_at is not None:
            account.leave_out(f"{there.code} has withdrawn from this study, so nothing of theirs was brought in.")
            self.withdrawn |= set(case.sources)
            return
        if there is None or code.casefold() not in self._here:
            there = self._new(case, self._free(code))
        for source in case.sources:
            if source in self.owner:
                account.leave_out(
                    f"A text belongs to more than one participant; it is {self.owner[source].code}'s here."
                )
            self.owner.setdefault(source, there)

    def _free(self, code: str) -> str:
        """The code, or one that nobody has yet where two cases of the file have the same."""
        found, count = code, 1
        while found.casefold() in self._known:
            count += 1
            found = f"{code[:15]} ({count})"
        if found != code:
            self._arrival.account.mend(f"Two participants were called {code}; one is {found} now.")
        return found

    def _new(self, case: Case, code: str) -> Participant:
        properties = self.properties(case.values)
        letter = str(properties.get(GROUP, ""))
        group = self._group(letter) if 0 < len(letter) <= 4 else None
        if group is not None:
            properties.pop(GROUP)
        row = Participant(
            id=self._arrival.ids.of[case.guid], study=self._study, code=code, group=group, note=case.description,
            properties=properties,
        )  # fmt: skip
        self._arrival.doing.add(row)
        self._known[code.casefold()] = row
        return row

    def _group(self, letter: str) -> Group:
        found = self._groups.get(letter.casefold())
        if found is None:
            found = self._groups[letter.casefold()] = Group(study=self._study, letter=letter)
            self._arrival.doing.add(found)
        return found

    def properties(self, values: list[Value]) -> dict[str, Any]:
        """Values of variables as a row keeps them."""
        return {self._names[one.variable]: _as_json(one.value) for one in values if one.variable in self._names}


def _as_json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, datetime.date | datetime.datetime) else value
