"""Logs as chance writes them: whoever tries whatever, a simpler telling of the rules must agree, step by step.

`test_log.Authors` tries what a group does every week; here are the rarer acts of SPEC.md section 4, and own circles.
"""

from typing import Any

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from sameboat.protocol import making
from sameboat.protocol.epochs import open_box
from sameboat.protocol.failures import Failure
from sameboat.protocol.keys import MemberKeys, member_keys
from sameboat.protocol.log import read_event, replay
from sameboat.protocol.state import DAY, OWN, Event
from sameboat.protocol.tests.ops_log import summary
from sameboat.protocol.tests.test_log import WHO, Authors
from sameboat.protocol.tests.wandering import Wanderer
from sameboat.protocol.tests.world import World
from sameboat.protocol.words import room_words

CALM = settings(max_examples=settings.default.max_examples * 3 // 5, stateful_step_count=50)
HERE = st.sampled_from(["ana", "ben", "cleo", "dee", "eli"])
FRESH = ["una", "vic", "wes", "xen", "yan", "zoe"]


def other_keys(world: World, name: str) -> MemberKeys:
    """Keys nobody has had, for somebody who is here."""
    return member_keys(world.id(name), world.chance.take(32), world.chance.take(32))


class Traveller(Wanderer):
    """Also new keys, coming back as somebody new, and farewells signed ahead."""

    def __init__(self, seed: str) -> None:
        super().__init__(seed)
        self.farewells: dict[str, tuple[list[bytes], int]] = {}
        self.fresh = list(FRESH)

    def settle(self, allowed: bool, wire: bytes, epoch_by: str | None = None) -> bool:
        """As before; whoever does something has not gone, whatever they once signed."""
        done = super().settle(allowed, wire, epoch_by)
        if done:
            author = read_event(wire).author
            self.farewells = {name: one for name, one in self.farewells.items() if self.world.id(name) != author}
        return done

    def try_rekey(self, who: str) -> None:
        """Anyone inside may take new keys, which they hold."""
        new = other_keys(self.world, who)
        wire = self.world.event(who, "rekey", making.rekey_body(self.world.person(who), new, self.world.state))
        before = self.world.person(who)
        if who in self.since:
            # The epoch that must follow is signed with the new key already.
            self.world.people[who] = new
        if not self.settle(who in self.since, wire, who if who in self.since else None):
            self.world.people[who] = before

    def try_stolen_rekey(self, who: str, thief: str) -> None:
        """Nobody takes another's keys, nor keys that somebody has."""
        body = making.rekey_body(self.world.person(who), self.world.person(thief), self.world.state)
        self.settle(False, self.world.event(who, "rekey", body))

    def say_farewell(self, who: str, days: int) -> None:
        """Someone signs that they may be let go from a day on."""
        if who in self.since:
            until = self.world.now + days * DAY
            self.farewells[who] = (making.make_parting(self.world.person(who), self.world.state, until), until)

    def try_bring_farewell(self, by: str, whose: str) -> None:
        """Anyone inside may bring it, when it is time, and unless its author has done something since."""
        if len(self.since) <= 2 or whose not in self.world.people:
            return
        known = self.farewells.get(whose)
        parting, until = known or (making.make_parting(self.world.person("gus"), self.world.state, 0), 0)
        allowed = known is not None and by in self.since and whose in self.since and self.world.now >= until
        if self.settle(allowed, self.world.event(by, "leave", [parting])):
            self.farewells.pop(whose, None)
            self._out(whose)
            self.left = True

    def try_return(self, by: str, second: str, old: str, door: int) -> None:
        """Someone who lost everything is let in as somebody new, by two who are neither of them."""
        if not self.doors or not self.fresh or second not in self.since or old not in self.since:
            return
        place = self.doors[door % len(self.doors)]
        inviter, link, invite, wide, until = place
        name = self.fresh[-1]
        request = self.world.request(name, link, invite)
        ids = (self.world.id(old), request[0], self.world.id(by))
        signed = making.second_replaces(self.world.person(second), self.world.state, *ids, self.world.now + DAY)
        open_ = inviter in self.since and self.world.now <= until and (wide or self.host(by))
        allowed = by in self.since and len({by, second, old}) == 3 and open_ and len(self.since) - 1 < self.size
        body = [*request, self.world.chance.take(32), [self.world.id(old), signed]]
        if self.settle(allowed, self.world.event(by, "admit", body), by):
            self.fresh.pop()
            self.doors.remove(place)
            self._out(old)
            self.since[name] = self.world.now


class Travels(Authors):
    """The whole table of section 4 for groups, and after each step what must always hold."""

    @initialize(seed=st.integers(0, 3))
    def begin(self, seed: int) -> None:
        self.group: Traveller = Traveller(f"travels {seed}")
        for wide in (True, False, True):
            self.group.try_invite("ana", wide)
        self.group.try_admit("ana", "eli", 0)

    @rule(who=WHO)
    def rekey(self, who: str) -> None:
        self.group.try_rekey(who)

    @rule(who=WHO, thief=WHO)
    def stolen_rekey(self, who: str, thief: str) -> None:
        self.group.try_stolen_rekey(who, thief)

    @rule(who=HERE, days=st.sampled_from([0, 0, 1]))
    def farewell(self, who: str, days: int) -> None:
        self.group.say_farewell(who, days)

    @rule(by=HERE, whose=HERE)
    def bring_farewell(self, by: str, whose: str) -> None:
        self.group.try_bring_farewell(by, whose)

    @rule(by=st.sampled_from(["ana", "ben", "eli"]), second=HERE, old=HERE, door=st.integers(0, 3))
    def come_back(self, by: str, second: str, old: str, door: int) -> None:
        self.group.try_return(by, second, old, door)

    @invariant()
    def members_are_those_of_the_model(self) -> None:
        if hasattr(self, "group"):
            assert set(self.group.world.state.members) == {self.group.world.id(name) for name in self.group.since}

    @invariant()
    def the_newest_key_is_for_its_members_alone(self) -> None:
        """Each box opens for its own person, and nobody is given one who was not there (P19, P24)."""
        if not hasattr(self, "group"):
            return
        world = self.group.world
        event = newest_epoch(world)
        given = dict(event.body[1])
        assert set(given) == set(world.state.members_at(event.seq))
        for name, keys in world.people.items():
            if keys.member in given and name in self.group.since:
                assert open_box(keys, event, world.attachments[given[keys.member]]) == world.keys[event.id]

    def teardown(self) -> None:
        """The same bytes, the same verdict: from the beginning, with signatures or without (P53)."""
        if hasattr(self, "group"):
            world = self.group.world
            assert summary(replay(world.wires)) == summary(world.state)
            assert replay(world.wires, trusted=True) == replay(world.wires)
            assert room_words(replay(world.wires)) == room_words(world.state)


def newest_epoch(world: World) -> Event:
    """The newest epoch's event."""
    assert world.state.epoch
    return read_event(world.wires[world.state.epoch.seq])


class Alone(RuleBasedStateMachine):
    """An own circle: ways in come and go, keys change, and nobody else has a say."""

    @initialize(seed=st.integers(0, 3))
    def begin(self, seed: int) -> None:
        self.world = World(f"alone {seed}")
        self.world.begin("ana", OWN)
        self.ways: dict[bytes, list[Any]] = {}
        self.gone: set[bytes] = set()
        self.newest: bytes | None = None
        self.extra: list[int] = []

    def offer(self, allowed: bool, wire: bytes, *more: bytes) -> bool:
        try:
            self.world.take(wire, *more)
        except Failure:
            assert not allowed
            return False
        assert allowed
        return True

    @rule(seconds=st.sampled_from([60, DAY // 2]))
    def wait(self, seconds: int) -> None:
        self.world.now += seconds

    @rule(kind=st.integers(0, 4), number=st.integers(0, 6))
    def add_way(self, kind: int, number: int) -> None:
        id_ = bytes([number]) * 16
        body = making.unlock_body(1, kind, id_, b"wrap", bytes([kind, number]), bytes(16))
        allowed = 1 <= kind <= 3 and id_ not in self.ways and id_ not in self.gone
        if self.offer(allowed, self.world.event("ana", "unlock", body)):
            self.ways[id_], self.newest = body[1:2] + body[3:], id_

    @rule(number=st.integers(0, 6), kind=st.integers(1, 3), exact=st.booleans())
    def remove_way(self, number: int, kind: int, exact: bool) -> None:
        id_ = bytes([number]) * 16
        known = self.ways.get(id_)
        said = known if known and exact else [kind, bytes(32), bytes(32)]
        replaced = self.newest is not None and self.newest != id_ and self.ways[self.newest][0] == said[0]
        allowed = known == said and (len(self.ways) > 2 or replaced)
        wire = self.world.event("ana", "unlock", [2, said[0], id_, *said[1:]])
        if self.offer(allowed, wire):
            del self.ways[id_]
            self.gone.add(id_)
            self.newest = None

    @rule()
    def fresh_key(self) -> None:
        recent = [time for time in self.extra if time > self.world.now - DAY]
        self.newest = None if self.offer(len(recent) < 6, self.world.epoch("ana").wire) else self.newest
        if len(recent) < 6:
            self.extra = [*recent, self.world.now]

    @rule()
    def new_keys(self) -> None:
        new = other_keys(self.world, "ana")
        wire = self.world.event("ana", "rekey", making.rekey_body(self.world.person("ana"), new, self.world.state))
        self.world.people["ana"] = new
        assert self.offer(True, wire, self.world.epoch("ana", wire).wire)
        self.newest = None

    @rule(who=st.sampled_from(["ana", "eve"]), type_=st.sampled_from(["name", "leave", "unlock", "role"]))
    def what_is_not_for_here(self, who: str, type_: str) -> None:
        """No act of a group, and nothing by anybody else."""
        bodies: dict[str, list[Any]] = {
            "name": [bytes(32)],
            "leave": [None],
            "unlock": [1, 1, bytes(15) + b"\xff", bytes(32), bytes(32)],
            "role": [self.world.id(who), 0, None],
        }
        if (who, type_) != ("ana", "unlock"):
            self.offer(False, self.world.event(who, type_, bodies[type_]))

    @invariant()
    def ways_in_are_those_of_the_model(self) -> None:
        if hasattr(self, "world"):
            assert self.world.state.unlockers == self.ways

    def teardown(self) -> None:
        if hasattr(self, "world"):
            assert summary(replay(self.world.wires)) == summary(self.world.state)


def test_rarer_acts_follow_the_same_rules_p16_p53() -> None:
    run_state_machine_as_test(Travels, settings=CALM)


def test_an_own_circle_is_ruled_by_its_one_member_p7_p16() -> None:
    run_state_machine_as_test(Alone, settings=CALM)
