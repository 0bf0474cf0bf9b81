"""Talks of two (SPEC 16): opened with another member of one's group, held against that group's log, closed by either.

>>> with_ben = talk_with(ana, ana.member_named("Ben"))
>>> with_ben.say("Are you up?")
>>> close_talk(with_ben)
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import Any

from sameboat.client.circle import Batch, Circle, Stopped
from sameboat.client.epoch import Ring
from sameboat.client.http import BadAnswer, Refused, b64, listed, unb64
from sameboat.client.member import Member
from sameboat.client.messages import Message, Talk
from sameboat.protocol.failures import Failure
from sameboat.protocol.seal import make_talk
from sameboat.protocol.state import Event, State
from sameboat.protocol.talks import GOES_ON, check_talk, goes_on, standing


@dataclass
class Pair(Circle):
    """The log of a talk: nothing of it is believed before it was held against the group's."""

    shared: Circle = field(kw_only=True)

    def catch_up(self) -> list[Event]:
        """As for a group. Raises Stopped where these are not the two of the group, with their keys."""
        events = super().catch_up()
        with contextlib.suppress(Stopped, Refused):
            # A talk outlives its group: what is known of that has to do.
            self.shared.catch_up()
        try:
            check_talk(self.shared.state, self.state)
        except Failure as failure:
            self.state, self.wires, self.events = State(), [], []
            self.stop(failure.code, 0, None, None)
        return events

    def check_open(self) -> None:
        """Raises Stopped (`talk_over`) once either has left the group or has new keys there."""
        super().check_open()
        if self.state.ids and standing(self.shared.state, self.state) != GOES_ON:
            raise Stopped("talk_over")


@dataclass
class Talking(Member):
    """A member in a talk; who is called what stands in the group's log. `over`: the server says it was closed."""

    group: Talk | None = None
    over: bool = False

    def _name(self, message: Message) -> str:
        if self.group is None:
            raise BadAnswer("a talk without a group")
        found = self.group.circle.state.members.get(message.author)
        opening = self.group.ring.openings.get(found.name or b"") if found else None
        return str(opening[1]) if opening else ""


def _in(me: Member, pair: Pair) -> Talking:
    ring = Ring(pair)
    talking = Talking(me.wire, me.account, group=me.talk)
    talking._opened(pair, ring)
    return talking


def in_talk(me: Member, circle: bytes) -> Talking:
    """A talk of the open group by its id, as a device that has seen nothing of it finds it. Raises Stopped."""
    return _in(me, _pair(me, circle))


def _pair(me: Member, circle: bytes) -> Pair:
    shared = me.talk.circle
    pair = Pair(me.wire, circle, shared.keys, me.account.clock, earlier=list(shared.earlier), shared=shared)
    pair.catch_up()
    pair.take_keys(shared.keys, *shared.earlier)
    return pair


def talks(me: Member) -> list[Talking]:
    """Every talk of the open group that holds, as the server tells of them; those that were closed are gone."""
    me.talk.look()
    found = []
    for one in listed(me.wire.get("/circles"), "circles"):
        told: Any = one.get("talk")
        if not isinstance(told, dict) or unb64(told.get("shared")) != me.talk.circle.id:
            continue
        with contextlib.suppress(Stopped):
            found.append(in_talk(me, unb64(one.get("circle"))))
            found[-1].over = told.get("over") is True
    return found


def talk_with(me: Member, other: bytes) -> Talking:
    """The talk with another member of the open group: the one that goes on, else a new one. Raises Stopped."""
    mine = [one for one in talks(me) if other in one.talk.circle.state.members]
    going = goes_on(me.talk.circle.state, [one.talk.circle.state for one in mine if not one.over])
    for one in mine:
        if going is not None and one.talk.circle.id == going.circle:
            return one
    return _opened(me, other, mine[-1].talk.circle.id if mine else None)


def _opened(me: Member, other: bytes, before: bytes | None) -> Talking:
    shared = me.talk.circle
    shared.check_open()
    batch = Batch(shared.keys, State(), max(int(me.account.clock()), shared.state.time))
    batch.put(make_talk(shared.keys, shared.state, other, batch.time, before))
    batch.put_epoch([None, None, None, [[id_, None, None] for id_ in sorted(batch.state.members)]])
    try:
        told = me.wire.post(f"{shared.path}/talks", batch.body())
    except Refused as refused:
        if refused.code != "talk_there":
            raise
        # The other was quicker.
        told = refused.body
    opened = in_talk(me, unb64(told.get("circle")))
    # It verifies, but words for one member go nowhere but to them.
    if other not in opened.talk.circle.state.members:
        raise Stopped("not_a_member")
    return opened


def close_talk(talking: Talking) -> None:
    """Nothing more comes from there, and the other can open no new one."""
    talking.wire.post(f"/circles/{b64(talking.talk.circle.id)}/close")
