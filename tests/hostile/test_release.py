"""What is shipped: a running site held against the signed list of its release, with Mallory between."""

import contextlib
import io
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from sameboat.cli import main
from sameboat.cli.verify_deployment import public_key
from sameboat.protocol.release import Release, read_release
from tests.fixtures.servers import Served, free_port
from tests.hostile.conftest import a_mallory
from tests.hostile.mallory import Answered, Asked

pytestmark = pytest.mark.packaging


@dataclass
class Boat:
    """A running site, the list of its release, and both halves of the key."""

    served: Served
    list: Path
    key: Path

    @property
    def public(self) -> Path:
        return self.key.with_name(self.key.name + ".pub")

    def release(self) -> Release:
        return read_release(self.list.read_bytes(), public_key(self.public))

    def words(self, *more: str, origin: str = "", key: Path | None = None) -> list[str]:
        return ["verify-deployment", origin or self.served.origin, "--key", str(key or self.public), *more]

    def look(self, *more: str, origin: str = "", key: Path | None = None) -> tuple[int, str]:
        """What `sameboat verify-deployment` says of the site, and its exit status."""
        told = io.StringIO()
        with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
            status = main(self.words(*more, origin=origin, key=key))
        return status, told.getvalue()

    def look_behind(self, *tampers) -> tuple[int, str]:
        """The same with Mallory between, who does one thing to some answers: pairs of a route and a tamper."""
        port = free_port()
        with a_mallory(port, self.served.origin) as mallory, contextlib.ExitStack() as stack:
            for route, tamper in tampers:
                stack.enter_context(mallory.tampering(route, tamper))
            return self.look("--list", str(self.list), origin=f"http://localhost:{port}")


@pytest.fixture(scope="module")
def boat(serve, tmp_path_factory):
    served = serve()
    key = tmp_path_factory.mktemp("release") / "key.pem"
    served.command("release", "--new-key", str(key))
    served.command("release", "--key", str(key), "--to", str(served.data / "release.cbor"))
    return Boat(served, served.data / "release.cbor", key)


def the_script(boat: Boat, part: str) -> str:
    """The address of a script, by a part of its name."""
    return next(one.path for one in boat.release().files if part in one.path and one.path.endswith(".js"))


def saying(answered: Answered, body: bytes) -> Answered:
    return replace(answered, body=body)


def without(name: str):
    def tamper(asked: Asked, answered: Answered) -> Answered:
        kept = tuple(pair for pair in answered.headers if pair[0].lower() != name)
        return replace(answered, headers=kept)

    return tamper


