"""A team's researchers come in by a link from a lead, with a passphrase and six figures from their phone."""

import re
import time

import httpx
import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from sameboat.lib import clock
from sameboat.study.tests.served import PATIENCE

WORDS = "kettle window bramble seventeen"


@pytest.fixture(scope="module")
def team(serve_study):
    return serve_study(MODE="team")


def figures(secret: str, ahead: int = 0) -> str:
    """What an authenticator app shows for this secret, or will show a little later."""
    return format_hotp_value(hotp_value(secret, int(time.time() // 30) + ahead))


def link(said: str) -> str:
    return re.search(r"/invitation/[\w-]+", said)[0]


def come_in(team, client: httpx.Client, name: str, address: str) -> str:
    """Takes an invitation, sets up the second step; returns the secret of the phone."""
    sent = {"name": name, "email": f"{name.lower()}@study.example", "passphrase": WORDS}
    answer = client.post(address, data=sent, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    secret = re.search(r'id="secret" value="(\w+)"', answer.text)[1]
    answer = client.post(str(answer.url), data={"code": figures(secret)}, follow_redirects=True)
    assert "Spare codes" in answer.text
    return secret


@pytest.fixture(scope="module")
def rosa(team):
    """Rosa's browser, her phone, and the study she started."""
    with team.browser() as client:
        secret = come_in(team, client, "Rosa", link(team.command("invite", "rosa@study.example")))
        home = client.post("/studies/new", data={"name": "Two groups"}).headers["location"]
        yield client, secret, home


def test_a_stranger_is_led_to_the_door_and_no_further(team):
    with team.browser() as stranger:
        assert stranger.get("/").headers["location"].startswith("/sign-in/")
        assert stranger.get("/api/studies/00000000-0000-4000-8000-000000000000/codes").status_code == 401
        assert stranger.get("/sign-up/").status_code == 404
        assert stranger.get("/accounts/signup/").status_code == 404


def test_with_the_passphrase_alone_nobody_is_in(team, rosa):
    with team.browser() as client:
        sent = {"login": "rosa@study.example", "password": WORDS}
        answer = client.post("/sign-in/", data=sent)
        assert answer.headers["location"].startswith("/sign-in/code")
        assert client.get("/").headers["location"].startswith("/sign-in/")
        wrong = client.post("/sign-in/code", data={"code": "000000"})
        assert wrong.status_code == 200
        # The next figures, because each opens the door only once.
        right = client.post("/sign-in/code", data={"code": figures(rosa[1], ahead=1)})
        assert right.headers["location"] == "/"
        assert client.get("/").status_code == 200
        client.post("/sign-out")
        assert client.get("/").headers["location"].startswith("/sign-in/")


def test_before_the_second_step_stands_nothing_else_opens(team, rosa):
    owner, _, home = rosa
    page = owner.post(f"{home}team/invite", data={"role": "coder"}).text
    with team.browser() as client:
        sent = {"name": "Tariq", "email": "tariq@study.example", "passphrase": WORDS}
        client.post(link(page), data=sent)
        for path in ("/", home):
            assert client.get(path).headers["location"].startswith("/me/phone")
        assert client.get(f"/api{home}codes").status_code == 401
        answer = httpx.get(f"{team.origin}/api{home}live", cookies=client.cookies, timeout=PATIENCE)
        assert answer.status_code == 401


def test_an_invitation_works_once_and_says_what_for(team, rosa):
    owner, _, home = rosa
    address = link(owner.post(f"{home}team/invite", data={"role": "coder", "blind": "on"}).text)
    with team.browser() as first, team.browser() as second:
        assert "Two groups" in first.get(address).text
        come_in(team, first, "Noor", address)
        me = first.get(f"/api{home}overview").json()["me"]
        assert (me["role"], me["blind"]) == ("coder", True)
        for answer in (second.get(address), second.post(address, data={"name": "Yara"})):
            assert answer.status_code == 404


def test_a_short_passphrase_and_a_taken_address_are_refused_and_use_up_nothing(team, rosa):
    owner, _, home = rosa
    address = link(owner.post(f"{home}team/invite", data={"role": "reader"}).text)
    with team.browser() as client:
        sent = {"name": "Wim", "email": "wim@study.example", "passphrase": "short"}
        assert client.post(address, data=sent).status_code == 422
        assert (
            client.post(address, data={**sent, "passphrase": WORDS, "email": "ROSA@study.example"}).status_code == 409
        )
        assert client.get(address).status_code == 200


def test_a_lost_passphrase_is_chosen_anew_by_a_link_from_the_server(team, rosa):
    other = "gravel lantern button orchard"
    address = link(team.command("invite", "rosa@study.example"))
    with team.browser() as client:
        answer = client.post(address, data={"passphrase": other})
        # The phone is asked for all the same.
        assert answer.headers["location"].startswith("/sign-in/code")
        assert client.post(address, data={"passphrase": WORDS}).status_code == 404
    with team.browser() as client:
        for words, opens in ((WORDS, False), (other, True)):
            answer = client.post("/sign-in/", data={"login": "rosa@study.example", "password": words})
            assert (answer.status_code == 302) is opens


def test_guessing_is_slowed(db, nobody, monkeypatch):
    # However slow the machine is, all of it is tried within a moment.
    now = clock.seconds()
    monkeypatch.setattr(clock, "seconds", lambda: now)
    tried = [
        nobody.post("/sign-in/", {"login": "someone@study.example", "password": f"guess {n}"}).status_code
        for n in range(9)
    ]
    assert tried == [200] * 8 + [429]
    assert nobody.post("/sign-in/", {"login": "somebody@study.example", "password": "guess"}).status_code == 200
    monkeypatch.setattr(clock, "seconds", lambda: now + 10)
    assert nobody.post("/sign-in/", {"login": "someone@study.example", "password": "guess"}).status_code == 200


def test_the_cookie_is_for_this_site_alone(team, rosa):
    cookie = next(one for one in rosa[0].cookies.jar if one.name == "study")
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert cookie.get_nonstandard_attr("SameSite") == "Strict"


def test_the_phones_secret_does_not_lie_open_in_the_database(team, rosa):
    if not team.database:
        assert rosa[1].encode() not in (team.data / "study.sqlite3").read_bytes()
        assert rosa[1].encode() not in (team.data / "study.sqlite3-wal").read_bytes()
