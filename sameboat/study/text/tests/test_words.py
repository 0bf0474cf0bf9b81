"""What counts as a word."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sameboat.study.text import words
from sameboat.study.text.tests.texts import CALM, HARD


def test_words_of_many_scripts():
    assert words.count("We had soup — and bread.") == 5
    assert words.count("שלום לכולם, הכול טוב") == 4
    assert words.count("हिन्दी में बात") == 3
    assert words.count("cafe\u0301 ano\u0302 👩‍👩‍👧 🫖") == 2
    assert words.count("") == words.count(" \n … —") == 0


@CALM
@given(HARD)
def test_bounds_are_the_words_that_are_counted(text):
    found = words.bounds(text)
    assert len(found) == words.count(text)
    assert [text[start:end] for start, end in found] == [piece for piece in text.split() if words.is_word(piece)]


@CALM
@given(HARD, st.data())
def test_parts_of_a_text_have_its_words_together(text, data):
    cuts = sorted({0, len(text), *data.draw(st.lists(st.integers(0, len(text)), max_size=4))})
    parts = list(pairwise(cuts))
    assert words.count_within(text, [(0, len(text))]) == words.count(text)
    assert words.count_within(text, parts) <= words.count(text)
    at_spaces = [cut for cut in cuts if cut in (0, len(text)) or text[cut].isspace() or text[cut - 1].isspace()]
    whole = list(pairwise(at_spaces))
    assert words.count_within(text, whole) == words.count(text)
