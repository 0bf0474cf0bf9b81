"""The door: one link, one person; who may see a knock, and when."""

import os

import pytest

from sameboat.circles.models import Attachment, Invitation, Knock
from sameboat.circles.rounds import forget
from sameboat.protocol.encoding import b64u
from sameboat.protocol.making import second_remove
from sameboat.protocol.seal import link_from, sign_knock_by_link
from tests.fixtures.asking import Browser, Person, now
from tests.fixtures.groups import Group, bytes_of

DAY = 86_400


def waiting_for(group: Group, name: str) -> list[bytes]:
    return [bytes_of(one["invite"]) for one in group.ask(name, "GET", "/knocks").told["knocks"]]


def test_whoever_holds_the_link_sees_what_it_says(group):
    invited = group.invite()
    told = Browser().ask("GET", f"/invitations/{invited.lookup}").told
    assert (told["state"], bytes_of(told["invite"]), told["circle"]) == ("open", invited.event, group.id)
    assert len(bytes_of(told["preview"])) == 64 + 512
    assert set(told) == {"state", "preview", "invite", "event", "circle", "expires"}


@pytest.mark.parametrize("lookup", ["", "x", "a" * 22, "A" * 21 + "B", "é" * 22])
def test_a_link_that_was_never_made_looks_like_nothing(anybody_starts, lookup):
    nothing = Browser().ask("GET", "/there/is/nothing")
    answer = Browser().ask("GET", f"/invitations/{lookup}")
    assert (answer.status, answer.raw) == (404, nothing.raw)


def test_a_used_link_opens_nothing_again_p48(group):
    invited = group.invite()
    group.knock(invited, "Dee")
    group.send("Ana", group.admitting("Ana", invited))
    assert Browser().ask("GET", f"/invitations/{invited.lookup}").told == {"state": "used"}
    other = Person("Eve").sign_up()
    answer = other.ask("POST", "/knocks", group.knock_body(invited, "Eve", other))
    assert (answer.status, answer.code) == (422, "invite_used")
    body = Person("Eve").sign_up_body(invited.right(os.urandom(16)))
    assert Browser().ask("POST", "/accounts", body).code == "invite_used"


def test_a_link_runs_out_p48(group, later):
    invited = group.invite(days=1)
    later(days=1.1)
    assert Browser().ask("GET", f"/invitations/{invited.lookup}").told == {"state": "expired"}
    eve = Person("Eve").sign_up()
    assert eve.ask("POST", "/knocks", group.knock_body(invited, "Eve", eve)).code == "invite_expired"
    forget(now())
    kept = Attachment.objects.everywhere("a test").filter(kind="preview")
    assert not kept.exists()


def test_a_host_takes_back_an_invitation_and_who_waits_is_told_no_p48(group):
    invited = group.invite()
    group.knock(invited, "Dee")
    path = f"/invitations/{b64u(invited.event)}"
    assert group.ask("Ben", "DELETE", path, {}).status == 404
    assert group.ask("Ana", "DELETE", path, {}).status == 204
    assert group.people["Dee"].ask("GET", "/knocks").told["knocks"][0]["state"] == "declined"
    assert group.send("Ana", group.admitting("Ana", invited)).code == "no_knock"
    eve = Person("Eve").sign_up()
    assert eve.ask("POST", "/knocks", group.knock_body(invited, "Eve", eve)).code == "invite_void"
    told = group.ask("Ben", "GET", "/invitations").told["invitations"]
    assert told[-1]["state"] == "void"


def test_a_host_makes_any_invitation_void_and_others_only_their_own(group):
    made = group.made("Ana")
    made.event("role", [group.member("Ben"), now() + 30 * DAY, None])
    assert group.send("Ana", made).status == 201
    for by, other in [("Ben", "Ana"), ("Ana", "Ben")]:
        invited = group.invite(by)
        group.join("Dee" if by == "Ben" else "Mo")
        path = f"/invitations/{b64u(invited.event)}"
        assert group.ask("Dee", "DELETE", path, {}).status == 404
        assert group.ask(other, "DELETE", path, {}).status == 204
        assert Browser().ask("GET", f"/invitations/{invited.lookup}").told == {"state": "void"}


def test_a_knock_that_came_while_its_invitation_was_taken_back_lets_nobody_in(group):
    invited = group.invite()
    group.knock(invited, "Dee")
    Invitation.objects.everywhere("a test").filter(lookup=invited.link.lookup).update(state="void")
    assert waiting_for(group, "Ana") == []
    assert group.send("Ana", group.admitting("Ana", invited)).code == "no_knock"


def test_invitations_of_someone_who_left_open_nothing(group):
    made = group.made("Ana")
    made.event("role", [group.member("Ben"), now() + 30 * DAY, None])
    assert group.send("Ana", made).status == 201
    invited = group.invite("Ben")
    group.knock(invited, "Dee")
    group.leave("Ben")
    assert Browser().ask("GET", f"/invitations/{invited.lookup}").told == {"state": "void"}
    assert waiting_for(group, "Ana") == []
    assert group.people["Dee"].ask("GET", "/knocks").told["knocks"][0]["state"] == "over"
    forget(now())
    assert bytes(Knock.objects.everywhere("a test").get(state="waiting").sealed) == b""


def test_a_knock_without_the_link_is_refused_p48(group):
    """Another member, or somebody who only saw the answers, holds no link."""
    invited = group.invite()
    eve = group.guest(invited, "Eve")
    body = group.knock_body(invited, "Eve", eve)
    sealed = bytes_of(body["sealed"])
    other = link_from(os.urandom(16))
    by_another_link = sign_knock_by_link(other, eve.id, invited.keys.member, sealed)
    for spoiled in (by_another_link, sign_knock_by_link(invited.link, os.urandom(16), invited.keys.member, sealed)):
        answer = eve.ask("POST", "/knocks", {**body, "link_sig": b64u(spoiled)})
        assert (answer.status, answer.code) == (422, "bad_link_signature")


