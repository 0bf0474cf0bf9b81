"""The cast, with accounts on a site, and groups of them: accounts are made once, since that takes a while."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from sameboat.client import Member, Wire
from sameboat.client.account import Account, Clock, still_in
from sameboat.client.governance import set_words_alone
from sameboat.client.joining import Shown, found_group, knock, look_at, right_by_code, sign_up
from sameboat.client.member import home_of
from tests import cast
from tests.fixtures.servers import Served
from tests.hostile.mallory import Mallory

PEOPLE = {one.name: one for one in (cast.ANA, cast.BEN, cast.CAL, cast.DEE, cast.EVE, cast.MO, cast.SAM)}
POLICY = [90, 30, 0, [], None]
AGREEMENT = "What is said here stays here\nAlso that someone is here."


@dataclass
class Site:
    """A running server: where members go (through Mallory), what is behind it, and its liar."""

    origin: str
    served: Served
    mallory: Mallory | None
    accounts: dict[str, Account] = field(default_factory=dict)

    def account(self, name: str) -> Account:
        """Someone's account; made when first asked for."""
        if name not in self.accounts:
            person, wire = PEOPLE[name], Wire(self.origin)
            self.accounts[name] = sign_up(
                wire, home_of(wire), person.sign_in, person.passphrase, right_by_code(""), clock=time.time
            )
        found = self.accounts[name]
        found.wire.post("/session/renew")
        return found

    def group(self, *names: str) -> list[Member]:
        """A new group: the first starts it, the others are let in one after the other."""
        host = self.found(names[0])
        return [host, *(self.let_in(host, name) for name in names[1:])]

    def found(self, name: str) -> Member:
        """A new group with one person in it."""
        account = self.account(name)
        host = Member(account.wire, account)
        circle, ring = found_group(account, "Thursday kettle", AGREEMENT, name, POLICY, None)
        host._opened(circle, ring)
        set_words_alone(host.talk, {"safeguarding": '{"person": "Ana"}'})
        return host

    def let_in(self, host: Member, name: str) -> Member:
        """Invites, knocks, opens the door, walks in."""
        newcomer = self.knock(host, name)
        host.admit(next(one for one in host.door() if one.name == name))
        assert newcomer.enter()
        return newcomer

    def knock(self, host: Member, name: str, *, any_member: bool = False) -> Member:
        """Someone waits at the door."""
        account = self.account(name)
        newcomer = Member(account.wire, account)
        shown = self.look(newcomer, host.invite(name, any_member=any_member))
        newcomer.knocked = knock(account, shown, name, "hello")
        return newcomer

    def look(self, newcomer: Member, link: str) -> Shown:
        return look_at(newcomer.wire, link)

    def another_device(self, member: Member, clock: Clock = time.time) -> Member:
        """The same person in the same group on another device, which has seen nothing yet."""
        old, wire = member.account, Wire(self.origin)
        wire.http.cookies = old.wire.http.cookies
        account = still_in(wire, Account(wire, old.home, old.id, old.ak, list(old.entries), clock=clock))
        other = Member(wire, account)
        entry = account.entry(member.talk.circle.id)
        assert entry is not None
        other._open(entry)
        return other
