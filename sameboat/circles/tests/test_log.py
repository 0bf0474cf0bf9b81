"""The log at the door: whole batches, in their turn, by their author, with all that belongs to them."""

import os

import pytest

from sameboat.circles.models import LogEvent
from sameboat.circles.refusals import Failed
from sameboat.protocol.encoding import b64u, enc
from sameboat.protocol.epochs import make_epoch
from sameboat.protocol.log import read_event
from sameboat.protocol.making import make_event, second_policy
from sameboat.protocol.primitives import h, sign
from tests.fixtures.asking import Made, now
from tests.fixtures.groups import POLICY, Group, bytes_of

DAY = 86_400
YEAR = 365 * DAY


def test_a_batch_is_taken_in_and_given_with_what_is_ones_own(group):
    assert group.turn("Ben").status == 201
    told = group.ask("Ana", "GET", "/events?after=-1").told
    assert [one["seq"] for one in told["events"]] == list(range(told["head"] + 1))
    last = told["events"][-1]["attachments"]
    assert {b64u(h("attachment", bytes_of(body))) for body in last.values()} == set(last)
    assert [len(bytes_of(body)) for body in last.values()].count(80) == 1
    assert group.ask("Ana", "GET", f"/events?after={told['head']}").told["events"] == []


def test_a_lost_answer_is_given_again_p44(group):
    made = group.made("Ben")
    made.epoch(group.card(made.state))
    first, again = group.send("Ben", made), group.ask("Ben", "POST", "/events", made.body())
    assert (again.status, again.told) == (201, first.told)
    group.turn("Ana")
    assert group.ask("Ben", "POST", "/events", made.body()).status == 201


def test_who_comes_second_is_told_what_they_missed(group):
    late = group.made("Ben")
    late.epoch(group.card(late.state))
    group.turn("Ana")
    answer = group.send("Ben", late)
    assert (answer.status, answer.code) == (409, "superseded")
    (missed,) = answer.told["events"]
    assert bytes_of(missed["event"]) != late.wires[0]
    assert len(missed["attachments"]) == 2
    assert group.turn("Ben").status == 201


def test_a_member_changes_six_things_a_day_and_is_told_so_at_the_seventh(group, later):
    for _ in range(6):
        assert group.turn("Ben").status == 201
    made = group.made("Ben")
    seventh = make_epoch(made.keys, made.state, now(), group.card(made.state))
    made.wires, made.attachments = [seventh.wire], seventh.attachments
    answer = group.send("Ben", made)
    assert (answer.status, answer.code) == (422, "too_many_epochs")
    assert answer.told["sentence"] != Failed.sentence
    assert group.say("Ben").status == group.turn("Ana").status == 201
    later(days=1.01)
    group.people["Ben"].sign_in()
    tomorrow = group.made("Ben")
    tomorrow.event("name", [os.urandom(32)])
    tomorrow.epoch(group.card(tomorrow.state))
    assert group.send("Ben", tomorrow).status == 201


def test_an_event_from_further_on_is_refused(group):
    made = group.made("Ana")
    made.epoch(group.card(made.state))
    made.wires.clear()
    made.epoch(group.card(made.state))
    assert group.send("Ana", made).code == "wrong_seq"


@pytest.mark.parametrize("seconds", [605, 10 * YEAR])
def test_an_event_from_the_future_is_refused_p52(group, seconds):
    made = group.made("Ana")
    made.event("name", [os.urandom(32)], time=now() + seconds)
    answer = group.send("Ana", made)
    assert (answer.status, answer.code) == (422, "clock")


def test_an_event_from_the_past_is_refused_p52(group, later):
    made = group.made("Ana")
    made.event("name", [os.urandom(32)])
    later(hours=1)
    group.people["Ana"].sign_in()
    assert group.send("Ana", made).code == "clock"


def test_a_client_whose_clock_is_years_behind_begins_no_group_p52(anybody_starts):
    from_long_ago = Group("Ana")
    person = from_long_ago.people["Ana"]
    body = person.sign_up_body(time=now() - 10 * YEAR)
    assert person.ask("POST", "/accounts", body).code == "clock"


def test_an_event_of_another_member_is_not_taken_from_me(group):
    made = group.made("Ana")
    made.event("name", [os.urandom(32)])
    answer = group.ask("Ben", "POST", "/events", made.body())
    assert (answer.status, answer.code) == (422, "wrong_author")


