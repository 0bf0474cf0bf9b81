"""Two members of a group talk with each other; nobody else is given anything of it, and either ends it."""

from typing import Any

import pytest

from sameboat.circles.models import Circle, Closed, Membership
from sameboat.circles.rounds import empty_circles_go, fade
from sameboat.protocol.encoding import b64u
from sameboat.protocol.making import make_talk
from sameboat.protocol.seal import new_member, rekey_body
from tests.fixtures.asking import Made, Person, now
from tests.fixtures.groups import Group

TALK, DAY = 1, 86_400
NO_CARD: list[Any] = [None, None, None, []]


class Talking(Group):
    """A talk of two members of a group, as both of them know it."""

    def __init__(self, group: Group, by: str = "Ana", to: str = "Ben", before: bytes | None = None) -> None:
        self.people, self.keys, self.streams = group.people, group.keys, {}
        self.of, self.by = group, by
        self.first = Made(self.keys[by])
        self.first.put(make_talk(self.keys[by], group.state, group.member(to), now(), before))
        self.first.epoch(NO_CARD)
        self.state, self.epoch_key = self.first.state, self.first.epoch_key

    def open(self, by: str = "") -> Any:
        return self.of.ask(by or self.by, "POST", "/talks", self.first.body())

    def card(self, state: Any) -> list[Any]:
        return NO_CARD


@pytest.fixture
def talking(group):
    talking = Talking(group.join("Mo"))
    assert (talking.open().status, talking.id) == (201, talking.id)
    return talking


def told(group: Group, name: str) -> dict[str, Any]:
    """What GET /circles says of somebody's talks, by id."""
    circles = group.people[name].ask("GET", "/circles").told["circles"]
    return {one["circle"]: one["talk"] for one in circles if one["kind"] == TALK}


def test_both_write_and_read_and_each_is_told_of_it(talking):
    assert talking.say("Ana", "Are you up?").status == talking.say("Ben", "I am.").status == 201
    for name in ("Ana", "Ben"):
        assert len(talking.read(name)) == 2
        assert told(talking, name) == {talking.id: {"shared": talking.of.id, "over": False}}
    assert talking.turn("Ben").status == 201


def test_a_third_member_a_stranger_and_someone_who_left_are_given_nothing(talking):
    stranger = Person("Sam").sign_up()
    nowhere = stranger.ask("GET", f"/circles/{b64u(bytes(32))}/messages")
    talking.of.leave("Mo")
    for who in (stranger, talking.people["Mo"]):
        for path in ("/messages", "/events"):
            answer = who.ask("GET", f"{talking.path}{path}")
            assert (answer.status, answer.raw) == (404, nowhere.raw)
    assert told(talking, "Mo") == {}


def test_a_third_member_cannot_write_into_it_p65(talking):
    assert talking.say("Mo").status == 404
    made = talking.made("Ana")
    made.epoch(NO_CARD)
    assert talking.ask("Mo", "POST", "/events", made.body()).status == 404


def test_nobody_opens_a_talk_for_others_or_with_somebody_who_is_not_here_p65(group):
    group.join("Mo")
    made = Talking(group, "Ana", "Ben")
    assert made.open("Mo").code == "wrong_author"
    before = Talking(group, "Ana", "Mo")
    group.leave("Mo")
    assert before.open().code == "not_a_member"


def test_keys_that_are_not_those_of_the_group_are_refused_p65(group):
    other = new_member()
    group.keys["Ben"], real = type(other)(group.member("Ben"), other.sign, other.box), group.keys["Ben"]
    talking = Talking(group, "Ben", "Ana")
    assert talking.open().code == "key_swapped"
    group.keys["Ben"] = real
    assert Talking(group, "Ben", "Ana").open().status == 201


def test_of_two_opened_at_once_the_second_is_told_of_the_first_p65(group):
    one, two = Talking(group, "Ana", "Ben"), Talking(group, "Ben", "Ana")
    assert one.open().status == one.open().status == 201
    answer = two.open()
    assert (answer.status, answer.code, answer.told["circle"]) == (409, "talk_there", one.id)
    assert Circle.objects.filter(kind=TALK).count() == 1


def test_a_group_is_not_begun_as_a_talk_nor_a_talk_as_a_group(group):
    ana = group.people["Ana"]
    assert ana.ask("POST", "/circles", Talking(group).first.body()).code == "wrong_kind"
    assert group.ask("Ana", "POST", "/talks", Group("Cleo").start).status == 422


def test_who_leaves_the_group_is_out_of_its_talks_and_the_other_reads_on(talking):
    talking.say("Ben", "See you.")
    assert talking.of.leave("Ben").status == 201
    assert talking.ask("Ben", "GET", "/messages").status == 404
    assert len(talking.read("Ana")) == 1
    assert talking.say("Ana").code == "talk_over"
    assert told(talking, "Ana")[talking.id]["over"] is True


def test_somebody_elses_leaving_ends_nothing(talking):
    talking.of.leave("Mo")
    assert talking.say("Ben").status == 201


def test_new_keys_in_the_group_end_a_talk_and_another_follows_it_p65(talking):
    group, new = talking.of, new_member()
    stale = Talking(group, "Ana", "Ben")
    keys = type(new)(group.member("Ben"), new.sign, new.box)
    made = group.made("Ben")
    made.event("rekey", rekey_body(group.keys["Ben"], keys, group.state))
    made.keys = keys
    made.epoch(group.card(made.state))
    assert group.send("Ben", made).status == 201
    assert talking.say("Ana").code == "talk_over"
    assert talking.turn("Ana").code == "talk_over"
    assert talking.read("Ben") == talking.read("Ana")
    group.keys["Ben"] = keys
    assert stale.open().code == "key_swapped"
    assert Talking(group, "Ben", "Ana", talking.state.circle).open().status == 201


def test_closing_ends_delivery_and_the_other_cannot_begin_again(talking):
    talking.say("Ana", "Hello")
    assert talking.ask("Ben", "POST", "/close", {}).status == 204
    assert talking.ask("Ben", "GET", "/messages").status == 404
    assert len(talking.read("Ana")) == 1
    assert talking.say("Ana").code == "talk_over"
    assert Talking(talking.of, "Ana", "Ben").open().code == "talk_closed"
    again = Talking(talking.of, "Ben", "Ana", talking.state.circle)
    assert again.open().status == again.say("Ana").status == 201
    assert not Closed.objects.everywhere("a test").exists()


def test_what_is_over_is_put_away_and_keeps_nobody_from_beginning_again(talking):
    for name in ("Ben", "Ana"):
        assert talking.ask(name, "POST", "/close", {}).status == 204
    assert Talking(talking.of, "Ana", "Ben").open().code == "talk_closed"
    assert Talking(talking.of, "Ben", "Ana").open().status == 201


def test_only_a_talk_is_closed(group):
    assert group.ask("Ana", "POST", "/close", {}).code == "wrong_kind"


def test_a_talk_fades_by_the_window_of_the_group_and_goes_when_both_have_closed(talking, later):
    talking.say("Ana")
    assert fade(now() + 91 * DAY) == 1
    for name in ("Ana", "Ben"):
        assert talking.ask(name, "POST", "/close", {}).status == 204
    assert not Membership.objects.everywhere("a test").filter(circle=talking.state.circle).exists()
    empty_circles_go(now())
    assert not Circle.objects.filter(kind=TALK).exists()
