"""What a log line may hold: a place in the code, and nothing that was sent."""

import logging
import sys

from sameboat.lib.quiet import PlaceOnly


def test_a_log_line_never_holds_what_was_sent():
    try:
        raise ValueError("the kettle sings in B flat")
    except ValueError:
        record = logging.LogRecord("boat", logging.ERROR, __file__, 7, "got %s", ("the kettle",), sys.exc_info())
    line = PlaceOnly().format(record)
    assert "kettle" not in line
    assert "ValueError" in line
    assert "test_a_log_line_never_holds_what_was_sent" in line
