"""The study's settings exist once, are documented, and refuse what cannot be used."""

import re

import pytest

from sameboat.lib.environment import BadSetting
from sameboat.study.config import env
from sameboat.study.config.commands import COMMANDS
from sameboat.study.config.settings_page import page
from tools.machine import ROOT


def test_the_settings_page_is_the_table():
    assert (ROOT / "docs/study-settings.md").read_text() == page(), "run: make settings-page"


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.168.1.4"])
def test_a_laptop_is_never_open_to_its_network(monkeypatch, address):
    monkeypatch.setenv("SAMEBOAT_STUDY_MODE", "laptop")
    monkeypatch.setenv("SAMEBOAT_STUDY_BIND", address)
    with pytest.raises(BadSetting, match="SAMEBOAT_STUDY_BIND"):
        env.read_bind()
    monkeypatch.setenv("SAMEBOAT_STUDY_MODE", "team")
    assert env.read_bind() == address


def test_a_setting_of_the_groups_is_not_one_of_the_study(monkeypatch):
    monkeypatch.setenv("SAMEBOAT_PORT", "8123")
    monkeypatch.delenv("SAMEBOAT_STUDY_PORT", raising=False)
    assert env.read_port() == 8001


@pytest.mark.parametrize("name", ["docs/operate.md", "docs/guide/study.md"])
def test_what_the_guides_name_is_there(name):
    words = (ROOT / name).read_text()
    named = set(re.findall(r"SAMEBOAT_STUDY_([A-Z_]+)", words))
    assert named and named <= {setting.name for setting in env.TABLE}
    commands = set(re.findall(r"sameboat study (\w+)", words)) - {"serve"}
    assert commands and commands <= set(COMMANDS)
    lead = re.findall(r"\((\.{0,2}/?[\w./-]+\.md)", words)
    assert [place for place in lead if not (ROOT / name).parent.joinpath(place).is_file()] == []
