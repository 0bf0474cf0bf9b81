"""Settings exist once, are documented, and refuse what cannot be used."""

import re

import pytest

from sameboat.config import env
from sameboat.config.settings_page import page
from sameboat.lib.database import database
from tests.contracts.code import python_files
from tools.machine import ROOT

MAY_TOUCH_THE_ENVIRONMENT = {
    "sameboat/lib/environment.py",
    "sameboat/cli/commands.py",  # puts --data and --port in force
    "sameboat/cli/release.py",  # SOURCE_DATE_EPOCH, which every builder sets
    "sameboat/config/ready.py",  # names the settings module to Django
    "sameboat/study/config/ready.py",  # the same for the study
    "sameboat/study/config/commands.py",
}


def test_the_settings_page_is_the_table():
    assert (ROOT / "docs/settings.md").read_text() == page(), "run: make settings-page"


def test_nothing_else_reads_the_environment():
    for file in python_files("sameboat"):
        name = str(file.relative_to(ROOT))
        if name not in MAY_TOUCH_THE_ENVIRONMENT and "tests" not in file.parts:
            assert not re.search(r"os\.environ|getenv", file.read_text()), name


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "0"), ("PORT", "80a"), ("ORIGIN", "example.org"), ("ORIGIN", "https://a.org/b")]
)
def test_a_value_that_cannot_work_is_refused(monkeypatch, name, value):
    monkeypatch.setenv(env.PREFIX + name, value)
    with pytest.raises(env.BadSetting, match=name):
        env.read_origin() if name == "ORIGIN" else env.read_port()


def test_a_value_outside_its_choices_is_refused(monkeypatch):
    monkeypatch.setenv("SAMEBOAT_START_MODE", "closed")
    with pytest.raises(env.BadSetting, match="code, request, open"):
        env.read("START_MODE")


def test_the_secret_is_made_once_and_is_its_owners_only(monkeypatch, tmp_path):
    monkeypatch.setenv("SAMEBOAT_DATA", str(tmp_path / "new"))
    assert env.secret() == env.secret()
    assert len(env.secret()) >= 50
    assert (tmp_path / "new" / "secret").stat().st_mode & 0o777 == 0o600


def test_a_database_address_is_understood(tmp_path):
    there = database("postgresql://boat:a%40b@db.example:5433/rows?sslmode=require", tmp_path)
    assert (there["HOST"], there["PORT"], there["NAME"]) == ("db.example", "5433", "rows")
    assert (there["PASSWORD"], there["OPTIONS"]) == ("a@b", {"sslmode": "require"})
    assert database("postgresql:///rows?host=/run/pg", tmp_path)["HOST"] == "/run/pg"


def test_a_database_address_that_names_no_database_is_refused(tmp_path):
    for address in ("mysql://host/rows", "postgresql://host", "rows"):
        with pytest.raises(env.BadSetting, match="DATABASE"):
            database(address, tmp_path)


def test_sqlite_is_durable_and_writers_wait_their_turn(tmp_path):
    options = database("", tmp_path)["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    for wanted in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        assert wanted in options["init_command"]
