"""Who gets a key: removal, leaving, newcomers, and an author of an epoch who means ill."""

import os
import threading

import pytest

from sameboat.client import Refused, Stopped, governance
from sameboat.client.http import b64, unb64
from sameboat.protocol.envelope import read_envelope
from sameboat.protocol.epochs import key_commitment, make_epoch, open_box, seal_card
from sameboat.protocol.failures import Failure
from sameboat.protocol.locks import box
from sameboat.protocol.primitives import h
from sameboat.protocol.seal import commit, make_event, new_opening, open_message
from tests.hostile.forging import EVENTS, MESSAGES, another_log, log_rows, messages_as, post_raw, row
from tests.hostile.test_messages import header_like, seal


def texts(member):
    return [said.text for said in member.read()]


def remove(target, by, second):
    second.propose_removal(target.id, by.id)
    assert by.complete_removals() == 1


def opens(member, wire):
    """Whether any key this person ever had opens a message."""
    envelope = read_envelope(wire)
    for key in member.talk.circle.epoch_keys.values():
        for author in member.talk.circle.state.members.values():
            try:
                open_message(key, envelope, author.sign_pk)
            except Failure:
                continue
            return True
    return False


def sent_in(seen):
    return [asked.json for asked in seen if asked.method == "POST" and asked.path.endswith("/messages")]


def test_who_was_removed_opens_nothing_new_p20(site):
    ana, ben, dee = site.group("Ana", "Ben", "Dee")
    ben.say("while Ben was here")
    ana.read()
    remove(ben, ana, dee)
    with site.mallory.recording() as seen:
        ana.say("after Ben went")
    with pytest.raises(Refused) as refused:
        ben.read()
    assert refused.value.status == 404
    for event in ana.talk.circle.events:
        ben.talk.circle.events.append(event)
    ben.talk.circle.attachments.update(ana.talk.circle.attachments)
    ben.talk.ring.open_new()
    assert ana.talk.circle.state.epoch.id not in ben.talk.circle.epoch_keys
    assert not any(opens(ben, envelope) for envelope in _wires(seen))
    assert texts(dee) == ["while Ben was here", "after Ben went"]


def test_a_message_under_way_during_a_removal_is_sealed_anew_p20(site):
    ana, ben, dee = site.group("Ana", "Ben", "Dee")
    ben.read()
    waiting = dee.talk._sealed("say", ["room", None, None, 0, "under way"], False)
    ana.propose_removal(ben.id, dee.id)
    other = site.another_device(dee)
    assert other.complete_removals() == 1
    dee.talk.outbox.append(waiting)
    with site.mallory.recording() as seen:
        dee.send_waiting()
    first, second = _wires(seen)
    assert first == waiting.wire
    assert read_envelope(first).header.id != read_envelope(second).header.id
    assert opens(ben, first)
    assert not opens(ben, second)
    assert texts(ana) == ["under way"]


def test_after_a_leave_whoever_speaks_next_makes_the_key_p21(site):
    ana, ben, dee = site.group("Ana", "Ben", "Dee")
    ana.leave()
    said = dee.say("no host is here")
    epoch = dee.talk.circle.state.epoch
    assert (epoch.author, said.header.epoch) == (dee.id, epoch.id)
    assert texts(ben) == ["no host is here"]


def test_of_two_who_make_a_key_at_once_one_wins_p21(site):
    ana, ben, dee = site.group("Ana", "Ben", "Dee")
    ben.read()
    before = len(ben.talk.circle.state.epochs)
    ana.leave()
    both = [threading.Thread(target=one.say, args=(f"at once {n}",)) for n, one in enumerate((ben, dee))]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(texts(ben)) == sorted(texts(dee)) == ["at once 0", "at once 1"]
    assert len(ben.talk.circle.state.epochs) == before + 1
    assert not ben.missing()


def test_a_newcomer_opens_nothing_from_before_p22(site):
    ana, ben = site.group("Ana", "Ben")
    with site.mallory.recording() as seen:
        ana.say("before Dee came")
    dee = site.let_in(ana, "Dee")
    ana.say("now Dee is here")
    assert texts(dee) == ["now Dee is here"]
    assert not any(opens(dee, wire) for wire in _wires(seen))
    assert not dee.missing()
    boxes = [sealed for sealed in ana.talk.circle.attachments.values() if len(sealed) == 80]
    for event in ana.talk.circle.events[:4]:
        for sealed in boxes if event.type == "epoch" else []:
            with pytest.raises(Failure):
                open_box(dee.talk.circle.keys, event, sealed)
    assert texts(ben) == ["before Dee came", "now Dee is here"]


