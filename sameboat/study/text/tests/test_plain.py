"""What comes in once and is then kept."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sameboat.study.text.plain import one_line_end, storable
from sameboat.study.text.tests.texts import CALM, HARD

ANY = st.text(st.one_of(st.characters(), st.sampled_from("\x00\x0b\x0c\x1f\x85\r\n\ufeff\ud83d")), max_size=40)


@CALM
@given(HARD)
def test_line_ends_become_one_and_once_is_enough(text):
    once = one_line_end("\ufeff" + text)
    assert "\r" not in once
    assert one_line_end(once) == once.removeprefix("\ufeff")
    lines = text.replace("\r", "")
    assert one_line_end(lines.replace("\n", "\r\n")) == one_line_end(lines)


@CALM
@given(ANY)
def test_what_is_kept_can_be_written_as_utf8_and_as_xml(text):
    kept = storable(text)
    kept.encode("utf-8")
    element = etree.Element("text")
    element.text = kept
    assert "\x00" not in kept


def test_only_the_unprintable_goes():
    assert storable("soup\x00\x07 and\x0bbread\tהיום\ud83d") == "soup and\nbread\tהיום\ufffd"
