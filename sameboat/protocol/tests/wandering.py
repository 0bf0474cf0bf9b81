"""A group that wanders: anybody tries anything, and a simpler telling of the rules says what should come of it."""

import random
from typing import Any

from sameboat.protocol.encoding import decode, enc
from sameboat.protocol.failures import Failure
from sameboat.protocol.log import read_event
from sameboat.protocol.primitives import sign
from sameboat.protocol.state import DAY
from sameboat.protocol.tests.cases import Cases, flip
from sameboat.protocol.tests.playing import play
from sameboat.protocol.tests.world import START, World, four

NAMES = ["ana", "ben", "cleo", "dee", "eli", "fay", "gus"]


class Wanderer:
    """Tries acts on a real log beside a model of plain sets. Each `try_…` asserts that both agree."""

    def __init__(self, seed: str) -> None:
        self.world = four(seed)
        self.since = {"ana": START, **{name: START + 60 * n for n, name in enumerate(("ben", "cleo", "dee"), 1)}}
        self.until = {"ana": START + 90 * DAY}
        self.doors: list[tuple[str, Any, bytes, bool, int]] = []
        self.gone: set[str] = set()
        self.size = 8
        self.extra: dict[str, list[int]] = {}
        self.left = False
        self.taken = 0

    def host(self, name: str) -> bool:
        """Whether the model calls someone host now."""
        return name in self.since and self.until.get(name, 0) >= self.world.now

    def settle(self, allowed: bool, wire: bytes, epoch_by: str | None = None) -> bool:
        """Offer the event and hold the log to the model's answer."""
        before = list(self.world.wires)
        try:
            if epoch_by and allowed:
                self.world.take_with_epoch(epoch_by, wire)
                self.left = False
            elif epoch_by:
                self.world.epoch(epoch_by, wire)
                self.world.take(wire)
            else:
                self.world.take(wire)
        except (Failure, KeyError) as no:
            assert not allowed, f"the log refuses what the model allows: {no}"
            assert self.world.wires == before
            return False
        assert allowed, "the log allows what the model refuses"
        self.taken += 1
        return True

    def wait(self, seconds: int) -> None:
        """Time goes by."""
        self.world.now += seconds

    def try_name(self, who: str) -> None:
        """Anyone inside may take another name."""
        self.settle(who in self.since, self.world.event(who, "name", [self.world.chance.take(32)]))

    def try_leave(self, who: str) -> None:
        """Anyone inside may go, except that somebody stays in this test."""
        if len(self.since) > 2 and self.settle(who in self.since, self.world.event(who, "leave", [None])):
            self._out(who)
            self.left = True

    def _out(self, who: str) -> None:
        del self.since[who]
        self.until.pop(who, None)
        self.gone.add(who)

    def try_invite(self, who: str, wide: bool) -> None:
        """Hosts open doors."""
        link = self.world.link()
        wire = self.world.event(who, "invite", self.world.invite_body(link, wide))
        if self.settle(self.host(who), wire):
            self.doors.append((who, link, self.world.state.head, wide, self.world.now + 30 * DAY))

    def try_admit(self, who: str, newcomer: str, door: int) -> None:
        """Hosts, or anyone where the door says so, let one person in through one door."""
        if not self.doors:
            return
        place = self.doors[door % len(self.doors)]
        inviter, link, invite, wide, until = place
        fresh = newcomer not in self.since and newcomer not in self.gone
        open_ = inviter in self.since and self.world.now <= until
        allowed = who in self.since and fresh and open_ and (wide or self.host(who)) and len(self.since) < self.size
        wire = self.world.event(who, "admit", self.world.admit_body(newcomer, link, invite))
        if self.settle(allowed, wire, who):
            self.since[newcomer] = self.world.now
            self.doors.remove(place)

    def try_remove(self, who: str, second: str, target: str) -> None:
        """Two ask a third to go."""
        people = (who, second, target)
        if target not in self.since or second not in self.since:
            return
        now = self.world.now
        settled = self.since[second] + 14 * DAY <= now or now < START + 14 * DAY
        allowed = len(set(people)) == 3 and who in self.since and settled
        wire = self.world.event(who, "remove", self.world.remove_body(who, second, target))
        if self.settle(allowed, wire, who):
            self._out(target)

    def try_role(self, who: str, second: str | None, target: str, days: int) -> None:
        """The host's task goes round."""
        until = self.world.now + days * DAY if days else 0
        nobody = not any(self.host(name) for name in self.since)
        alone = who == target and (days == 0 or nobody)
        helped = second is not None and second in self.since and second != who
        may = (self.host(who) or alone) if second is None else helped
        allowed = who in self.since and target in self.since and days <= 90 and may
        if self.settle(allowed, self.world.event(who, "role", self.world.role_body(second, target, until))):
            self.until[target] = until

    def try_policy(self, who: str, second: str | None, window: int) -> None:
        """A host and one other change the settings; never one alone in company."""
        policy = [window, self.size + 1 if self.size < 100 else 50, 0, [], None]
        company = len(self.since) > 1
        helped = second in self.since and second != who if second else not company
        hosted = self.host(who) or bool(second and self.host(second))
        allowed = who in self.since and helped and hosted
        if self.settle(allowed, self.world.event(who, "policy", self.world.policy_body(second, policy))):
            self.size = policy[1]

    def try_epoch(self, who: str, spoiled: str) -> None:
        """Anyone inside may make a fresh key, for all or for nobody."""
        made = self.world.epoch(who)
        body = list(read_event(made.wire).body)
        if spoiled == "one less":
            body[1] = body[1][1:]
        elif spoiled == "one more":
            body[1] = sorted([*body[1], [self.world.id("eve"), bytes(32)]])
        recent = [time for time in self.extra.get(who, []) if time > self.world.now - DAY]
        allowed = who in self.since and spoiled == "" and (self.left or len(recent) < 6)
        if self.settle(allowed, self.world.event(who, "epoch", body)):
            if not self.left:
                self.extra[who] = [*recent, self.world.now]
            self.left = False


