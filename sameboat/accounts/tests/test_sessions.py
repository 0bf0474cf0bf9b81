"""Where somebody is signed in, how each of these ends, and leaving in one press."""

import pytest
from django.conf import settings as site

from sameboat.accounts import access, limits
from sameboat.accounts.models import Session
from sameboat.circles.rounds import forget
from sameboat.lib.refusals import SlowDown
from sameboat.protocol.encoding import b64u
from tests.fixtures.asking import Browser, Person, now

CLEAR = '"cache", "cookies", "storage"'


@pytest.fixture
def ana(anybody_starts):
    return Person("Ana").sign_up()


def sessions(browser: Browser) -> list[dict]:
    return browser.ask("GET", "/sessions").told["sessions"]


def test_somebody_sees_where_they_are_signed_in_and_ends_one(ana):
    other = ana.another_browser()
    listed = sessions(ana.browser)
    assert [one["current"] for one in listed] == [True, False]
    assert [set(one) for one in listed] == [{"id", "device", "started_at", "current"}] * 2
    assert ana.ask("DELETE", f"/sessions/{listed[1]['id']}", {}).status == 204
    assert other.ask("GET", "/session").status == 401
    assert ana.ask("DELETE", f"/sessions/{listed[1]['id']}", {}).status == 404
    assert ana.ask("GET", "/session").status == 200


def test_all_others_end_at_once(ana):
    others = [ana.another_browser() for _ in range(3)]
    assert ana.ask("DELETE", "/sessions", {}).status == 204
    assert [other.ask("GET", "/session").status for other in others] == [401] * 3
    assert ana.ask("GET", "/session").status == 200


def test_nobody_ends_or_sees_a_session_of_somebody_else(ana):
    eve = Person("Eve").sign_up()
    (mine,) = sessions(ana.browser)
    assert eve.ask("DELETE", f"/sessions/{mine['id']}", {}).status == 404
    assert eve.ask("DELETE", "/sessions", {}).status == 204
    assert [one["id"] for one in sessions(eve.browser)] != [mine["id"]]
    assert ana.ask("GET", "/session").status == 200


def test_a_session_ends_ten_minutes_after_it_was_last_heard_of(ana, later):
    later(seconds=590)
    assert ana.ask("GET", "/session").status == 200
    later(seconds=1_180)
    assert ana.ask("POST", "/session/renew", {}).told["expires_at"] >= now() + 590
    later(seconds=1_800)
    assert ana.ask("GET", "/session").status == 401
    forget(now())
    assert not Session.objects.of(ana.id).exists()


def test_a_cookie_is_kept_nowhere(ana):
    cookie = ana.browser.client.cookies[access.COOKIE].value
    row = Session.objects.of(ana.id).get()
    assert cookie.encode() not in bytes(row.token_hash) + bytes(row.shown_id)
    as_stored = Browser()
    as_stored.client.cookies[access.COOKIE] = bytes(row.token_hash).hex()
    assert as_stored.ask("GET", "/session").status == 401


def test_signing_out_of_a_shared_device_leaves_nothing(ana):
    ana.sign_in("shared")
    answer = ana.ask("DELETE", "/session", {})
    assert (answer.status, answer.headers["Clear-Site-Data"]) == (204, CLEAR)
    assert ana.ask("GET", "/session").status == 401


def test_signing_out_of_ones_own_device_keeps_what_is_sealed_there(ana):
    assert "Clear-Site-Data" not in ana.ask("DELETE", "/session", {}).headers


def test_leaving_by_a_plain_link_ends_the_session_and_goes_elsewhere(ana):
    cookie = ana.browser.client.cookies[access.COOKIE].value
    answer = ana.ask("GET", "/leave")
    assert (answer.status, answer.headers["Location"]) == (303, site.EXIT_TO)
    assert "Clear-Site-Data" not in answer.headers
    ana.browser.client.cookies[access.COOKIE] = cookie
    assert ana.ask("GET", "/session").status == 401


def test_a_beacon_ends_the_session_too(ana):
    """`navigator.sendBeacon` without a body, as the browser part does."""
    answer = ana.ask("POST", "/leave")
    assert (answer.status, answer.raw) == (204, b"")
    assert not Session.objects.of(ana.id).exists()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_leaving_a_shared_device_empties_it(ana, method):
    ana.sign_in("shared")
    assert ana.ask(method, "/leave").headers["Clear-Site-Data"] == CLEAR
    assert Browser().ask(method, "/leave?shared=1").headers["Clear-Site-Data"] == CLEAR


def test_another_site_can_neither_sign_anybody_out_nor_empty_their_device(ana):
    """A picture's address on another site reaches us without the cookie, which is Strict."""
    answer = Browser().ask("GET", "/leave?shared=1", **{"sec-fetch-site": "cross-site"})
    assert "Clear-Site-Data" not in answer.headers
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.example"}):
        assert ana.ask("POST", "/leave", **headers).code == "wrong_origin"
    assert ana.ask("GET", "/session").status == 200


def test_anybody_may_leave_who_was_never_here(anybody_starts):
    assert Browser().ask("GET", "/leave").status == 303
    assert Browser().ask("POST", "/leave").status == 204


def test_the_page_itself_is_asked_for_without_a_cookie_p67(ana):
    cookie = ana.browser.client.cookies[access.COOKIE]
    assert cookie["path"] == "/api"
    assert "Set-Cookie" not in ana.browser.client.get("/in/").headers


def test_one_account_cannot_flood_the_site_and_can_still_go(ana):
    soon = now() + 60
    with pytest.raises(SlowDown):
        for _ in range(limits.CHANGES.burst + 1):
            limits.CHANGES.spend(ana.id.hex(), now=soon)
    answer = ana.ask("PUT", "/records/mine", ana.record_put("mine", 1, b64u(bytes(64 + 256))))
    assert (answer.status, answer.code) == (429, "slow_down")
    assert answer.told["wait_s"] <= 30
    assert ana.ask("GET", "/session").status == 200
    assert ana.ask("POST", "/leave").status == 204
