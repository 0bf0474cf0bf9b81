"""The clock tells the time, and a test can move it."""

import datetime
import time

from sameboat.lib import clock


def test_it_is_now_and_in_utc():
    assert abs(clock.seconds() - time.time()) < 5
    assert clock.now().tzinfo is datetime.UTC


def test_a_clock_file_moves_it(settings, tmp_path):
    settings.CLOCK_FILE = str(tmp_path / "clock")
    assert abs(clock.seconds() - time.time()) < 5
    (tmp_path / "clock").write_text("86400.5\n")
    assert 86_395 < clock.seconds() - time.time() < 86_405
