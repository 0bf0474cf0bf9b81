"""A group made by its founder with the real protocol, who then can seal as any member."""

from __future__ import annotations

import os
import secrets
from typing import Any

from bench.desk import Person, sign_up
from bench.figures import must_be
from sameboat.protocol.encoding import b64u
from sameboat.protocol.seal import Unlocker, commit
from tests.fixtures.building import Building, Invited
from tests.fixtures.household import Made, quick_unlocker

AT_ONCE = 6
MOST_AT_ONCE = 16
# Boxes and cards that one batch may bring.
MOST_ATTACHED = 254
Way = tuple[str, Unlocker]


class Circle(Building):
    """A group made by its founder, who keeps everything needed to seal as any member."""

    policy = [90, 100, 0, [], None]

    def __init__(self, founder: Person, names: list[str]) -> None:
        super().__init__(names[0])
        self.founder, self.people, self.in_order = founder, [founder], [names[0]]
        founder.ask("POST", "/circles", self.first(names[0]))
        self.bring(self.safeguarded(names[0]))
        self.let_in(names[1:])

    def bring(self, made: Made) -> None:
        """Brings a batch of the founder's; the same goes on, empty."""
        self.founder.ask("POST", f"{self.path}/events", made.body())
        self.took(made)
        made.sent()

    def lengthen(self, events: int) -> None:
        """Brings small events of the founder's until the log has so many."""
        name = self.names[self.member(self.in_order[0])]
        while (missing := events - len(self.state.ids)) > 0:
            made = self.made(self.in_order[0])
            for _ in range(min(missing, MOST_AT_ONCE)):
                made.event("name", [commit("name", name)])
            self.bring(made)
        must_be(len(self.state.ids), events, "events of the log")

    def letter(self, number: int, text: str) -> str:
        """The next envelope of one member, base64url."""
        return b64u(self.seal(self.in_order[number], text))

    def let_in(self, names: list[str], ways: list[Way] | None = None) -> None:
        """Invites, hears the knocks, and opens the door. `ways`: sign-in name and unlocker, where they matter."""
        for start in range(0, len(names), AT_ONCE):
            some = slice(start, start + AT_ONCE)
            self._let_in(names[some], ways[some] if ways else [self._some_way() for _ in names[some]])

    def _let_in(self, names: list[str], ways: list[Way]) -> None:
        host = self.in_order[0]
        made = self.made(host)
        guests = [self.inviting(host, made, for_whom=name) for name in names]
        self.bring(made)
        for guest, name, way in zip(guests, names, ways, strict=True):
            self._knock(guest, name, way)
        for guest in guests:
            self.admit(made, guest)
            if len(made.attachments) > MOST_ATTACHED - len(self.people):
                self.bring(made)
        if made.wires:
            self.bring(made)

    def _some_way(self) -> Way:
        name = f"bench {secrets.token_hex(8)}"
        return name, quick_unlocker(self.founder.desk.home, name)

    def _knock(self, guest: Invited, name: str, way: Way) -> None:
        account = os.urandom(16)
        person = sign_up(self.founder.desk, guest.right(account), *way, account)
        asked: dict[str, Any] = self.knocking(guest, name, account)
        person.ask("POST", "/knocks", asked)
        self.people.append(person)
        self.in_order.append(name)
