"""Leaving, closing an account and changing one's mind, and what is left of either."""

import pytest

from sameboat.accounts import access
from sameboat.accounts.models import Account, Record, Session, Unlocker
from sameboat.circles.models import Circle, Envelope, Knock, LogEvent, Membership, Parting
from sameboat.circles.rounds import delete_closed, empty_circles_go
from sameboat.circles.stream import open_for
from sameboat.lib.refusals import SignInFirst
from sameboat.protocol.encoding import b64u
from sameboat.protocol.making import make_parting
from tests.fixtures.asking import Browser, Person, by_device, now
from tests.fixtures.groups import Group, bytes_of

DAY = 86_400
WEEK = 7 * DAY


def closing(group: Group, name: str, wait: int = WEEK) -> dict:
    raw, signature = make_parting(group.keys[name], group.state, now() + wait)
    partings = [{"circle": group.id, "bytes": b64u(raw), "sig": b64u(signature)}]
    return group.people[name].closing(partings)


def close(group: Group, name: str):
    return group.people[name].ask("POST", "/account/close", closing(group, name))


def test_who_leaves_is_out_and_the_others_turn_the_key(group):
    group.join("Mo")
    group.say("Mo")
    assert group.leave("Mo").status == 201
    assert group.ask("Mo", "GET", "/messages").status == 404
    assert group.turn("Ana").status == 201
    assert group.say("Ben").status == 201


def test_a_closed_account_is_out_everywhere_and_can_only_come_back(group):
    ben = group.people["Ben"]
    other = ben.another_browser()
    answer = close(group, "Ben")
    assert answer.told["closing_at"] == pytest.approx(now() + WEEK, abs=5)
    assert ben.ask("GET", "/session").status == other.ask("GET", "/session").status == 401
    told = ben.sign_in().told
    assert told["closing_at"] == answer.told["closing_at"]
    for path in ("/circles", f"{group.path}/messages", "/passkeys", "/knocks"):
        assert ben.ask("GET", path).code == "closing"
    assert group.say("Ben").code == "closing"
    assert ben.ask("GET", "/records/account").status == 200
    assert ben.ask("POST", "/account/reopen", {}).status == 204
    assert group.say("Ben").status == 201
    assert group.ask("Ana", "GET", "/partings").told["partings"] == []
    assert not Parting.objects.everywhere("a test").exists()


def test_after_seven_days_everything_of_the_account_goes_and_members_bring_its_farewell(group, later):
    group.say("Ben", "stays until it fades")
    ben = group.people["Ben"]
    close(group, "Ben")
    assert delete_closed(now() + WEEK - 60) == 0
    later(days=7.01)
    assert delete_closed(now()) == 1
    for model in (Unlocker, Record, Session, Knock, Membership):
        assert not model.objects.of(ben.id).exists(), model
    assert not Account.objects.filter(pk=ben.id).exists()
    assert not Circle.objects.filter(pk=ben.own.state.circle).exists()
    assert not LogEvent.objects.everywhere("a test").filter(circle=ben.own.state.circle).exists()
    assert ben.sign_in().code == "not_known"
    group.people["Ana"].sign_in()
    (told,) = group.ask("Ana", "GET", "/partings").told["partings"]
    made = group.made("Ana")
    made.event("leave", [[bytes_of(told["bytes"]), bytes_of(told["sig"])]])
    assert group.send("Ana", made).status == 201
    assert group.ask("Ana", "GET", "/partings").told["partings"] == []
    assert Envelope.objects.everywhere("a test").get().wire is not None


def test_a_week_that_is_over_is_over_at_once_before_anything_was_deleted(group, later):
    """By the clock, not by the round that deletes: whoever comes then meets what a stranger meets."""
    ben = group.people["Ben"]
    close(group, "Ben")
    later(seconds=WEEK - 300)
    assert ben.sign_in().status == ben.another_browser().ask("GET", "/session").status == 200
    later(seconds=WEEK + 5)
    assert Account.objects.filter(pk=ben.id).exists()
    assert ben.ask("GET", "/session").raw == Browser().ask("GET", "/session").raw
    assert ben.ask("POST", "/account/reopen", {}).status == 401
    with pytest.raises(SignInFirst):
        open_for(ben.browser.client.cookies[access.COOKIE].value, "", now=now())
    group.people["Ana"].sign_in()
    assert len(group.ask("Ana", "GET", "/partings").told["partings"]) == 1
    nobody = Person("Nobody")
    assert ben.sign_in().raw == nobody.sign_in().raw
    assert Browser().ask("POST", "/sessions", by_device(ben)).raw == nobody.sign_in().raw


def test_before_the_account_is_gone_nobody_is_given_its_farewell(group):
    close(group, "Ben")
    assert group.ask("Ana", "GET", "/partings").told["partings"] == []


def test_an_account_is_not_closed_by_its_cookie_alone_p57(group):
    """Each group needs a farewell that only the person's own key can sign."""
    ben = group.people["Ben"]
    raw, signature = make_parting(group.keys["Ana"], group.state, now() + WEEK)
    by_another = ben.closing([{"circle": group.id, "bytes": b64u(raw), "sig": b64u(signature)}])
    spoiled = closing(group, "Ben")
    spoiled["partings"][0]["sig"] = b64u(bytes(64))
    for body in (ben.closing([]), by_another, spoiled, closing(group, "Ben", WEEK + 3_600)):
        answer = ben.ask("POST", "/account/close", body)
        assert (answer.status, answer.code) == (422, "bad_parting")
    assert Account.objects.get(pk=ben.id).closing_at is None


def test_someone_who_comes_back_at_the_last_moment_is_kept(group):
    close(group, "Ben")
    ben = group.people["Ben"]
    ben.sign_in()
    ben.ask("POST", "/account/reopen", {})
    assert delete_closed(now() + WEEK) == 0
    assert Account.objects.filter(pk=ben.id).exists()


def test_a_group_goes_with_its_last_member(anybody_starts):
    group = Group("Ana")
    group.say("Ana")
    close(group, "Ana")
    assert delete_closed(now() + WEEK) == 1
    assert empty_circles_go(now()) == 1
    assert not Envelope.objects.everywhere("a test").exists()


def test_who_is_in_no_group_closes_without_a_farewell(anybody_starts):
    sam = Person("Sam").sign_up()
    wish = sam.closing([])
    for spoiled in (wish | {"sig": b64u(bytes(64))}, wish | {"time": wish["time"] + 1}, sam.closing([], now() - 3_600)):
        answer = sam.ask("POST", "/account/close", spoiled)
        assert (answer.status, answer.code) == (403, "not_signed")
    assert sam.ask("POST", "/account/close", wish).status == 200
    assert sam.ask("GET", "/session").status == 401


def test_leaving_takes_back_the_farewell_of_a_closing_account(group):
    """Removed or gone meanwhile: nothing of the account is kept for the group."""
    close(group, "Ben")
    made = group.made("Ana")
    raw, signature = make_parting(group.keys["Ben"], group.state, now())
    made.event("leave", [[raw, signature]])
    assert group.send("Ana", made).status == 201
    assert not Parting.objects.everywhere("a test").exists()
    assert not Membership.objects.everywhere("a test").filter(member=group.member("Ben")).exists()
