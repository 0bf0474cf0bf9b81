"""The log: who may do what, what breaks a chain, and that verdicts come from bytes alone."""

from dataclasses import replace

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from sameboat.protocol import making
from sameboat.protocol.failures import Failure
from sameboat.protocol.keys import MemberKeys, new_member
from sameboat.protocol.log import append, check_no_fork, extend, replay
from sameboat.protocol.primitives import h, sign
from sameboat.protocol.state import DAY
from sameboat.protocol.tests.cases import bytes_of, flip
from sameboat.protocol.tests.cases_log import new_keys
from sameboat.protocol.tests.ops_log import summary
from sameboat.protocol.tests.playing import read_vectors
from sameboat.protocol.tests.wandering import NAMES, Wanderer, walk
from sameboat.protocol.tests.world import START, World, four
from sameboat.protocol.verify import check_clock
from sameboat.protocol.words import room_words, word_numbers

WHO = st.sampled_from(NAMES[:6])


class Authors(RuleBasedStateMachine):
    """Anybody tries anything, in any order; log and model must agree each time."""

    @initialize(seed=st.integers(0, 3))
    def begin(self, seed: int) -> None:
        self.group = Wanderer(f"authors {seed}")

    @rule(seconds=st.sampled_from([60, DAY, 15 * DAY, 40 * DAY]))
    def wait(self, seconds: int) -> None:
        self.group.wait(seconds)

    @rule(who=WHO)
    def name(self, who: str) -> None:
        self.group.try_name(who)

    @rule(who=WHO)
    def leave(self, who: str) -> None:
        self.group.try_leave(who)

    @rule(who=WHO, wide=st.booleans())
    def invite(self, who: str, wide: bool) -> None:
        self.group.try_invite(who, wide)

    @rule(who=WHO, newcomer=st.sampled_from(NAMES), door=st.integers(0, 3))
    def admit(self, who: str, newcomer: str, door: int) -> None:
        self.group.try_admit(who, newcomer, door)

    @rule(who=WHO, second=WHO, whom=WHO)
    def remove(self, who: str, second: str, whom: str) -> None:
        self.group.try_remove(who, second, whom)

    @rule(who=WHO, second=st.none() | WHO, whom=WHO, days=st.sampled_from([0, 30, 90, 91]))
    def role(self, who: str, second: str | None, whom: str, days: int) -> None:
        self.group.try_role(who, second, whom, days)

    @rule(who=WHO, second=st.none() | WHO, window=st.sampled_from([30, 90, 365, 0]))
    def policy(self, who: str, second: str | None, window: int) -> None:
        self.group.try_policy(who, second, window)

    @rule(who=WHO, spoiled=st.sampled_from(["", "one less", "one more"]))
    def epoch(self, who: str, spoiled: str) -> None:
        self.group.try_epoch(who, spoiled)


