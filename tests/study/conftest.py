"""Tests of the study that go through a browser use the same Chromium as the others."""

from tests.fixtures.browsers import browser, pytest_collection_modifyitems

__all__ = ["browser", "pytest_collection_modifyitems"]
