"""The `sameboat` command, on real data folders."""

import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sameboat.config.copies import let_go
from sameboat.lib import clock
from sameboat.protocol.encoding import b64u
from tests.fixtures.servers import PATIENCE, Served, free_port


def said(served: Served, *words: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "sameboat.cli", *words]
    done = subprocess.run(command, env=served.environment, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def own(serve) -> Served:
    return serve()


@pytest.fixture(scope="module")
def running(serve) -> Served:
    """One that nothing here stops or changes."""
    return serve()


def test_a_copy_is_put_back_whole(own):
    own.command("operator", "add", "olive@boat.example")
    copy = Path(own.command("backup").strip())
    assert copy.stat().st_mode & 0o077 == 0
    own.command("operator", "add", "otto@boat.example")
    own.stop()
    assert "Put back" in own.command("restore", "latest")
    assert said(own, "operator", "link", "olive@boat.example")[0] == 0
    assert said(own, "operator", "link", "otto@boat.example")[0] == 1
    own.start()
    assert httpx.get(own.origin + "/in/").status_code == 200


def test_nothing_is_put_back_while_the_site_is_open(running):
    running.command("backup")
    status, words = said(running, "restore", "latest")
    assert status == 1
    assert "Stop" in words


def test_a_damaged_copy_is_refused_and_changes_nothing(own, tmp_path):
    own.command("operator", "add", "olive@boat.example")
    own.stop()
    damaged = tmp_path / "copy.sqlite3"
    for rubbish in (b"", b"not a copy", b"SQLite format 3\0" + b"\1" * 5000):
        damaged.write_bytes(rubbish)
        assert said(own, "restore", str(damaged))[0] == 1
    assert said(own, "restore", str(tmp_path / "none"))[0] == 1
    assert said(own, "operator", "link", "olive@boat.example")[0] == 0


def test_a_copy_is_made_every_day_by_itself(own):
    own.move_clock(days=1)
    until = time.monotonic() + PATIENCE
    while not list(own.data.glob("backups/*.sqlite3")) + list(own.data.glob("backups/*.pgdump")):
        assert time.monotonic() < until, own.errors()
        time.sleep(0.1)


def test_two_servers_never_share_a_data_folder(running):
    second = Served(running.data, free_port(), {}, database=running.database)
    status, words = said(second, "serve")
    assert status == 1
    assert "open" in words


def test_a_port_in_use_is_said(running, tmp_path):
    second = Served(tmp_path, running.port, {}, database=running.database)
    status, words = said(second, "serve")
    assert status == 1
    assert str(running.port) in words


def test_old_copies_go_and_the_newest_stays(tmp_path):
    for day in ("2026-01-01", "2026-01-02", "2026-01-03"):
        (tmp_path / f"sameboat-{day}-030000.sqlite3").touch()
    assert len(let_go(tmp_path, now=clock.now())) == 2
    assert [copy.name for copy in tmp_path.iterdir()] == ["sameboat-2026-01-03-030000.sqlite3"]


def test_what_was_set_aside_for_a_restore_goes_as_well_p35(tmp_path):
    (tmp_path / "sameboat-2026-01-01-030000.sqlite3").touch()
    assert len(let_go(tmp_path, now=clock.now(), keep_newest=False)) == 1
    assert not list(tmp_path.iterdir())


def test_check_deploy_refuses_what_is_dangerous(running):
    status, words = said(running, "check", "--deploy")
    assert status == 1
    for name in ("CLOCK_FILE", "ORIGIN", "CONTACT_KEY"):
        assert f"SAMEBOAT_{name}" in words


def test_check_deploy_is_content_with_a_good_server(running):
    good = {**running.environment, "SAMEBOAT_CLOCK_FILE": "", "SAMEBOAT_ORIGIN": "https://boat.example"}
    good["SAMEBOAT_EXIT_TO"] = "https://weather.example/"
    good["SAMEBOAT_CONTACT_KEY"] = b64u(X25519PrivateKey.generate().public_key().public_bytes_raw())
    command = [sys.executable, "-m", "sameboat.cli", "check", "--deploy"]
    done = subprocess.run(command, env=good, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout


def test_a_bad_setting_is_said_in_one_line(tmp_path):
    environment = Served(tmp_path, free_port(), {"ORIGIN": "boat"}).environment
    command = [sys.executable, "-m", "sameboat.cli", "check"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "SAMEBOAT_ORIGIN" in done.stderr
