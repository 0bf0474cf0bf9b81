"""Push services and mail servers that are away, slow or strange: nothing is lost or told twice, nobody else waits."""

from itertools import pairwise

import pytest

from sameboat.oversight.tests.desk import device
from sameboat.told.access import set_up_wrong
from sameboat.told.models import Device, Errand, Mailbox
from sameboat.told.rounds import tell
from sameboat.told.telling import GRACE, HOUR
from sameboat.told.tests.rounds import MAILBOX, ODD, WORDS, later, says, with_mailbox
from tests.fixtures.asking import now


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


@pytest.mark.parametrize("status", [401, 403])
def test_a_push_service_that_does_not_know_the_site_for_an_hour_loses_nothing(group, bens, push_service, status):
    push_service.everywhere = status
    says(group)
    assert later() == 0
    push_service.everywhere = 201
    push_service.pushes.clear()
    assert later(HOUR) == 1
    assert push_service.told(bens) == [WORDS]


def test_another_person_at_the_same_browser_takes_it_over(group, bens, push_service):
    ana = group.people["Ana"]
    assert ana.put_way("device", bens.body).told["devices"] == [bens.endpoint]
    assert group.people["Ben"].ask("GET", "/told").told["devices"] == []
    assert group.people["Ben"].ask("POST", "/told/device/forget", {"endpoint": bens.endpoint}).status == 200
    assert ana.ask("GET", "/told").told["devices"] == [bens.endpoint]
    assert ana.ask("DELETE", "/told/devices").told["devices"] == []


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
