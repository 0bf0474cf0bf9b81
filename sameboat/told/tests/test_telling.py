"""Somebody is told that something waits: once, discreetly, when they want it, and by what they chose."""

import pytest

from sameboat.accounts.actions import begin_closing
from sameboat.circles.tests.test_talks import Talking
from sameboat.told.models import Device, Errand, Mailbox, Wish
from sameboat.told.telling import GRACE, HOUR
from sameboat.told.tests.rounds import MAILBOX, USUAL, WORDS, fails_in, later, says, with_mailbox
from tests.cast import SENTINEL
from tests.fixtures.asking import now


def test_ten_messages_make_one_push_and_one_letter(group, bens, push_service, post_office):
    with_mailbox(group, post_office)
    for _each in range(10):
        says(group, "Ana", SENTINEL)
    assert later() == 2
    assert later(GRACE + 5) == 0
    assert push_service.told(bens) == [WORDS]
    assert [letter["Subject"] for letter in post_office.to(MAILBOX)][1:] == [WORDS.decode()]


def test_more_within_the_hour_is_told_once_when_it_is_over(group, bens, push_service):
    says(group)
    later()
    says(group)
    assert later(2 * GRACE) == later(HOUR) == 0
    assert later(HOUR + 2 * GRACE) == 1
    assert push_service.told(bens) == [WORDS] * 2


def test_nobody_is_told_of_their_own_words(group, bens, push_service):
    says(group, "Ben")
    assert later() == later(HOUR) == 0
    assert not push_service.pushes


def test_whoever_has_the_room_before_them_is_not_told(group, bens, push_service):
    ben = group.people["Ben"]
    assert ben.ask("POST", "/told/here", {"here": True}).told["wanted"] is True
    of_ana = group.people["Ana"].ask("POST", "/told/here", {"here": True}).told
    assert (of_ana["wanted"], of_ana["words"]) == (False, WORDS.decode())
    says(group)
    assert later() == 0
    ben.ask("POST", "/told/here", {"here": False})
    assert later(HOUR) == 0, "they have read it"
    says(group)
    assert later() == 1


def test_coming_back_makes_the_next_message_tell_at_once(group, bens, push_service):
    says(group)
    later()
    ben = group.people["Ben"]
    for here in (True, False):
        ben.ask("POST", "/told/here", {"here": here})
    says(group)
    assert later() == 1


def test_a_place_that_is_not_wanted_is_not_told(group, bens):
    group.people["Ben"].ask("PUT", "/told", {**USUAL, "group": False})
    says(group)
    assert later() == later(HOUR) == 0


@pytest.mark.parametrize(("wanted", "told"), [({"group": False}, 1), ({"talks": False}, 0)])
def test_words_for_one_person_are_told_to_whoever_wants_that(group, bens, push_service, wanted, told):
    group.people["Ben"].ask("PUT", "/told", {**USUAL, **wanted})
    talking = Talking(group)
    assert talking.open().status == 201
    says(talking)
    assert later() == told
    assert push_service.told(bens) == [WORDS] * told


def test_a_break_and_quiet_hours_are_kept_here_and_nothing_is_lost(group, bens, push_service):
    until = now() + 3 * HOUR
    assert group.people["Ben"].ask("PUT", "/told", {**USUAL, "break_until": until}).status == 200
    says(group)
    assert later() == later(2 * HOUR) == 0
    assert later(3 * HOUR + GRACE) == 1
    assert push_service.told(bens) == [WORDS]


def test_a_shorter_break_counts_at_once(group, bens):
    ben = group.people["Ben"]
    ben.ask("PUT", "/told", {**USUAL, "break_until": now() + 3 * HOUR})
    says(group)
    later()
    ben.ask("PUT", "/told", USUAL)
    assert later() == 1


def test_trying_it_out_tells_now_whatever_the_hour(group, bens, push_service):
    ben = group.people["Ben"]
    ben.ask("PUT", "/told", {**USUAL, "break_until": now() + HOUR})
    assert ben.ask("POST", "/told/try").told == {"ways": 1}
    assert later(0) == 1
    assert push_service.told(bens) == [WORDS]


def test_what_was_under_way_at_a_kill_goes_out_once(group, bens, push_service, monkeypatch):
    says(group)
    with monkeypatch.context() as killed, pytest.raises(KeyboardInterrupt):
        killed.setattr("sameboat.told.lanes.Lanes.carry", dies)
        later()
    assert Errand.objects.count() == 1
    assert later(2 * GRACE) == 0, "it may still be on its way"
    assert later(HOUR) == 1
    assert later(2 * HOUR) == 0
    assert push_service.told(bens) == [WORDS]


def dies(*_given):
    raise KeyboardInterrupt


def test_whoever_left_is_told_nothing_and_a_stranger_neither(group, bens, push_service):
    assert group.leave("Ben").status == 201
    group.turn("Ana")
    says(group)
    assert later() == 0
    assert not push_service.pushes


def test_a_deleted_account_takes_all_of_it_along(group, bens, post_office):
    with_mailbox(group, post_office)
    says(group)
    Wish.objects.everywhere("test").get().account.delete()
    for model in (Wish, Device, Mailbox):
        assert not model.objects.everywhere("test").exists()
    assert not Errand.objects.exists()


def test_a_closed_account_is_told_nothing(group, bens, push_service):
    says(group)
    begin_closing(Wish.objects.everywhere("test").get().account, now=now())
    assert later() == later(HOUR) == 0


@pytest.mark.parametrize("change", [{"zone": "Moon"}, {"zone": "Factory"}, {"quiet_from": 5}, {"quiet_to": 5}])
def test_hours_that_cannot_be_read_are_refused(group, change):
    assert group.people["Ben"].ask("PUT", "/told", {**USUAL, **change}).code == "no_such_hours"


def test_a_break_without_end_is_refused_and_one_in_a_row_stops_nobody(group, bens, push_service):
    group.join("Eve")
    quiet = {**USUAL, "quiet_from": 1_320, "quiet_to": 480}
    eve = group.people["Eve"]
    assert eve.ask("PUT", "/told", {**quiet, "break_until": 2**53 - 1}).code == "no_such_hours"
    assert eve.ask("PUT", "/told", quiet).status == 200
    of_eve = Wish.objects.of(eve.id)
    assert of_eve.update(break_until=2**53 - 1) == 1
    says(group)
    assert later() == 1
    assert push_service.told(bens) == [WORDS]


def test_one_wish_that_cannot_be_weighed_stops_nobody(group, bens, push_service, monkeypatch):
    group.join("Eve")
    eve = group.people["Eve"]
    assert eve.ask("PUT", "/told", {**USUAL, "zone": "Europe/Paris"}).status == 200
    says(group)
    monkeypatch.setattr("sameboat.told.telling.hours_of", fails_in("Europe/Paris"))
    assert later() == 1
    assert push_service.told(bens) == [WORDS]
