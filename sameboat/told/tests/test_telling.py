"""Somebody is told that something waits: once, discreetly, when they want it, and by what they chose."""

from itertools import pairwise

import pytest

from sameboat.accounts.actions import begin_closing
from sameboat.circles.tests.test_talks import Talking
from sameboat.oversight.tests.desk import device
from sameboat.told.access import set_up_wrong
from sameboat.told.models import Asked, Device, Errand, Mailbox, Wish
from sameboat.told.rounds import begin_anew, forget_unanswered, tell
from sameboat.told.telling import GRACE, HOUR, hours_of
from tests.cast import SENTINEL
from tests.fixtures.asking import now

WORDS = b"Something is waiting"
USUAL = {
    "talks": True, "group": True, "meetings": True, "rings": False, "zone": "Europe/London",
    "quiet_from": None, "quiet_to": None, "break_until": None,
}  # fmt: skip
MAILBOX = "ben@example.org"
# Words that a header's reader opens (RFC 2047): a line break, a letter beyond ASCII, a second address.
ODD = ["=?utf-8?q?=0a?=@x.org", "=?utf-8?q?=C3=A9?=@x.org", "=?utf-8?q?v=40bank.org=2cb?=@x.org"]


@pytest.fixture
def bens(group, telling, push_service):
    """Ben, who is told by push from now on."""
    device = push_service.subscribe()
    assert group.people["Ben"].put_way("device", device.body).status == 200
    tell(now())
    return device


def later(seconds=GRACE):
    """A round of telling, so many seconds from now. Returns how many were handed over."""
    return tell(now() + seconds)


def says(group, name="Ana", words="Hello"):
    """Somebody says something, and the round that follows sees it."""
    assert group.say(name, words).status == 201
    assert later(0) == 0, "whoever is just coming in reads it there"


def link_in(letter):
    link = next(word for word in letter.get_payload().split() if "/yes/" in word)
    return link.partition("testserver")[2]


def with_mailbox(group, post_office, address=MAILBOX):
    """Ben gives an address, and says yes to the question that comes there."""
    assert group.people["Ben"].put_way("mailbox", {"address": address}).status == 200
    tell(now())
    path = link_in(post_office.to(address)[-1])
    client = group.people["Ben"].browser.client
    assert client.get(path).status_code == 200
    assert Mailbox.objects.everywhere("test").get().token is not None, "looking at a link says nothing"
    assert client.post(path).status_code == 200
    assert client.get(path).status_code == 404


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


def test_a_device_its_service_no_longer_knows_is_forgotten(group, bens, push_service):
    push_service.everywhere = 410
    says(group)
    later()
    assert not Device.objects.everywhere("test").exists() and not Errand.objects.exists()
    assert group.people["Ben"].ask("GET", "/told").told["devices"] == []


def test_a_service_that_is_away_is_asked_again_with_longer_pauses(group, bens, push_service):
    push_service.everywhere = 503
    says(group)
    tried = [at for at in range(GRACE, 3 * HOUR, 120) if later(at) == 0 and tried_now(push_service)]
    gaps = [after - before for before, after in pairwise(tried)]
    assert 3 < len(tried) < 12 and gaps == sorted(gaps)
    push_service.everywhere = 201
    assert later(12 * HOUR) == 1


def tried_now(service):
    """Whether something came since it was last asked."""
    came = bool(service.pushes)
    service.pushes.clear()
    return came


def test_a_full_mailbox_is_tried_again_and_a_refused_one_is_shown_to_its_owner(group, telling, post_office):
    with_mailbox(group, post_office)
    post_office.answers[MAILBOX] = "452 4.2.2 Mailbox full"
    says(group)
    assert later() == 0
    del post_office.answers[MAILBOX]
    assert later(HOUR) == 1
    post_office.answers[MAILBOX] = "550 5.1.1 No such person"
    says(group)
    assert later(HOUR + 2 * GRACE) == later(2 * HOUR + 2 * GRACE) == 0
    assert group.people["Ben"].ask("GET", "/told").told["mailbox"]["refused"] is True
    assert not Errand.objects.exists()


def test_the_mail_server_away_for_an_hour_loses_and_doubles_nothing(group, telling, post_office, settings):
    with_mailbox(group, post_office)
    settings.SMTP_PORT = 9
    says(group)
    for minute in range(1, 60, 7):
        later(minute * 60)
    settings.SMTP_PORT = post_office.port
    assert sum(later(HOUR + minute * 600) for minute in range(12)) == 1
    assert len(post_office.to(MAILBOX)) == 2


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


