"""What members write is in no file of the server, and the shell of the site carries no identity."""

import httpx

from sameboat.client import Member, governance
from sameboat.client.account import come_back
from sameboat.client.http import b64
from sameboat.protocol.encoding import enc
from tests import cast
from tests.hostile.people import AGREEMENT
from tests.hostile.searching import found_in

CANARIES = {
    "group": "the canary in the group's name",
    "name": "a canary called Ana",
    "agreement": "the canary of the agreement",
    "safeguarding": "the canary of the safeguarding page",
    "text": "the kettle sings in B flat",
    "note": "About: a yellow canary",
    "for whom": "a canary for Ben",
    "hello": "hello from a canary",
    "why": "a canary says why",
    "taken back": "a canary flew away",
}


def test_no_plaintext_is_in_any_file_of_the_server_p37(own_site):
    site, words = own_site, CANARIES
    ana = Member.start(
        site.origin, cast.ANA.sign_in, cast.ANA.passphrase,
        group=words["group"], name=words["name"], agreement=words["agreement"], safeguarding=words["safeguarding"],
    )  # fmt: skip
    link = ana.invite(words["for whom"])
    ben = Member.knock_at(site.origin, link, cast.BEN.sign_in, cast.BEN.passphrase, name="Ben", hello=words["hello"])
    ana.admit(ana.door()[0])
    ben.enter()
    code = ben.add_code()
    said = ben.say(words["text"], note=words["note"])
    ana.hear(said.hash)
    ben.take_back(ben.say(words["taken back"]).hash)
    governance.propose_words(ben.talk, {"group": words["group"] + " still"}, None, words["why"])
    canaries = {**words, "code": code, "ana": cast.ANA.passphrase, "ben": cast.BEN.passphrase, "link": link[-24:]}
    canaries |= {"agreed": AGREEMENT}
    site.served.command("backup")
    kept = site.served.stored()
    # The sign-in name is the server's to know: the search finds what is there.
    assert sum(len(content) for content in kept.values()) > 10_000
    assert any(found_in(content, ana.account.id) for content in kept.values())
    for name, canary in canaries.items():
        for file, content in kept.items():
            assert not found_in(content, canary.encode()), f"{name} is in {file}"


def test_errors_are_logged_without_what_was_sent_p37(own_site):
    wire = httpx.Client(base_url=own_site.origin, headers={"Origin": own_site.origin}, trust_env=False)
    canary = CANARIES["text"]
    for body in (f'{{"name": "{canary}"', f'{{"name": "{canary}"}}', f'"{canary}"', canary):
        answer = wire.post("/api/sessions", content=body, headers={"content-type": "application/json"})
        assert answer.status_code in (400, 415, 422)
        assert canary not in answer.text
    assert canary not in own_site.served.errors()


def bad_bodies(circle, canary):
    """Words where sealed bytes belong, at every door that takes bytes from a member."""
    words, odd = b64(canary), {"events": [b64(enc([canary, bytes(64)]))], "attachments": {}}
    return {
        f"POST {circle}/messages": [{"envelope": words}, {"envelope": b64(enc([canary, canary]))}],
        f"POST {circle}/events": [{"events": [words], "attachments": {}}, odd, odd | {"attachments": {words: words}}],
        f"POST {circle}/asides": [{"to": b64(bytes(16)), "sealed": words}],
        "POST /circles": [{"events": [words], "attachments": {}}],
        "POST /unlockers": [{"events": [words], "attachments": {}, "add": None, "remove": None}],
        "POST /knocks": [{"lookup": b64(bytes(16)), "member": b64(bytes(16)), "sealed": words, "link_sig": words}],
        "PUT /records/mine": [{"version": 1, "sealed": words, "sig": b64(bytes(64))}],
        "POST /start-codes/check": [{"start_code": canary.decode()[:40]}],
        "POST /account/close": [
            {"partings": [{"circle": words, "bytes": words, "sig": words}], "time": 1, "sig": words}
        ],
    }


def test_what_is_refused_is_neither_stored_nor_logged_nor_said_again_p37(own_site):
    (mo,) = own_site.group("Mo")
    canary = b"a canary that was never sealed and sings nevertheless, on and on and on"
    refused = 0
    for door, bodies in bad_bodies(mo.talk.circle.path, canary).items():
        method, path = door.split()
        for body in bodies:
            answer = mo.wire.http.request(method, path, json=body)
            assert 400 <= answer.status_code < 500, door
            assert answer.json()["sentence"].endswith("."), door
            assert not found_in(answer.content, canary[:40]), door
            refused += 1
    assert refused == 12
    for file, content in own_site.served.stored().items():
        assert not found_in(content, canary[:40]), file


def test_shell_and_assets_are_asked_for_without_a_cookie_p67(site):
    account = site.account("Ana")
    given = account.wire.http.cookies.jar
    assert [cookie.path for cookie in given] == ["/api"]
    outside = httpx.Client(base_url=site.origin, cookies=account.wire.http.cookies, trust_env=False)
    with site.mallory.recording() as seen:
        shell = outside.get("/in/")
        outside.get("/in")
        outside.get("/")
        for asset in {part.split('"')[0] for part in shell.text.split('src="')[1:]}:
            outside.get(asset)
        outside.get("/api/session")
    assert len(seen) >= 4
    carried = {asked.path for asked in seen if any(name == "cookie" for name, _ in asked.headers)}
    assert carried == {"/api/session"}
    assert "set-cookie" not in shell.headers


def test_a_session_starts_with_a_strict_cookie_p67(site):
    account, given = site.account("Ana"), []

    def keep(asked, answer):
        given.append(dict(answer.headers)["set-cookie"].lower())
        return answer

    with site.mallory.tampering("POST /api/sessions", keep):
        come_back(account.wire, account)
    assert {"httponly", "samesite=strict", "path=/api"} <= {part.strip() for part in given[0].split(";")}
