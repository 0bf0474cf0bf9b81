"""What we can do without reading: each act takes two named people, says why, and shows nothing sealed."""

import json

import pytest

from sameboat.accounts.models import Account
from sameboat.circles.models import Circle, Envelope
from sameboat.oversight.acts import forget_acts
from sameboat.oversight.handing import SEALED
from sameboat.oversight.models import DAY, Act
from sameboat.oversight.tests.desk import PAGE, both, confirm, device, propose
from sameboat.protocol.encoding import b64u
from sameboat.protocol.envelope import read_envelope
from tests.contracts.test_inventory import rows
from tests.fixtures.asking import now


def member_of(group, name: str) -> dict[str, str]:
    return {"circle": group.id, "member": b64u(group.member(name))}


def said(group, name: str, text: str = "Hello") -> dict[str, str]:
    """The codes of a message somebody has just sent."""
    wire = group.seal(name, text)
    assert group.bring(name, wire).status == 201
    return {"circle": group.id, "message": b64u(read_envelope(wire).header.hash)}


def test_two_people_delete_a_reported_message_and_the_place_stays(group):
    codes = said(group, "Ben")
    act = both("message", **codes)
    assert [(row["hash"], row["gone"]) for row in group.read("Ana")] == [(codes["message"], "taken")]
    assert (act.proposed_by, act.done_by, act.reason) == ("Olive", "Oscar", "They asked us to.")
    assert group.say("Ben").status == 201


def test_one_person_alone_can_do_none_of_it(group):
    olive = device("Olive")
    codes = said(group, "Ben")
    for kind, told in {
        "message": codes, "account": member_of(group, "Ben"), "group": {"circle": group.id},
        "file-account": member_of(group, "Ben"), "file-group": {"circle": group.id}, "rehearsal": {},
    }.items():  # fmt: skip
        assert propose(olive, kind, **told).status_code == 303
        assert confirm(olive).status_code == 409, kind
        assert olive.get(f"{PAGE}/{Act.objects.latest('pk').pk}/file").status_code == 404
    assert len(group.read("Ana")) == 1 and not Act.objects.done().exists()


def test_the_database_itself_takes_no_act_of_one(group):
    propose(device("Olive"), "rehearsal")
    with pytest.raises(Exception, match="act_takes_two"):
        Act.objects.update(done_by="Olive", done_at=now())


def test_an_account_is_ended_at_once_and_the_group_goes_on(group):
    account = group.people["Ben"].id
    act = both("account", **member_of(group, "Ben"))
    assert not Account.objects.filter(pk=account).exists() and bytes(act.account) == account
    assert group.people["Ben"].ask("GET", "/session").status == 401
    assert group.people["Ben"].sign_in().status == 403
    assert group.say("Ana").status == 201


def test_a_group_is_ended_at_once_and_its_members_keep_their_accounts(group):
    group.say("Ana")
    both("group", circle=group.id)
    assert group.ask("Ana", "GET", "/messages").status == 404
    assert not Envelope.objects.everywhere("a test").exists()
    assert group.people["Ana"].ask("GET", "/circles").status == 200
    assert Account.objects.count() == 2


def test_ones_own_pages_are_no_group(group):
    own = Circle.objects.filter(kind=0).first()
    assert propose(device("Olive"), "group", circle=b64u(bytes(own.pk))).status_code == 404


def test_what_is_handed_over_is_what_the_inventory_lists_and_nothing_sealed_p43(group):
    group.say("Ben", "nobody reads this")
    act = both("file-group", circle=group.id)
    told = device("Olive").get(f"{PAGE}/{act.pk}/file").content.decode()
    tables = json.loads(told)["tables"]
    assert {f"{table}.{column}" for table, found in tables.items() for column in found[0]} <= {row[0] for row in rows()}
    wires = [bytes(one.wire) for one in Envelope.objects.everywhere("a test").all()]
    assert tables["circles.Envelope"][0]["wire"] == f"sealed, {len(wires[0])} bytes"
    assert not any(b64u(wire) in told for wire in wires)
    assert len(tables["circles.Membership"]) == 2
    about = both("file-account", **member_of(group, "Ben"))
    one = json.loads(device("Oscar").get(f"{PAGE}/{about.pk}/file").content)["tables"]
    assert len(one["circles.Membership"]) == 2 and one["accounts.Unlocker"][0]["wrap"].startswith("sealed")


def test_what_is_named_with_its_size_is_what_the_inventory_calls_sealed():
    listed = {row[0] for row in rows() if row[2] == "sealed"}
    assert listed == SEALED


def test_a_file_is_there_for_a_week(group, later):
    act = both("file-group", circle=group.id)
    later(days=8)
    assert device("Olive").get(f"{PAGE}/{act.pk}/file").status_code == 404


def test_a_code_that_leads_nowhere_is_refused_and_what_was_typed_stays(group):
    for code in ("", "no code", "a" * 43, "!" * 22):
        answer = propose(device("Olive"), "group", reason="kept words", circle=code)
        assert answer.status_code == 404 and b"kept words" in answer.content
    assert not Act.objects.exists()


def test_without_a_reason_nothing_is_proposed(group):
    assert propose(device("Olive"), "group", reason="  ", circle=group.id).status_code == 400
    assert not Act.objects.exists()


def test_what_was_put_aside_or_has_run_out_is_not_confirmed(group, later):
    olive, oscar = device("Olive"), device("Oscar")
    propose(olive, "group", circle=group.id)
    assert oscar.post(f"{PAGE}/{Act.objects.get().pk}/put-aside").status_code == 303
    assert confirm(oscar).status_code == 409
    propose(olive, "group", circle=group.id)
    later(days=15)
    assert confirm(oscar).status_code == 409
    assert group.ask("Ana", "GET", "/messages").status in (200, 401)


def test_what_happened_between_proposing_and_confirming_is_noticed(group):
    codes = said(group, "Ben")
    propose(device("Olive"), "message", **codes)
    assert group.ask("Ben", "DELETE", f"/messages/{codes['message']}").status == 204
    assert confirm(device("Oscar")).status_code == 404
    assert not Act.objects.done().exists()


def test_the_log_is_kept_for_two_years(group):
    both("rehearsal")
    assert forget_acts(now=now() + 729 * DAY) == 0
    assert forget_acts(now=now() + 731 * DAY) == 1


def test_a_member_a_keeper_and_a_stranger_find_nothing_there(group, client):
    nothing = client.get("/no-such-page").content
    for person in (client, device("Kay", "keeper"), device("Sue", "supporter"), group.people["Ana"].browser.client):
        assert person.get(PAGE).content == nothing
        assert propose(person, "group", circle=group.id).status_code == 404
    assert not Act.objects.exists()