def test_another_person_at_the_same_browser_takes_it_over(group, bens, push_service):
    ana = group.people["Ana"]
    assert ana.put_way("device", bens.body).told["devices"] == [bens.endpoint]
    assert group.people["Ben"].ask("GET", "/told").told["devices"] == []
    assert group.people["Ben"].ask("POST", "/told/device/forget", {"endpoint": bens.endpoint}).status == 200
    assert ana.ask("GET", "/told").told["devices"] == [bens.endpoint]
    assert ana.ask("DELETE", "/told/devices").told["devices"] == []


def test_an_unanswered_address_gets_one_question_and_is_forgotten_in_a_week(group, telling, post_office):
    ben = group.people["Ben"]
    assert ben.put_way("mailbox", {"address": MAILBOX}).told["mailbox"]["answered"] is False
    group.say("Ana")
    assert later(0) == 1 and later() == later(HOUR) == 0
    assert len(post_office.to(MAILBOX)) == 1
    forget_unanswered(now() + 8 * 86_400)
    assert ben.ask("GET", "/told").told["mailbox"] is None


def test_somebody_who_wants_no_letters_is_asked_once_in_a_week_whoever_asks(group, telling, post_office):
    ana, ben = group.people["Ana"], group.people["Ben"]
    for person, address in [(ben, MAILBOX), (ben, "b@example.org"), (ana, MAILBOX.upper()), (ben, MAILBOX)]:
        assert person.put_way("mailbox", {"address": address}).told["mailbox"]["answered"] is False
        later(0)
    assert len(post_office.to(MAILBOX)) + len(post_office.to(MAILBOX.upper())) == 1
    assert ben.put_way("mailbox", {"address": "c@example.org"}).code == "asked_enough"
    forget_unanswered(now() + 8 * 86_400)
    assert not Asked.objects.everywhere("test").exists()
    assert ana.put_way("mailbox", {"address": MAILBOX}).told["mailbox"]["answered"] is False
    assert later(0) == 1 and len(post_office.to(MAILBOX)) == 2


def test_the_letter_that_lies_there_says_yes_also_when_the_address_was_forgotten_and_given_again(
    group, telling, post_office
):
    ana, ben = group.people["Ana"], group.people["Ben"]
    assert ben.put_way("mailbox", {"address": MAILBOX}).status == 200
    assert later(0) == 1
    path = link_in(post_office.to(MAILBOX)[-1])
    assert ben.ask("DELETE", "/told/mailbox").status == 200
    assert ben.browser.client.post(path).status_code == 404, "forgotten is forgotten"
    assert ana.put_way("mailbox", {"address": MAILBOX}).status == 200
    assert ana.browser.client.post(path).status_code == 404, "it was Ben's"
    assert ben.put_way("mailbox", {"address": MAILBOX}).told["mailbox"]["answered"] is False
    assert later(0) == 0
    assert ben.browser.client.post(path).status_code == 200
    assert ben.ask("GET", "/told").told["mailbox"]["answered"] is True


def test_a_question_that_waited_in_a_copy_is_still_asked(group, telling, post_office):
    assert group.people["Ben"].put_way("mailbox", {"address": MAILBOX}).status == 200
    begin_anew(now())
    assert later(0) == 1
    assert len(post_office.to(MAILBOX)) == 1


def test_the_first_question_still_opens_when_the_same_address_is_given_again(group, telling, post_office):
    ben = group.people["Ben"]
    for _ in range(3):
        assert ben.put_way("mailbox", {"address": MAILBOX}).status == 200
    token = Mailbox.objects.of(ben.id).get().token
    assert later(0) == 1
    assert Mailbox.objects.of(ben.id).get().token == token
    assert Asked.objects.of(ben.id).count() == 1


@pytest.mark.parametrize(
    "address",
    [
        "ben",
        "ben@",
        "a@b.c\nBcc: d@e.fg",
        "a@b.cd, e@f.gh",
        '"x y"@b.cd',
        "b@ex ample.org",
        "a..b@c.de",
        ".a@b.cd",
        "a.@b.cd",
        "a@-b.cd",
        "a@b-.cd",
        *ODD,
    ],
)
def test_what_is_no_address_is_refused(group, telling, address):
    assert group.people["Ben"].put_way("mailbox", {"address": address}).code == "no_address"


def test_without_a_mail_server_the_page_says_so(group):
    ben = group.people["Ben"]
    assert ben.ask("GET", "/told").told["sends_mail"] is False
    assert ben.put_way("mailbox", {"address": MAILBOX}).code == "no_mail_here"


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


