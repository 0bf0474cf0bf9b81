"""The study's tests find their tables made, as served studies do.

Registered by `fixtures.py` once everything else is, for of two plugins with one fixture the later one's is taken.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sameboat.study.tests.served import ServedStudy
from tests.fixtures.tables import tables_in_memory


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    with tables_in_memory(ServedStudy):
        yield
