"""The run that takes protections out is itself to be believed: it plays what it says, and notices what changed."""

import dataclasses
from collections import defaultdict

import pytest

from tools import mutants
from tools.mutant_rows import ROWS, Row, read_rows, wrong_rows
from tools.workshop import Workshop

RULE = "def is_open(door):\n    return door.used is False\n"
TEST = """from types import SimpleNamespace

from rule import is_open


def test_used_p48():
    assert not is_open(SimpleNamespace(used=True))
"""

# What one side alone can break: all others are held, and taken out, in both languages.
ON_ONE_SIDE = {
    **dict.fromkeys(("P6", "P62", "P68"), "browser"),
    **dict.fromkeys(("P37", "P38", "P40", "P41", "P43", "P67"), "python"),
}


@pytest.fixture(autouse=True)
def no_plugin(monkeypatch):
    """The trees played here need none of those that the project's tests load."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


def a_tree(folder):
    for name, text in {"rule.py": RULE, "test_rule.py": TEST, "pyproject.toml": "[tool.pytest.ini_options]\n"}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return Workshop(folder)


def row(**changed) -> Row:
    whole = Row(
        "here 1", "rule.py", "return door.used is False", "return True", "P48", ("test_rule.py::test_used_p48",)
    )
    return dataclasses.replace(whole, **changed)


def test_a_protection_that_is_tested_is_caught_and_put_back(tmp_path):
    shop = a_tree(tmp_path)
    assert shop.failing(row().tests) == []
    assert shop.failing_without(row()) == ["test_rule.py::test_used_p48"]
    assert (tmp_path / "rule.py").read_text() == RULE


def test_what_no_test_notices_or_what_only_breaks_the_file_is_no_catch(tmp_path):
    shop = a_tree(tmp_path)
    assert shop.failing_without(row(after="return not door.used")) == []
    assert shop.failing_without(row(after="return (")) == []


def test_a_row_must_stand_once_and_name_a_test_that_is_there(tmp_path):
    a_tree(tmp_path)
    assert wrong_rows([row()], tmp_path) == []
    assert wrong_rows([row(before="door")], tmp_path)
    assert wrong_rows([row(before="gone")], tmp_path)
    assert wrong_rows([row(tests=("test_gone.py::test_used",))], tmp_path)
    assert wrong_rows([row(), row(place="here 2")], tmp_path)


def test_a_commit_picks_ten_and_always_the_same():
    rows = read_rows(ROWS)
    assert mutants.chosen(rows, 10, "one") == mutants.chosen(rows, 10, "one")
    assert len(set(mutants.chosen(rows, 10, "one"))) == 10
    assert mutants.chosen(rows, 10, "one") != mutants.chosen(rows, 10, "other")
    assert not any(one.slow for one in mutants.chosen(rows, 10, "one"))


def test_every_protection_was_taken_out_since_its_file_changed():
    """What stands in mutants.json speaks for today's tree: after a change, `make mutants` plays what it touched."""
    rows = read_rows(ROWS)
    assert mutants.check(rows) == []
    assert len(rows) > 200


def test_every_property_is_taken_out_in_each_language_that_holds_it():
    found = defaultdict(set)
    for one in read_rows(ROWS):
        found[one.proves].add("browser" if one.file.startswith("frontend/") else "python")
    for number in range(1, 71):
        name = f"P{number}"
        wanted = {ON_ONE_SIDE[name]} if name in ON_ONE_SIDE else {"browser", "python"}
        assert wanted <= found[name], name