def test_an_honest_site_is_the_same_as_its_release_p39(boat):
    command = [sys.executable, "-m", "sameboat.cli", *boat.words()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert (done.returncode, "Everything is the same." in done.stdout) == (0, True), done.stdout + done.stderr
    names = [one.path for one in boat.release().files]
    assert "/in/" in names
    assert sum(".worker-" in name for name in names) >= 2
    assert boat.key.stat().st_mode & 0o077 == 0


def test_a_second_list_of_the_same_release_is_the_same_bytes_p39(boat, tmp_path):
    """Made by somebody else, in another folder, for the same day."""
    words = ["release", "--key", str(boat.key), "--to", str(tmp_path / "other")]
    day = str(boat.release().time)
    environment = {**boat.served.environment, "SOURCE_DATE_EPOCH": day, "SAMEBOAT_DATA": str(tmp_path)}
    command = [sys.executable, "-m", "sameboat.cli", *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "other").read_bytes() == boat.list.read_bytes()
    status, told = boat.look("--list", str(tmp_path / "other"))
    assert status == 0, told


def test_one_changed_byte_is_found_wherever_it_is_p39(boat):
    def one_byte(asked: Asked, answered: Answered) -> Answered:
        return saying(answered, answered.body[:-2] + b"!" + answered.body[-1:])

    routes = ("/in/", the_script(boat, "/inside/index-"), the_script(boat, ".worker-"), the_script(boat, "leave"))
    status, told = boat.look_behind(*((f"GET {route}", one_byte) for route in routes))
    assert status == 1
    assert told.count(": its ") == 2 * len(routes), told
    for route in routes:
        assert sum(f"{route} (" in line and ": its " in line for line in told.splitlines()) == 2, told


def test_what_only_some_are_served_is_found_p39(boat):
    """Altered code for one kind of visitor, or at an address below the shell's own."""

    def for_browsers(asked: Asked, answered: Answered) -> Answered:
        return saying(answered, b"x") if "Mozilla" in dict(asked.headers).get("user-agent", "") else answered

    assert boat.look_behind(("GET /in/", for_browsers))[0] == 1
    listed = {one.path for one in boat.release().files}

    def below_the_shell(asked: Asked, answered: Answered) -> Answered:
        return answered if asked.path in listed else saying(answered, answered.body + b" ")

    assert boat.look_behind(("GET /in/*", below_the_shell))[0] == 1


@pytest.mark.parametrize("name", ["content-security-policy", "integrity-policy", "cross-origin-opener-policy"])
def test_a_missing_header_is_found_on_any_answer_p39(boat, name):
    routes = ("/in/", "/help", "/api/home", "/nothing")
    status, told = boat.look_behind(*((f"GET {route}", without(name)) for route in routes))
    assert status == 1
    for route in routes:
        for way in ("as a browser asks", "asked plainly"):
            assert f"{route} ({way}): the header {name} is missing" in told, told
    assert told.count("is missing") == 2 * len(routes), told


def test_a_weaker_or_an_added_header_is_found_p39(boat):
    def weaker(asked: Asked, answered: Answered) -> Answered:
        changed = [
            (n, v.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")) for n, v in answered.headers
        ]
        return replace(answered, headers=(*changed, ("set-cookie", "who=1"), ("Link", "</x.js>; rel=preload")))

    status, told = boat.look_behind(("GET /in/", weaker))
    assert status == 1
    assert "unsafe-inline" in told
    assert "the header set-cookie is not part of the release" in told
    assert "the header link is not part of the release" in told


def test_a_microphone_opened_outside_or_a_camera_inside_is_found_p39(boat):
    def opening(feature):
        def tamper(asked: Asked, answered: Answered) -> Answered:
            changed = tuple((n, v.replace(f"{feature}=()", f"{feature}=(self)")) for n, v in answered.headers)
            return replace(answered, headers=changed)

        return tamper

    status, told = boat.look_behind(("GET /help", opening("microphone")), ("GET /in/", opening("camera")))
    assert status == 1
    assert all(f"{route} (asked plainly): the header permissions-policy" in told for route in ("/help", "/in/")), told
    assert told.count("permissions-policy") == 4, told


EXTRA = {
    "/": b"<script src='/elsewhere.js'></script>",
    "/help": b"<script>1</script>",
    "/find": b"<p onclick='1'>",
    "/privacy": b"<base href='/x/'>",
    "/nothing": b"<iframe src='/x'></iframe>",
    "/concern": b"<meta http-equiv='refresh' content='0;url=/x'>",
    "/old-browser": b"<link rel='stylesheet' href='/x.css'>",
}


def test_an_extra_part_of_a_page_is_found_p39(boat):
    """Pages outside are made by each site, so their bytes differ; what they run may not."""

    def more(asked: Asked, answered: Answered) -> Answered:
        return saying(answered, answered.body + EXTRA[asked.path])

    status, told = boat.look_behind(*((f"GET {page}", more) for page in EXTRA))
    assert status == 1
    found = [line for line in told.splitlines() if "not part of the release" in line]
    for page, put in EXTRA.items():
        assert [line for line in found if line.startswith(f"{page} (")], (put, told)
    assert {line.split(" (")[0] for line in found} == set(EXTRA)


def test_a_list_that_another_key_signed_says_nothing_p39(boat, tmp_path):
    boat.served.command("release", "--new-key", str(tmp_path / "other"))
    other = tmp_path / "other.pub"
    status, told = boat.look(key=other)
    assert (status, "bad_signature" in told) == (2, True), told
    assert boat.look(key=boat.key)[0] == 2
    assert boat.look(origin=f"http://localhost:{free_port()}")[0] == 2
    assert boat.look("--list", str(tmp_path / "nothing"))[0] == 2


def test_a_key_is_never_written_over(boat):
    command = [sys.executable, "-m", "sameboat.cli", "release", "--new-key", str(boat.key)]
    before = boat.key.read_bytes()
    done = subprocess.run(command, env=boat.served.environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert boat.key.read_bytes() == before