def fails_in(zone):
    """Weighs everybody's hours but those of one zone."""

    def weighed(wish):
        if wish.zone == zone:
            raise OverflowError
        return hours_of(wish)

    return weighed


def test_one_wish_that_cannot_be_weighed_stops_nobody(group, bens, push_service, monkeypatch):
    group.join("Eve")
    eve = group.people["Eve"]
    assert eve.ask("PUT", "/told", {**USUAL, "zone": "Europe/Paris"}).status == 200
    says(group)
    monkeypatch.setattr("sameboat.told.telling.hours_of", fails_in("Europe/Paris"))
    assert later() == 1
    assert push_service.told(bens) == [WORDS]


@pytest.mark.parametrize("address", ODD)
def test_an_address_that_cannot_be_written_holds_up_no_other_letter(group, telling, post_office, address):
    for name in ("Eve", "Dee", "Cat"):
        group.join(name)
        group.people[name].put_way("mailbox", {"address": f"{name}@example.org"})
    tell(now())
    Mailbox.objects.everywhere("test").update(token=None)
    Mailbox.objects.of(group.people["Eve"].id).update(address=address)
    says(group)
    assert later() == 2
    assert [len(post_office.to(f"{name}@example.org")) for name in ("Eve", "Dee", "Cat")] == [1, 2, 2]
    assert len(post_office.letters) == 5 and not Errand.objects.exists()


def test_a_mail_server_that_will_not_have_the_site_keeps_every_letter(group, telling, post_office, monkeypatch):
    with_mailbox(group, post_office)
    with monkeypatch.context() as wrong:
        wrong.setattr(post_office, "data", "550 5.7.1 You may not send as this")
        says(group)
        assert later() == 0
    assert group.people["Ben"].ask("GET", "/told").told["mailbox"]["refused"] is False
    assert later(HOUR) == 1


def three_letters(group, post_office):
    """Three people are told by e-mail, and something waits for them. Returns their addresses."""
    found = [f"{name}@example.org" for name in ("Eve", "Dee", "Cat")]
    for name, address in zip(("Eve", "Dee", "Cat"), found, strict=True):
        group.join(name)
        group.people[name].put_way("mailbox", {"address": address})
    tell(now())
    Mailbox.objects.everywhere("test").update(token=None)
    post_office.letters.clear()
    post_office.connections = 0
    says(group)
    return found


def test_letters_go_over_one_line_however_many_are_taken_at_once(group, telling, post_office, monkeypatch):
    monkeypatch.setattr("sameboat.told.leases.AT_ONCE", 1)
    three_letters(group, post_office)
    assert later() == 3
    assert post_office.connections == 1


def test_a_mail_server_that_takes_one_letter_over_one_line_gets_each_once(group, telling, post_office):
    addresses = three_letters(group, post_office)
    post_office.most = 1
    assert later() == 2, "the one between waits"
    assert later(HOUR) == 1
    assert sorted(to for _by, to, _letter in post_office.letters) == sorted(addresses)
    assert post_office.connections == 3


def test_a_mail_server_that_takes_none_is_left_alone_for_a_while(group, telling, post_office):
    three_letters(group, post_office)
    post_office.most = 0
    assert later() == 0
    assert post_office.connections == 1
    post_office.most = 3
    assert later(HOUR) == 3


def test_words_on_two_lines_stop_no_letter(group, telling, post_office, settings):
    with_mailbox(group, post_office)
    settings.TOLD_WORDS = "Something\nis waiting"
    assert any("TOLD_WORDS" in line for line in set_up_wrong())
    says(group)
    assert later() == 1
    assert post_office.to(MAILBOX)[-1]["Subject"] == WORDS.decode()


@pytest.mark.parametrize("status", [401, 403])
def test_a_push_service_that_does_not_know_the_site_for_an_hour_loses_nothing(group, bens, push_service, status):
    push_service.everywhere = status
    says(group)
    assert later() == 0
    push_service.everywhere = 201
    push_service.pushes.clear()
    assert later(HOUR) == 1
    assert push_service.told(bens) == [WORDS]


def test_the_operators_page_says_whether_it_works_and_names_nobody(group, telling, post_office, settings):
    with_mailbox(group, post_office)
    olive = device("Olive")
    assert "not taken" not in olive.get("/operator/").content.decode()
    settings.SMTP_PORT = 9
    says(group)
    for hour in range(1, 8):
        later(hour * HOUR)
    page = olive.get("/operator/").content.decode()
    assert "mail server has not taken" in page and MAILBOX not in page
