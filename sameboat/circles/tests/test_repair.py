"""Handing back what a copy did not hold: by whom, from when, and what is not taken."""

import pytest

from sameboat.circles.actions.restoring import end_day, note_restored
from sameboat.circles.models import Attachment, Circle, Envelope, LogEvent, Wanted
from sameboat.circles.states import states
from sameboat.protocol.encoding import b64u
from tests.fixtures.asking import now
from tests.fixtures.groups import Group

HOUR = 3600


class Copy:
    """A group as a copy holds it, and what came after it."""

    def __init__(self, group: Group) -> None:
        row = Circle.objects.get(pk=group.state.circle)
        self.group, self.head, self.seq, self.position = group, bytes(row.head), row.head_seq, row.position

    def put_back(self, *, made: int | None = None) -> None:
        """All that came after the copy is gone; it was made an hour ago unless said otherwise."""
        circle = self.group.state.circle
        later = {"circle": circle, "seq__gt": self.seq}
        for model in (LogEvent, Attachment):
            model.objects.everywhere("a test").filter(**later).delete()
        Envelope.objects.everywhere("a test").filter(circle=circle, position__gt=self.position).delete()
        Circle.objects.filter(pk=circle).update(head=self.head, head_seq=self.seq, position=self.position)
        states.forget(circle)
        note_restored([], to=now() - HOUR if made is None else made, now=now())


def handed(made, from_seq):
    return {"from_seq": from_seq, **made.body()}


@pytest.fixture
def turned(group):
    """A copy, and the epoch by Ben that came after it and is gone."""
    copy = Copy(group)
    made = group.made("Ben")
    made.epoch(group.card(made.state))
    group.say("Ana", "before it")
    assert group.send("Ben", made).status == 201
    return group, copy, made


def test_events_come_back_by_anyones_hand_and_twice_is_once(turned):
    group, copy, made = turned
    copy.put_back()
    for _ in range(2):
        answer = group.ask("Ana", "POST", "/repair", handed(made, copy.seq + 1))
        assert (answer.status, answer.told["head"]) == (200, copy.seq + 1)
    assert group.ask("Ana", "GET", "/events").told["head"] == copy.seq + 1
    assert group.ask("Ana", "GET", "/repair").told["wanted"] == []


def test_a_box_that_did_not_come_along_is_wanted_from_whose_it_is_alone(turned):
    group, copy, made = turned
    copy.put_back()
    body = handed(made, copy.seq + 1)
    boxes = {bytes(member): b64u(name) for member, name in made.events[0].body[1]}
    ben = boxes[group.keys["Ben"].member]
    held = {name: body for name, body in body["attachments"].items() if name != ben}
    assert group.ask("Ana", "POST", "/repair", body | {"attachments": held}).status == 200
    assert group.ask("Ana", "GET", "/repair").told["wanted"] == []
    assert group.ask("Ben", "GET", "/repair").told["wanted"] == [ben]
    again = {"from_seq": 1, "events": [], "attachments": {ben: body["attachments"][ben]}}
    assert group.ask("Ben", "POST", "/repair", again).status == 200
    assert not Wanted.objects.everywhere("a test").exists()
    (_, told) = group.ask("Ben", "GET", f"/events?after={copy.seq - 1}").told["events"]
    assert ben in told["attachments"]


def test_nothing_new_comes_in_by_this_door_p16(turned):
    """Only what was lost: no copy, another time, another event in a place that is taken."""
    group, copy, made = turned
    fresh = group.made("Ana")
    fresh.epoch(group.card(fresh.state))
    assert group.ask("Ana", "POST", "/repair", handed(fresh, copy.seq + 2)).code == "not_restored"
    copy.put_back(made=now() + HOUR)
    answer = group.ask("Ana", "POST", "/repair", handed(made, copy.seq + 1))
    assert answer.status == 200
    other = group.made("Ana")
    other.event("name", [bytes(32)], now() + 700)
    assert group.ask("Ana", "POST", "/repair", handed(other, copy.seq + 2)).code == "clock"
    assert group.ask("Ana", "POST", "/repair", handed(made, copy.seq)).code == "fork"
    assert group.ask("Ana", "POST", "/repair", handed(made, copy.seq + 9)).code == "wrong_seq"


def test_messages_come_back_right_as_of_their_own_head_and_only_those(turned):
    group, copy, _ = turned
    held = group.read("Ana")
    copy.put_back()
    offered = {"messages": [{"envelope": one["envelope"], "at": one["at"]} for one in held]}
    assert group.ask("Ana", "POST", "/repair/messages", offered).told["positions"] == [1]
    assert group.ask("Ben", "POST", "/repair/messages", offered).told["positions"] == [1]
    assert [one["at"] for one in group.read("Ben")] == [held[0]["at"]]
    unknown = {"messages": [{"envelope": b64u(group.seal("Ana", "to the newer key")), "at": now()}]}
    assert group.ask("Ana", "POST", "/repair/messages", unknown).told["positions"] == [None]


def test_for_a_day_only_repairs_and_messages_are_taken(group):
    Copy(group).put_back()
    assert group.turn("Ana").code == "restoring"
    assert group.say("Ben").status == 201
    assert group.ask("Ben", "GET", "/events").told["restored"]["open"] is True
    end_day(now=now())
    assert group.turn("Ana").status == 201


def test_to_others_and_to_those_who_left_there_is_nothing_to_mend(group):
    invited = group.invite()
    group.people["Eve"] = group.guest(invited, "Eve")
    group.join("Dee")
    group.leave("Dee")
    empty = {"from_seq": 1, "events": [], "attachments": {}}
    offers = {"messages": [{"envelope": b64u(bytes(32)), "at": 0}]}
    for name in ("Eve", "Dee"):
        assert group.ask(name, "GET", "/repair").status == 404
        assert group.ask(name, "POST", "/repair", empty).status == 404
        assert group.ask(name, "POST", "/repair/messages", offers).status == 404
