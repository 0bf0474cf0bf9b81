"""Somebody gives an address, and whoever reads there says yes to it, or hears of it no more than once."""

import pytest

from sameboat.told.models import Asked, Mailbox
from sameboat.told.rounds import begin_anew, forget_unanswered
from sameboat.told.telling import HOUR
from sameboat.told.tests.rounds import MAILBOX, ODD, later, link_in
from tests.fixtures.asking import now


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