def bad_epoch(member, state, *, spoil=None, recipients=None):
    """An epoch signed by a member who means ill: one box spoiled, or other recipients."""
    key, attachments, boxes = os.urandom(32), {}, []
    for one in recipients if recipients is not None else sorted(state.members):
        known = state.members.get(one)
        public = known.box_pk if known else member.talk.circle.keys.box_pk
        sealed = box(public, os.urandom(32) if one == spoil else key, "box", state.circle, state.head, one)
        attachments[h("attachment", sealed)] = sealed
        boxes.append([one, h("attachment", sealed)])
    card = seal_card(key, state.circle, state.head, member.talk.ring.card(state))
    attachments[h("attachment", card)] = card
    body = [state.epoch.id, boxes, key_commitment(state.circle, key), h("attachment", card), []]
    return make_event(member.talk.circle.keys, state, state.time, "epoch", body), attachments


def test_a_bad_box_hurts_nobody_else_and_is_mended_p23(site):
    ana, ben, dee = site.group("Ana", "Ben", "Dee")
    ana.talk.look()
    wire, attachments = bad_epoch(ana, ana.talk.circle.state, spoil=ben.id)
    assert post_raw(ana, wire, attachments=attachments)[0] == 201
    dee.say("Ben cannot read this one")
    assert texts(ben) == []
    assert list(ben.talk.ring.unusable.values()) == [ana.id]
    with pytest.raises(Failure) as failure:
        ben.say("nor say anything")
    assert failure.value.code == "bad_box"
    governance.mend(ben.talk)
    ben.say("with a key of my own making")
    assert texts(dee) == ["Ben cannot read this one", "with a key of my own making"]
    assert ben.evidence == []


@pytest.mark.parametrize("who", ["one too few", "one too many"])
def test_an_epoch_goes_to_exactly_the_members_p24(site, who):
    ana, ben, dee = site.group("Ana", "Ben", "Dee")
    ana.talk.look()
    state, everybody = ana.talk.circle.state, [ana.id, ben.id, dee.id]
    recipients = sorted(everybody[:2] if who == "one too few" else [*everybody, os.urandom(16)])
    wire, attachments = bad_epoch(ana, state, recipients=recipients)
    status, told = post_raw(ana, wire, attachments=attachments)
    assert (status, told["code"]) == (422, "wrong_recipients")
    rows = [*log_rows(ana), row(len(ana.talk.circle.wires), wire, attachments)]
    with site.mallory.tampering(EVENTS, another_log(rows)), pytest.raises(Stopped) as stopped:
        ben.talk.circle.catch_up()
    assert stopped.value.code == "wrong_recipients"


def test_who_was_removed_cannot_post_into_the_past_p56(site):
    ana, ben, dee = site.group("Ana", "Ben", "Dee")
    real = ben.say("said in time")
    ana.read()
    remove(ben, ana, dee)
    late = header_like(real.header, counter=1, prev=real.hash, id=os.urandom(16))
    wire, _ = seal(ben, late, "said too late")
    added = {"position": 900, "at": 1, "envelope": b64(wire)}
    with site.mallory.tampering(MESSAGES, messages_as(lambda rows: [*rows, added])):
        assert texts(ana) == ["said in time"]
        fresh = site.another_device(dee)
    assert texts(fresh) == ["said in time"]
    assert ana.talk.refused[wire] == fresh.talk.refused[wire] == "after_removal"


def test_what_came_after_a_removal_is_not_missing_where_somebody_names_it_p26_p56(site):
    ana, ben, dee = site.group("Ana", "Ben", "Dee")
    real = ben.say("said in time")
    ana.read()
    remove(ben, ana, dee)
    wire, _ = seal(ben, header_like(real.header, counter=1, prev=real.hash, id=os.urandom(16)), "said too late")
    late = read_envelope(wire).header.hash
    dee.say("Whoever still had it answers it.", reply=late)
    assert site.another_device(ana).missing() == {late}
    told = {"position": 900, "at": 1, "envelope": b64(wire)}
    with site.mallory.tampering(MESSAGES, messages_as(lambda rows: [told, *rows])):
        assert site.another_device(ana).missing() == set()


def test_names_and_words_that_the_log_did_not_commit_to_are_unverified_p59(site):
    ana, ben = site.group("Ana", "Ben")
    ana.talk.look()
    ring, state = ana.talk.ring, ana.talk.circle.state
    group, _, safeguarding, lines = ring.card(state)
    lines = [[who, new_opening("Somebody else") if who == ben.id else name, said] for who, name, said in lines]
    card = [group, new_opening("Nothing stays here"), safeguarding, lines]
    made = make_epoch(ana.talk.circle.keys, state, state.time, card)
    assert post_raw(ana, made.wire, attachments=made.attachments)[0] == 201
    fresh = site.another_device(ben)
    # Only the newest card is left: what earlier ones said is taken out of this device's memory.
    fresh.talk.ring.openings = {
        commit(what, opening): opening
        for what, opening in [("group", group), ("agreement", card[1]), *(("name", one[1]) for one in lines)]
    }
    words = fresh.words()
    assert words.group == "Thursday kettle"
    assert words.agreement is None
    assert words.names == {ana.id: "Ana"}
    assert {"agreement", ben.id} <= set(words.unverified)


def _wires(seen):
    return [unb64(body["envelope"]) for body in sent_in(seen)]
