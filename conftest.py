"""Fixtures for every test, wherever it stands."""

pytest_plugins = ["tests.fixtures.requests", "tests.fixtures.servers", "tests.fixtures.browsers"]
