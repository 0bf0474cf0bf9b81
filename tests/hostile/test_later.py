"""What time alone makes right or wrong: a second's signature, and words that have faded."""

import time

import pytest

from sameboat.client import Member, Stopped
from sameboat.client.http import unb64
from sameboat.protocol.envelope import read_envelope
from sameboat.protocol.making import second_remove
from sameboat.protocol.seal import make_event
from tests import cast
from tests.hostile.conftest import PATIENCE
from tests.hostile.forging import EVENTS, MESSAGES, another_log, log_rows, messages_as, post_raw, row, signed
from tests.hostile.test_forms import DAY, verdicts


def completed(author, target, second):
    """A removal that `author` signs with this second, and the new key behind it."""
    state = author.talk.circle.state
    return signed(author.talk.circle.keys, state, "remove", [target, second])


def test_a_second_signature_is_for_one_removal_of_one_group_p51(site):
    ana, ben, dee = site.group("Ana", "Ben", "Dee")
    ana.talk.look()
    ben.talk.look()
    circle, now = ana.talk.circle, int(time.time())
    second = second_remove(ben.talk.circle.keys, circle.state, dee.id, ana.id, now + DAY)
    there = site.group("Ana", "Ben", "Dee")
    for one in there:
        one.talk.look()
    moved = [there[1].id, there[0].talk.circle.state.head, *second[2:]]
    wire = completed(there[0], there[2].id, moved)
    assert verdicts(site, there[0], there[1], wire) == ("bad_second", "bad_second")

    ben.propose_removal(dee.id, ana.id)
    assert ana.complete_removals() == 1
    site.let_in(ana, "Dee")
    ben.talk.look()
    again = completed(ana, dee.id, second)
    assert verdicts(site, ana, ben, again) == ("not_a_member", "not_a_member")
    new = next(who for who in ana.talk.circle.state.members if who not in (ana.id, ben.id))
    assert verdicts(site, ana, ben, completed(ana, new, second)) == ("bad_second", "bad_second")


def later_on(site, person, days):
    """Somebody on a device of theirs, so many days from now."""
    return Member.come_in(site.origin, person.sign_in, person.passphrase, clock=lambda: time.time() + days * DAY)


def test_who_was_let_in_to_be_the_second_is_none_p51(own_site):
    """A host lets a friend in and has them sign at once: not in a group that is older than two weeks."""
    own_site.group("Ana", "Ben")
    own_site.account("Mo")
    own_site.served.move_clock(days=15)
    ana, ben = (later_on(own_site, one, 15) for one in (cast.ANA, cast.BEN))
    own_site.accounts["Mo"] = later_on(own_site, cast.MO, 15).account
    mo = own_site.let_in(ana, "Mo")
    now = int(ana.account.clock())
    second = second_remove(mo.talk.circle.keys, mo.talk.circle.state, ben.id, ana.id, now + DAY)
    state = ana.talk.circle.state
    wire = make_event(ana.talk.circle.keys, state, now, "remove", [ben.id, second])
    assert post_raw(ana, wire)[1]["code"] == "second_too_new"
    rows = [*log_rows(ana), row(len(log_rows(ana)), wire)]
    with own_site.mallory.tampering(EVENTS, another_log(rows)), pytest.raises(Stopped) as stopped:
        ben.talk.circle.catch_up()
    assert stopped.value.code == "second_too_new"
    assert ben.id in ben.talk.circle.state.members
    own_site.served.move_clock()


def test_what_has_faded_opens_no_more_with_what_is_left_p35(own_site):
    """The window and two weeks later: no copy is left, and what somebody kept of one meets no key on today's device."""
    dee, eve = own_site.group("Dee", "Eve")
    said = dee.say("for ninety days")
    old = [one for one in dee.wire.get(f"{dee.talk.circle.path}/messages")["messages"] if "envelope" in one]
    dee.talk.circle.send(dee.talk.ring.rotate)
    kept = eve.affirm()
    dee.read()
    eve.leave()
    dee.say("under the key that closed what Eve said")
    dee.talk.circle.send(dee.talk.ring.rotate)
    sealed = read_envelope(unb64(old[0]["envelope"])).sealed
    own_site.served.command("backup")
    copies = list((own_site.served.data / "backups").iterdir())
    assert copies

    until_gone(own_site, copies, sealed)
    today = later_on(own_site, cast.DEE, 105)
    assert not today.read() and not today.missing() and not today.evidence
    # What Eve had said to be kept is still hers, by the list of who closed it: that opens nothing.
    assert kept.hash in today.talk.messages
    with own_site.mallory.tampering(MESSAGES, messages_as(lambda rows: [*old, *rows])):
        today = later_on(own_site, cast.DEE, 105)
    assert said.hash not in today.talk.messages
    assert today.talk.ring.key(said.header.epoch) is None


def until_gone(site, copies, sealed):
    """What the server does by itself each hour is done again with the next."""
    begun = time.monotonic()
    while any(copy.exists() for copy in copies) or any(sealed in content for content in site.served.stored().values()):
        waited = time.monotonic() - begun
        assert waited < PATIENCE, "what has faded is still there"
        site.served.move_clock(days=105, hours=waited // 2)
        time.sleep(0.1)
