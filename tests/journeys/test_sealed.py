"""Nothing readable leaves the browser, and nothing readable is on the server's disk."""

import base64
import json
import sqlite3
from pathlib import Path

from tests.cast import SENTINEL
from tests.journeys.devices import DESK, Devices
from tests.journeys.people import GROUP
from tests.journeys.sentences import said


def spellings(secret: str) -> dict[str, bytes]:
    """A secret in every way in which it could be written down."""
    raw = secret.encode()
    shifted = [base64.b64encode(b"x" * pad + raw)[4:-4] for pad in range(3)]
    ways = {
        "raw": raw,
        "hex": raw.hex().encode(),
        "base64": base64.b64encode(raw).rstrip(b"="),
        "base64url": base64.urlsafe_b64encode(raw).rstrip(b"="),
        "array": json.dumps(list(raw), separators=(",", ":")).encode()[1:-1],
        "spaced array": json.dumps(list(raw)).encode()[1:-1],
        "UTF-16": raw.decode().encode("utf-16-le"),
    }
    return {**ways, **{f"inside base64, {n}": part for n, part in enumerate(shifted) if len(part) > 8}}


def assert_nowhere(secrets: list[str], places: dict[str, bytes]) -> None:
    looked_for = [(secret, way, part.lower()) for secret in secrets for way, part in spellings(secret).items()]
    found = []
    for where, content in places.items():
        small = content.lower()
        found += [f"{secret[:4]}… as {way} in {where}" for secret, way, part in looked_for if part in small]
    assert found == []


def asked_since(devices: Devices, first: int) -> dict[str, bytes]:
    """All that was asked since there were so many."""
    return {f"{number} {one.url}": one.everything() for number, one in enumerate(devices.asked[first:])}


def on_disk(folder: Path) -> dict[str, bytes]:
    """Database, its log, the server's own log: everything but the assets."""
    files = [file for file in folder.rglob("*") if file.is_file() and "assets" not in file.parts]
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def test_nothing_readable_in_requests_or_tables_p1_p37(kitchen, devices):
    """What somebody says who joins is looked for in `test_join`."""
    first = len(devices.asked)
    ana, ben = kitchen.come_in("Ana").enter(), kitchen.come_in("Ben", size=DESK).enter()
    ana.say(SENTINEL, note=f"note {SENTINEL}")
    ben.press(said("room.readName", f"note {SENTINEL}"))
    ben.reads(SENTINEL)
    ben.write("Say something", f"half {SENTINEL}")
    link = ana.invite(f"for {SENTINEL}")
    ben.write("Say something", f"and {SENTINEL}")
    ben.press("Send")
    ana.enter().reads(f"and {SENTINEL}")
    secrets = [SENTINEL, link.partition("#join.")[2], GROUP]
    secrets += [person.who.passphrase for person in (ana, ben)]
    assert_nowhere(secrets, asked_since(devices, first))
    assert_nowhere(secrets, on_disk(kitchen.site.data))
    tables_hold_something(kitchen.site.data)


def tables_hold_something(folder: Path) -> None:
    """The search above looked at a database that really holds the talk."""
    (file,) = folder.glob("*.sqlite3")
    with sqlite3.connect(file) as database:
        (count,) = database.execute("SELECT count(*) FROM circles_envelope").fetchone()
    assert count >= 2


def test_shell_and_assets_are_asked_for_without_a_cookie_p67(kitchen):
    """Whoever is in asks for the page anew: past the worker that keeps it on their own device, and through it."""
    dee, requests = kitchen.come_in("Dee"), []
    dee.page.context.on("request", lambda request: requests.append(request))
    devtools = dee.page.context.new_cdp_session(dee.page)
    for past in (True, False):
        devtools.send("Network.enable")
        devtools.send("Network.setBypassServiceWorker", {"bypass": past})
        dee.page.reload()
        dee.is_in()
    assert [one for one in requests if one.url.endswith("/in/")]
    assert [one for one in requests if "/assets/" in one.url]
    with_cookie = [one.url for one in requests if "cookie" in one.all_headers() and "/api/" not in one.url]
    assert with_cookie == []
    assert any("cookie" in one.all_headers() for one in requests if "/api/" in one.url)
    kitchen.rests("Dee")