def walk(seed: int, steps: int = 24) -> World:
    """A valid log that chance wrote."""
    dice = random.Random(seed)
    wanderer = Wanderer(f"walk {seed}")
    for _ in range(steps):
        who, second, third = (dice.choice(NAMES[:5]) for _ in range(3))
        wanderer.wait(dice.choice([0, 60, DAY, 5 * DAY]))
        acts: list[Any] = [
            lambda w=who: wanderer.try_name(w),
            lambda w=who: wanderer.try_invite(w, dice.random() < 0.5),
            lambda w=who: wanderer.try_admit(w, dice.choice(NAMES[3:]), dice.randrange(4)),
            lambda w=who, s=second, t=third: wanderer.try_remove(w, s, t),
            lambda w=who, s=second, t=third: wanderer.try_role(w, dice.choice([None, s]), t, dice.choice([0, 30, 91])),
            lambda w=who, s=second: wanderer.try_policy(w, dice.choice([None, s]), dice.choice([30, 90, 365, 0])),
            lambda w=who: wanderer.try_epoch(w, dice.choice(["", "", "one less"])),
        ]
        dice.choice(acts)()
    return wanderer.world


def _changed_field(world: World, wire: bytes, dice: random.Random) -> bytes:
    """An event whose author changes one field and signs again."""
    raw, _ = decode(wire, ["b", "b64"], 65536)
    fields = decode(raw, "any", 65536)
    holder, at = fields, 8 if dice.random() < 0.9 else dice.randrange(8)
    while isinstance(holder[at], list) and holder[at] and dice.random() < 0.9:
        holder = holder[at]
        at = dice.randrange(len(holder))
    value = holder[at]
    if isinstance(value, bool) or value is None:
        holder[at] = dice.choice([0, True, False, b""])
    elif isinstance(value, int):
        holder[at] = dice.choice([value + 1, max(0, value - 1), 0, 2**53 - 1])
    elif isinstance(value, bytes):
        holder[at] = dice.choice(
            [flip(value, dice.randrange(len(value) or 1)) if value else b"\0", value[1:], bytes(len(value))]
        )
    else:
        holder[at] = dice.choice([None, "leave", []])
    author = next((keys for keys in world.people.values() if keys.member == fields[7]), world.person("ana"))
    changed = enc(fields)
    return enc([changed, sign(author.sign, "event", changed)])


def _twist(world: World, dice: random.Random) -> list[bytes]:
    """The log, or the log with one thing done to it."""
    wires = list(world.wires)
    at = dice.randrange(len(wires))
    kind = dice.choice(["as it is", "bit", "drop", "swap", "twice", "cut", *["field"] * 16])
    if kind == "bit":
        wires[at] = flip(wires[at], dice.randrange(len(wires[at])))
    elif kind == "drop":
        del wires[at]
    elif kind == "swap" and at:
        wires[at - 1], wires[at] = wires[at], wires[at - 1]
    elif kind == "twice":
        wires.insert(at, wires[at])
    elif kind == "cut":
        wires = wires[:at]
    elif kind == "field":
        wires = [*wires[:at], _changed_field(world, wires[at], dice)]
    return wires


def verdicts() -> Cases:
    """Verdicts on logs that chance wrote and chance spoiled: P53, the same in both languages."""
    cases = Cases("Logs that chance wrote, and what becomes of them when one thing is changed. SPEC.md section 4.")
    for seed in range(4):
        world = walk(seed)
        cases.logs[str(seed)] = world.wires
        dice = random.Random(1000 + seed)
        for number in range(60):
            wires = _twist(world, dice)
            if not wires:
                continue
            take = next(
                (n for n, (a, b) in enumerate(zip(wires, world.wires, strict=False)) if a != b),
                min(len(wires), len(world.wires)),
            )
            then = wires[take:][:3]
            outcome, _ = play("replay", {"wires": world.wires[:take] + then})
            cases.add(f"walk {seed}, {number}", "replay", outcome, log=str(seed), take=take, then=then)
    return cases
