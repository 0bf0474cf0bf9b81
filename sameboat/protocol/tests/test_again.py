"""Who lost everything, who asked to go, and who tries again with what they once had."""

import pytest

from sameboat.protocol import doorway, epochs, making
from sameboat.protocol.failures import Failure
from sameboat.protocol.log import append, read_event, replay
from sameboat.protocol.tests.cases_log import new_keys
from sameboat.protocol.tests.test_log import refusal
from sameboat.protocol.tests.world import World, four
from sameboat.protocol.verify import check_parting
from sameboat.protocol.words import room_words


def let_in_again(world: World) -> bytes:
    """Dee has a new phone: Ana opens the door, Ben has seen her. The id of the event that lets her in."""
    link = world.link()
    invite = world.do("ana", "invite", world.invite_body(link))
    request = world.request("dee again", link, invite)
    seen = making.second_replaces(
        world.person("ben"), world.state, world.id("dee"), request[0], world.id("ana"), world.now
    )
    wire = world.event("ana", "admit", [*request, bytes(32), [world.id("dee"), seen]])
    world.take_with_epoch("ana", wire)
    return world.state.members[world.id("dee again")].admitted


def test_who_lost_everything_comes_back_as_somebody_new_and_nobody_else_changes_p10() -> None:
    world = four()
    before, words = world.state, room_words(world.state)
    let_in_again(world)
    after = world.state
    assert set(before.members) - set(after.members) == {world.id("dee")}
    assert set(after.members) - set(before.members) == {world.id("dee again")}
    for name in ("ana", "ben", "cleo"):
        assert after.members[world.id(name)] == before.members[world.id(name)]
    assert room_words(after) != words
    old = world.event("dee", "name", [bytes(32)])
    assert refusal(*world.wires, old) == "not_a_member"


def test_coming_back_opens_no_history_by_itself_p10() -> None:
    world = four()
    let_in_again(world)
    fresh = world.person("dee again")
    made = [event for event in map(read_event, world.wires) if event.type == "epoch"]
    for event in made[:-1]:
        assert fresh.member not in dict(event.body[1])
        for name in dict(event.body[1]).values():
            with pytest.raises(Failure, match="wrong_attachment"):
                epochs.open_box(fresh, event, world.attachments[name])
    name = dict(made[-1].body[1])[fresh.member]
    assert epochs.open_box(fresh, made[-1], world.attachments[name]) == world.keys[made[-1].id]


def test_nobody_is_let_in_again_by_one_alone_p10() -> None:
    world = four()
    link = world.link()
    invite = world.do("ana", "invite", world.invite_body(link))
    wire = world.event("ana", "admit", world.admit_body("dee again", link, invite, [world.id("dee"), None]))
    assert refusal(*world.wires, wire) == "second_required"


def test_new_keys_need_the_old_and_the_new_signature_p14() -> None:
    world = four()
    new = new_keys(world, "ben")
    good = making.rekey_body(world.person("ben"), new, world.state)
    theirs = making.rekey_body(world.person("ben"), world.person("cleo"), world.state)
    stolen = world.event("ben", "rekey", [*good[:2], theirs[2]])
    assert refusal(*world.wires, stolen) == "bad_new_signature"
    forged = world.odd_event("ben", "rekey", good, signer=new)
    assert refusal(*world.wires, forged) == "bad_signature"
    taken = world.event("ben", "rekey", [world.person("cleo").sign_pk, *good[1:]])
    assert refusal(*world.wires, taken) == "key_reused"


def test_a_newcomer_admitted_with_other_keys_does_not_go_in_p13() -> None:
    world = four()
    link, reception = world.link(), world.person("reception")
    openings = [world.group, world.agreement, world.safeguarding]
    body = [world.state.circle, world.state.head, *openings, "Ana", "Eli", "", reception.box_pk, world.now + 60]
    preview = doorway.seal_preview(link, body, world.chance)
    made = world.invite_body(link)
    made[4] = epochs.h("attachment", preview)
    invite = world.do("ana", "invite", made)
    admit = world.event("ana", "admit", world.admit_body("eli", link, invite))
    world.take_with_epoch("ana", admit)
    event = read_event(admit)
    doorway.check_admission(link, world.person("eli"), preview, world.state, invite, event)
    for other in (new_keys(world, "eli"), world.person("fay")):
        with pytest.raises(Failure, match="key_swapped"):
            doorway.check_admission(link, other, preview, world.state, invite, event)


def test_a_parting_is_worth_nothing_once_its_author_acts_again_p51() -> None:
    world = four()
    parting = making.make_parting(world.person("dee"), world.state, world.now)
    assert check_parting(world.state, world.id("dee"), *parting) == world.now
    append(world.state, [world.event("ben", "leave", [parting])])
    world.do("dee", "name", [bytes(32)])
    assert refusal(*world.wires, world.event("ben", "leave", [parting])) == "stale_parting"
    with pytest.raises(Failure, match="bad_parting"):
        check_parting(world.state, world.id("dee"), *parting)


def test_a_batch_that_fails_uses_up_no_invitation_p53() -> None:
    world = four()
    link = world.link()
    invite = world.do("ana", "invite", world.invite_body(link))
    admit = world.event("ana", "admit", world.admit_body("eli", link, invite))
    with pytest.raises(Failure, match="epoch_required"):
        append(world.state, [admit])
    assert not world.state.invites[invite].used
    world.take_with_epoch("ana", admit)
    assert replay(world.wires).invites[invite].used
