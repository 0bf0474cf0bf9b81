"""Fixtures for every test, wherever it stands."""

import pytest

pytest_plugins = [
    "tests.fixtures.chance",
    "tests.fixtures.requests",
    "tests.fixtures.members",
    "tests.fixtures.groups",
    "tests.fixtures.servers",
    "tests.fixtures.rooms",
    "tests.fixtures.telling",
    "tests.fixtures.browsers",
    "tests.fixtures.relays",
]


# The study has settings and models of its own, so its tests run in a process of their own: tests/study/pytest.ini.
collect_ignore = ["sameboat/study", "tests/study"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--deep", action="store_true", help="the long counts of `make deep`")