def test_only_who_may_act_can_act_p16() -> None:
    calm = settings(max_examples=settings.default.max_examples * 3 // 5, stateful_step_count=40)
    run_state_machine_as_test(Authors, settings=calm)


def refusal(*wires: bytes) -> str:
    """The name under which a log is refused."""
    try:
        replay(wires)
    except Failure as no:
        return no.code
    return "success"


def test_every_event_left_out_doubled_or_swapped_is_seen_p17() -> None:
    wires = walk(1).wires
    for at in range(len(wires) - 1):
        assert refusal(*wires[:at], *wires[at + 1 :]) != "success"
        assert refusal(*wires[: at + 1], *wires[at:]) != "success"
        assert refusal(*wires[:at], wires[at + 1], wires[at], *wires[at + 2 :]) != "success"


def test_every_bit_of_an_event_counts_p17() -> None:
    wires = four().wires
    for at in range(len(wires[-1])):
        assert refusal(*wires[:-1], flip(wires[-1], at)) != "success"


def test_a_fork_is_evidence_and_a_shorter_log_is_no_fork_p17() -> None:
    world = four()
    one, two = (world.event("ben", "name", [bytes_of(text, 32)]) for text in ("one", "two"))
    state, _ = append(world.state, [one])
    assert check_no_fork(state, world.wires) == []
    with pytest.raises(Failure, match="fork") as no:
        check_no_fork(state, [two])
    assert no.value.detail == len(world.wires)


def test_the_chain_stands_without_any_attachment_p17() -> None:
    world = four()
    world.attachments.clear()
    assert summary(replay(world.wires)) == summary(world.state)


def test_a_log_verified_before_replays_the_same_without_signatures_p53() -> None:
    world = walk(2)
    state = replay(world.wires, trusted=True)
    assert state == replay(world.wires)
    wires = [*world.wires]
    wires[-1] = wires[-1][:-1] + bytes([wires[-1][-1] ^ 1])
    assert replay(wires, trusted=True).head == state.head
    assert refusal(*wires) == "bad_signature"


def test_a_failed_batch_changes_nothing_p53() -> None:
    world = four()
    before = summary(world.state)
    good = world.event("ben", "name", [bytes(32)])
    with pytest.raises(Failure, match="wrong_seq"):
        append(world.state, [good, good])
    assert summary(world.state) == before


def test_new_keys_only_by_a_signed_event_p14() -> None:
    world = four()
    new = new_keys(world, "ben")
    body = making.rekey_body(world.person("ben"), new, world.state)
    forged = world.odd_event("ben", "rekey", body, signer=new)
    assert refusal(*world.wires, forged) == "bad_signature"
    for case in read_vectors("log"):
        if case["expect"] == "success" and "rekey" not in case["name"] and "out" in case and "members" in case["out"]:
            keys = {row[0]: row[1] for row in case["out"]["members"]}
            assert new.sign_pk not in keys.values()


def test_boxes_go_to_members_and_nobody_else_p24() -> None:
    group = Wanderer("boxes")
    for spoiled in ("one less", "one more", ""):
        group.try_epoch("ben", spoiled)
    assert group.taken == 1


def door(world: World, wide: bool = False) -> tuple[object, bytes]:
    """A link and its invite."""
    link = world.link()
    return link, world.do("ana", "invite", world.invite_body(link, wide))


def test_a_link_lets_one_person_in_and_only_who_holds_it_p48() -> None:
    world = four()
    link, invite = door(world)
    stranger = world.admit_body("mallory", world.link(), invite)
    assert refusal(*world.wires, world.event("ana", "admit", stranger)) == "bad_link_signature"
    world.take_with_epoch("ana", world.event("ana", "admit", world.admit_body("eli", link, invite)))
    second = world.admit_body("mallory", link, invite)
    assert refusal(*world.wires, world.event("ana", "admit", second)) == "invite_used"


def test_what_a_watcher_saw_at_the_door_does_not_open_it_p48() -> None:
    world = four()
    link, invite = door(world)
    seen = world.request("eli", link, invite)
    other = world.request("mallory", world.link(), invite)
    mixed = [other[0], seen[1], other[2], bytes(32), None]
    assert refusal(*world.wires, world.event("ana", "admit", mixed)) == "bad_link_signature"


def test_keys_without_possession_are_refused_p49() -> None:
    world = four()
    link, invite = door(world)
    request = world.request("eli", link, invite)
    by_mallory = sign(world.person("mallory").sign, "join/key", request[0])
    body = [request[0], request[1], by_mallory, bytes(32), None]
    assert refusal(*world.wires, world.event("ana", "admit", body)) == "bad_joiner_signature"


def test_an_older_agreement_cannot_be_agreed_to_p50() -> None:
    world = four()
    link, invite = door(world)
    old = world.words[1]
    world.agreement = making.new_opening("Another agreement.", world.chance)
    world.do("ana", "policy", world.policy_body("ben", world.state.policy, world.words))
    body = world.invite_body(world.link())
    assert refusal(*world.wires, world.event("ana", "invite", [*body[:3], old, *body[4:]])) == "stale_agreement"
    request = world.admit_body("eli", link, invite)
    assert refusal(*world.wires, world.event("ana", "admit", request)) == "stale_agreement"


def test_a_second_signature_serves_once_and_here_only_p51() -> None:
    here, there = four("here"), four("there")
    there.people, there.names = here.people, here.names
    body = here.remove_body("ben", "cleo", "dee")
    here.take_with_epoch("ben", here.event("ben", "remove", body))
    assert refusal(*here.wires, here.event("ben", "remove", body)) == "not_a_member"
    elsewhere = four("elsewhere")
    second = making.second_remove(here.person("cleo"), elsewhere.state, elsewhere.id("dee"), here.id("ben"), here.now)
    moved = here.event("ben", "remove", [here.id("ana"), second])
    assert refusal(*here.wires, moved) == "unknown_head"


def test_a_lone_host_cannot_shorten_the_window_p63() -> None:
    world = four()
    shorter = [30, 8, 0, [], None]
    assert refusal(*world.wires, world.event("ana", "policy", world.policy_body(None, shorter))) == "second_required"
    world.do("ana", "policy", world.policy_body("ben", shorter))
    assert world.state.window_at(world.now) == 90
    assert world.state.window_at(world.now + 7 * DAY) == 30


def test_a_group_whose_only_host_lost_everything_goes_on_p64() -> None:
    world = four()
    world.do("ben", "role", world.role_body("cleo", "ben", world.now + 30 * DAY))
    link = world.link()
    invite = world.do("ben", "invite", world.invite_body(link))
    request = world.request("ana again", link, invite)
    seen = making.second_replaces(
        world.person("dee"), world.state, world.id("ana"), request[0], world.id("ben"), world.now
    )
    body = [*request, bytes(32), [world.id("ana"), seen]]
    world.take_with_epoch("ben", world.event("ben", "admit", body))
    assert world.id("ana") not in world.state.members
    assert world.id("ana again") in world.state.members


def test_two_of_whom_the_host_lost_everything_go_on_p64() -> None:
    world = World("two")
    world.begin("ana")
    world.set_safeguarding("ana")
    world.bring_in("ana", "ben")
    world.now = START + 91 * DAY
    world.do("ben", "role", world.role_body(None, "ben", world.now + DAY))
    link = world.link()
    invite = world.do("ben", "invite", world.invite_body(link))
    body = world.admit_body("ana again", link, invite, [world.id("ana"), None])
    world.take_with_epoch("ben", world.event("ben", "admit", body))
    assert set(world.state.members) == {world.id("ben"), world.id("ana again")}


def test_a_clock_ten_years_off_is_refused_by_the_server_and_changes_no_verdict_p52() -> None:
    world = four()
    wires = [*world.wires]
    world.now += 3650 * DAY
    ahead = world.event("ben", "role", world.role_body(None, "ben", world.now + DAY))
    with pytest.raises(Failure, match="clock"):
        check_clock(world.now, START)
    world.take(ahead)
    world.now = START + 30 * DAY
    assert refusal(*world.wires, world.event("ana", "name", [bytes(32)])) == "time_backwards"
    assert replay(wires).is_host(world.id("ana"), START + 30 * DAY)


def test_words_agree_for_all_and_change_with_each_membership_event_p15() -> None:
    world = four()
    seen = {tuple(room_words(replay(world.wires)))}
    for name in ("eli", "fay"):
        world.bring_in("ana", name)
        seen.add(tuple(room_words(world.state)))
    world.do("fay", "leave", [None])
    seen.add(tuple(room_words(world.state)))
    assert len(seen) == 4
    assert room_words(replay(world.wires)) == room_words(replay(world.wires, trusted=True))


def test_words_use_seventy_bits_of_the_whole_hash_p60() -> None:
    circle = bytes(32)
    many = {tuple(word_numbers(circle, bytes_of(f"event {n}", 32))) for n in range(5000)}
    assert len(many) == 5000
    assert {number for row in many for number in row} == set(range(1024))


def test_every_bit_of_circle_and_event_reaches_the_words_p60() -> None:
    circle, event = bytes_of("circle", 32), bytes_of("event", 32)
    words = word_numbers(circle, event)
    for bit in range(256):
        turned = (1 << bit).to_bytes(32, "big")
        for place, other in enumerate((circle, event)):
            changed = bytes(a ^ b for a, b in zip(other, turned, strict=True))
            pair = (changed, event) if place == 0 else (circle, changed)
            # One word may stay by chance, never all that a person could tell apart.
            assert sum(a != b for a, b in zip(words, word_numbers(*pair), strict=True)) >= 5


def ground_to_equal_starts(world: World, begins: int) -> list[tuple[MemberKeys, bytes]]:
    """Two admissions of the same person to the same door whose keys hash to the same first bytes."""
    link, invite = door(world)
    found: dict[bytes, MemberKeys] = {}
    while True:
        keys = replace(new_member(world.chance), member=world.id("eli"))
        short = h("request", keys.sign_pk, keys.box_pk)[:begins]
        other = found.setdefault(short, keys)
        if other is not keys:
            return [(one, admission(world, one, link, invite)) for one in (other, keys)]


def admission(world: World, keys: MemberKeys, link: object, invite: bytes) -> bytes:
    world.people["eli"] = keys
    return world.event("ana", "admit", [*world.request("eli", link, invite), bytes(32), None])


def test_keys_ground_to_equal_truncated_hashes_still_give_other_words_p60() -> None:
    """Whoever swaps keys at the door cannot have the words agree by making the keys look alike."""
    world = four()
    seen = []
    for keys, wire in ground_to_equal_starts(world, 2):
        state, _ = extend(world.state, [wire])
        assert state.members[world.id("eli")].sign_pk == keys.sign_pk
        seen.append(room_words(state))
    assert sum(a != b for a, b in zip(*seen, strict=True)) >= 5


def test_an_event_of_a_later_kind_asks_for_a_reload_p69() -> None:
    world = four()
    assert refusal(*world.wires, world.odd_event("ben", "shelf", [1, "anything"])) == "unknown_type"
    assert refusal(*world.wires, world.odd_event("ben", "name", [1, 2, 3], v=2)) == "unknown_version"
