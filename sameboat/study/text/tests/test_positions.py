"""The same place, however it is counted."""

import pytest
from hypothesis import given

from sameboat.study.text.plain import one_line_end
from sameboat.study.text.positions import (
    Ruler,
    line_end_as_two,
    utf8_width,
    utf16_positions,
    utf16_width,
)
from sameboat.study.text.tests.texts import CALM, HARD


@CALM
@given(HARD)
def test_utf16_is_what_a_browser_counts(text):
    expected = [len(text[:at].encode("utf-16-le")) // 2 for at in range(len(text) + 1)]
    assert utf16_positions(text, range(len(text) + 1)) == expected


@CALM
@given(HARD)
def test_every_position_comes_back_from_every_count(text):
    for width in (utf16_width, utf8_width, line_end_as_two(utf16_width), line_end_as_two(utf8_width)):
        for shift in (0, 1, 3):
            ruler = Ruler(text, width, shift)
            assert [ruler.here(ruler.there(at)) for at in range(len(text) + 1)] == list(range(len(text) + 1))
            assert ruler.there(len(text)) == ruler.length


@CALM
@given(HARD)
def test_utf8_is_what_the_bytes_say(text):
    ruler = Ruler(text, utf8_width)
    assert [ruler.there(at) for at in range(len(text) + 1)] == [len(text[:at].encode()) for at in range(len(text) + 1)]


@CALM
@given(HARD)
def test_a_line_end_counted_as_two_is_the_text_with_crlf(text):
    lines = one_line_end(text)
    ruler = Ruler(lines, line_end_as_two(lambda _: 1))
    for at in range(len(lines) + 1):
        assert ruler.there(at) == len(lines[:at].replace("\n", "\r\n"))


def test_half_of_an_emoji_is_no_place():
    ruler = Ruler("a🫖b", utf16_width)
    assert ruler.here(2) is None
    assert ruler.holding(2) == 1
    assert [ruler.holding(at) for at in (-5, 0, 1, 3, 4, 99)] == [0, 0, 1, 2, 3, 3]


def test_a_place_past_the_end_is_refused():
    ruler = Ruler("abc", utf16_width)
    assert ruler.here(4) is None
    for outside in (-1, 4):
        with pytest.raises(IndexError):
            ruler.there(outside)
