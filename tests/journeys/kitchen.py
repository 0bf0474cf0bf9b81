"""A group to play journeys in: made by the Python client in a moment, then used by people in browsers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from sameboat.cli.demo_words import AGREEMENT
from sameboat.client import Member
from tests import cast
from tests.cast import Character
from tests.fixtures.servers import Served
from tests.journeys.devices import PHONE, Devices
from tests.journeys.people import GROUP, HELLO, LOOKS_IN, MINE, Person

CAST = {one.name: one for one in vars(cast).values() if isinstance(one, Character)}

SAFEGUARDING = {
    "person": "Ana",
    "contact": "In the hall, before the meeting.",
    "what_happens": "She listens first, and says what she would do before she does it.",
    "emergency": "Ring 999. You need nobody’s leave.",
    "looks_in": LOOKS_IN,
}


@dataclass
class Kitchen:
    """One group on one server. People come in when they are first asked for, and stay."""

    site: Served
    devices: Devices
    members: tuple[str, ...]
    here: dict[str, Person] = field(default_factory=dict)
    who: dict[str, Character] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        return self.site.origin

    def come_in(self, name: str, size: tuple[int, int] = PHONE, device: str = MINE, **options: Any) -> Person:
        """A member in a browser, on Today; unlocked once, and the same page again whenever asked for."""
        assert name in self.members
        if name in self.here:
            self.here[name].come_home()
        else:
            page = self.devices.open(size=size, **options)
            self.here[name] = Person(self.character(name), page, self.origin).come_in(device=device)
        return self.here[name]

    def stays(self, person: Person) -> None:
        """A member who came in by themselves: theirs is the page that is used from now on, and what they are called
        and come in with is kept."""
        name = person.who.name
        if name in self.here and self.here[name].page.context != person.page.context:
            self.goes_home(name)
        self.here[name], self.who[name] = person, person.who
        if name not in self.members:
            self.members += (name,)

    def rests(self, *names: str) -> None:
        """These look at nothing until they are asked for again; what happens meanwhile is drawn on fewer screens.

        For devices that open by themselves: one's own.
        """
        for name in names:
            if name in self.here:
                self.here[name].page.goto("about:blank")

    def goes_home(self, *names: str) -> None:
        """Somebody's device, if they have one here, is put away; nothing is drawn on it any more."""
        for name in names:
            if name in self.here:
                self.here.pop(name).page.context.close()

    def leaves(self, *names: str) -> None:
        """These leave the group for good; none of it is what a journey is about."""
        for name in names:
            who = self.character(name)
            Member.come_in(self.origin, who.sign_in, who.passphrase).leave()
            self.members = tuple(one for one in self.members if one != name)

    def empty(self) -> None:
        """Everybody goes home, and the server stops."""
        for person in self.here.values():
            person.page.context.close()
        self.site.stop()

    def character(self, name: str) -> Character:
        """Somebody as they come in now."""
        return self.who.get(name, CAST[name])


def make_group(origin: str, names: tuple[str, ...], contact: bytes | None = None) -> None:
    """The first of these starts a group and lets the others in; none of it is what a journey is about.

    As in a browser, each says yes to the agreement when they begin or come in.
    """
    first, *others = (CAST[name] for name in names)
    host = Member.start(
        origin, first.sign_in, first.passphrase, group=GROUP, name=first.name, agreement=AGREEMENT,
        safeguarding=json.dumps(SAFEGUARDING), policy=(90, 30, 0, [], contact),
    )  # fmt: skip
    host.affirm()
    for other in others:
        guest = Member.knock_at(
            origin, host.invite(other.name), other.sign_in, other.passphrase, name=other.name, hello=HELLO
        )
        host.admit(host.door()[0])
        assert guest.enter()
        guest.affirm()
        guest.go_out()
    host.go_out()
