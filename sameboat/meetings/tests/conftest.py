"""These tests live in a year of their own, so that none of their dates is ever too long ago."""

import datetime
import time

import pytest

TODAY = int(datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC).timestamp())


@pytest.fixture(autouse=True)
def _in_their_own_year(settings, tmp_path):
    """The site's clock goes on from noon of that day."""
    ahead = tmp_path / "year"
    ahead.write_text(str(TODAY - int(time.time())), encoding="ascii")
    settings.CLOCK_FILE = str(ahead)