def test_an_event_that_is_not_signed_by_its_author_is_refused(group):
    made = group.made("Ana")
    made.event("name", [os.urandom(32)])
    spoiled = made.wires[0][:-1] + bytes([made.wires[0][-1] ^ 1])
    answer = group.ask("Ana", "POST", "/events", {"events": [b64u(spoiled)], "attachments": {}})
    assert (answer.status, answer.code) == (422, "bad_signature")


def test_what_an_event_names_must_come_with_it(group):
    made = group.made("Ana")
    made.epoch(group.card(made.state))
    body = made.body()
    body["attachments"].popitem()
    assert group.ask("Ana", "POST", "/events", body).code == "attachment_missing"


def test_what_nobody_named_does_not_come_along(group):
    made = group.made("Ana")
    made.epoch(group.card(made.state))
    made.attach(os.urandom(80))
    assert group.send("Ana", made).code == "attachment_extra"


def test_other_bytes_under_a_name_are_refused(group):
    made = group.made("Ana")
    made.epoch(group.card(made.state))
    name = next(name for name, body in made.attachments.items() if len(body) == 80)
    made.attachments[name] = os.urandom(80)
    assert group.send("Ana", made).code == "wrong_attachment"


def test_a_card_whose_size_tells_its_length_is_refused_p30(group):
    made = group.made("Ana")
    state = made.state
    members = [[member, b] for member, b in _boxes(made, state)]
    odd = made.attach(os.urandom(64 + 300))
    body = [state.epoch.id, members, os.urandom(32), odd, []]
    made.put(make_event(group.keys["Ana"], state, now(), "epoch", body))
    assert group.send("Ana", made).code == "bad_padding"


def _boxes(made: Made, state):
    return [(member, made.attach(os.urandom(80))) for member in sorted(state.members)]


def test_a_batch_that_stops_halfway_is_refused_whole(group):
    invited = group.invite()
    group.knock(invited, "Dee")
    made = group.admitting("Ana", invited)
    body = made.body()
    body["events"] = body["events"][:1]
    body["attachments"] = {}
    assert group.ask("Ana", "POST", "/events", body).code == "epoch_required"
    assert group.ask("Ana", "GET", "/events").told["head"] == len(group.state.ids) - 1


def test_one_host_alone_does_not_shorten_the_window_p63(group):
    made = group.made("Ana")
    wanted = [30, *POLICY[1:]]
    made.wires.append(make_event(group.keys["Ana"], made.state, now(), "policy", [group.commitments, wanted, None]))
    assert group.send("Ana", made).code == "second_required"
    second = second_policy(group.keys["Ben"], group.state, group.commitments, wanted, now() + DAY)
    made = group.made("Ana")
    made.event("policy", [group.commitments, wanted, second])
    assert group.send("Ana", made).status == 201


def test_two_who_go_at_once_may_share_an_empty_list(group):
    """The lists of what they said are both empty, so they are the same bytes under one name."""
    group.join("Dee", "Mo")
    group.leave("Dee")
    group.leave("Mo")
    assert group.turn("Ana").status == 201
    given = group.ask("Ben", "GET", f"/events?after={len(group.state.ids) - 2}").told["events"][0]["attachments"]
    named = {hash_ for _, hash_ in _closed(group)}
    assert len(_closed(group)) == 2
    assert len(named) == 1
    assert {b64u(name) for name in named} <= set(given)


def _closed(group: Group):
    newest = LogEvent.objects.everywhere("a test").get(event=group.state.head)
    return read_event(bytes(newest.wire)).body[4]


def test_a_seq_beyond_all_numbers_is_refused(group):
    raw = [1, 1, group.state.circle, 2**53 - 1, group.state.head, now(), "name", group.member("Ana"), [os.urandom(32)]]
    wire = _signed(group, raw)
    answer = group.ask("Ana", "POST", "/events", {"events": [b64u(wire)], "attachments": {}})
    assert (answer.status, answer.code) == (422, "wrong_seq")


def _signed(group: Group, raw: list) -> bytes:
    return enc([enc(raw), sign(group.keys["Ana"].sign, "event", enc(raw))])


def test_a_message_sealed_before_somebody_came_brings_back_what_was_missed_p20(group):
    wire, before = group.seal("Ben"), len(group.state.ids)
    group.join("Dee")
    answer = group.bring("Ben", wire)
    assert (answer.status, answer.code) == (409, "superseded")
    missed = answer.told["events"]
    assert [one["seq"] for one in missed] == list(range(before, len(group.state.ids)))
    assert [len(bytes_of(body)) for body in missed[-1]["attachments"].values()].count(80) == 1
    assert group.say("Ben").status == 201