def test_a_knock_whose_size_tells_its_length_is_refused_p30(group):
    invited = group.invite()
    eve = group.guest(invited, "Eve")
    sealed = os.urandom(48 + 300)
    signature = sign_knock_by_link(invited.link, eve.id, invited.keys.member, sealed)
    body = {"lookup": invited.lookup, "member": b64u(invited.keys.member), "sealed": b64u(sealed)}
    assert eve.ask("POST", "/knocks", {**body, "link_sig": b64u(signature)}).code == "bad_padding"


def test_one_link_lets_one_person_wait(group):
    invited = group.invite()
    assert group.knock(invited, "Dee").status == 201
    assert group.knock(invited, "Eve").code == "already_knocked"
    dee = group.people["Dee"]
    assert group.knock(invited, "Dee", dee).status == 201
    assert len(waiting_for(group, "Ana")) == 1


def test_a_host_sees_a_knock_at_once_and_others_after_a_day(group, later):
    invited = group.invite(days=10)
    group.knock(invited, "Dee")
    assert waiting_for(group, "Ana") == [invited.event]
    assert waiting_for(group, "Ben") == []
    path = f"/knocks/{b64u(invited.event)}/decline"
    assert group.ask("Ben", "POST", path, {}).status == 404
    later(days=1.01)
    group.people["Ben"].sign_in()
    assert waiting_for(group, "Ben") == [invited.event]


def test_where_any_member_may_open_all_see_it_at_once(group):
    invited = group.invite(any_member=True)
    group.knock(invited, "Dee")
    assert waiting_for(group, "Ben") == [invited.event]
    assert group.send("Ben", group.admitting("Ben", invited)).status == 201


def test_who_is_let_in_reads_and_writes_and_who_knocked_twice_is_in_once(group):
    first, second = group.invite(), group.invite()
    group.knock(first, "Dee")
    dee, keys = group.people["Dee"], group.keys["Dee"]
    group.knock(second, "Dee", dee)
    group.keys["Dee"] = keys
    assert group.send("Ana", group.admitting("Ana", first)).status == 201
    assert [one["state"] for one in dee.ask("GET", "/knocks").told["knocks"]] == ["admitted"]
    assert group.send("Ana", group.admitting("Ana", second)).code == "no_knock"
    assert group.say("Dee").status == 201
    kinds = sorted(one["kind"] for one in dee.ask("GET", "/circles").told["circles"])
    assert kinds == [0, 2]


def test_a_lost_answer_to_letting_someone_in_is_given_again_p44(group):
    invited = group.invite()
    group.knock(invited, "Dee")
    made = group.admitting("Ana", invited)
    first = group.send("Ana", made)
    again = group.ask("Ana", "POST", "/events", made.body())
    assert (again.status, again.told) == (201, first.told)


def test_nobody_is_let_in_who_did_not_knock(group):
    invited = group.invite()
    eve = group.guest(invited, "Eve")
    group.knock_body(invited, "Eve", eve)
    answer = group.send("Ana", group.admitting("Ana", invited))
    assert (answer.status, answer.code) == (422, "no_knock")


def test_who_thought_better_of_it_leaves_nothing_behind(group):
    invited = group.invite()
    group.knock(invited, "Dee")
    dee = group.people["Dee"]
    for _ in range(2):
        answer = dee.ask("DELETE", f"/knocks/{invited.lookup}", {})
    assert answer.status == 404
    assert waiting_for(group, "Ana") == []
    assert not Knock.objects.of(dee.id).exists()


def test_a_no_is_told_and_what_was_sealed_goes(group):
    invited = group.invite()
    group.knock(invited, "Dee")
    assert group.ask("Ana", "POST", f"/knocks/{b64u(invited.event)}/decline", {}).status == 204
    dee = group.people["Dee"]
    assert dee.ask("GET", "/knocks").told["knocks"][0]["state"] == "declined"
    assert bytes(Knock.objects.of(dee.id).get().sealed) == b""
    assert Invitation.objects.everywhere("a test").get(lookup=invited.link.lookup).state == "open"


def test_who_is_let_in_and_replaced_in_one_batch_keeps_no_place(anybody_starts):
    """The founder, alone with a newcomer, may replace them at once; the server must not go on delivering."""
    group = Group("Ana")
    first, second = group.invite(), group.invite()
    group.knock(first, "Dee")
    group.knock(second, "Eve")
    made = group.admitting("Ana", first)
    made.event("admit", [*second.request, os.urandom(32), [group.member("Dee"), None]])
    made.epoch(group.card(made.state), {group.member("Dee"): []})
    assert group.send("Ana", made).status == 201
    assert group.say("Eve").status == 201
    assert group.ask("Dee", "GET", "/messages").status == 404
    assert group.people["Dee"].ask("GET", "/knocks").told["knocks"] == []


def test_who_is_removed_by_two_is_out_at_once_p20(group):
    group.join("Mo")
    second = second_remove(group.keys["Ben"], group.state, group.member("Mo"), group.member("Ana"), now() + DAY)
    made = group.made("Ana")
    made.event("remove", [group.member("Mo"), second])
    made.epoch(group.card(made.state), {group.member("Mo"): []})
    assert group.send("Ana", made).status == 201
    assert group.ask("Mo", "GET", "/events").status == 404
    assert [one["kind"] for one in group.people["Mo"].ask("GET", "/circles").told["circles"]] == [0]
