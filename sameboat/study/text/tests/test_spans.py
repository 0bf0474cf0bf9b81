"""Intervals against sets of characters, which is slow and plain."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sameboat.study.text import spans
from sameboat.study.text.tests.texts import CALM, HARD, spans_of

INTERVALS = spans_of(30)


def characters(some) -> set[int]:
    return {at for start, end in some for at in range(start, end)}


@CALM
@given(INTERVALS)
def test_merging_keeps_the_characters_and_nothing_touches(some):
    whole = spans.merged(some)
    assert characters(whole) == characters(some)
    assert all(left.end < right.start for left, right in pairwise(whole))
    assert all(span.start < span.end for span in whole)


@CALM
@given(INTERVALS, INTERVALS)
def test_common_and_without_are_what_sets_say(some, others):
    assert characters(spans.common(some, others)) == characters(some) & characters(others)
    assert characters(spans.without(some, others)) == characters(some) - characters(others)
    assert spans.size(some) == len(characters(some))


@CALM
@given(INTERVALS, INTERVALS)
def test_a_share_is_the_part_that_is_covered(some, whole):
    of = characters(whole)
    assert spans.share(some, whole) == (len(characters(some) & of) / len(of) if of else 0)


@CALM
@given(st.data())
def test_a_mended_typo_leaves_every_span_on_its_own_characters(data):
    length = data.draw(st.integers(1, 25))
    start, end = sorted(data.draw(st.lists(st.integers(0, length), min_size=2, max_size=2, unique=True)))
    at = data.draw(st.integers(0, length))
    removed, added = data.draw(st.integers(0, length - at)), data.draw(st.integers(0, 4))
    after = [*range(at), *[None] * added, *range(at + removed, length)]
    found = spans.after_edit((start, end), at, removed, added)
    stay = [place for place in after if place is not None and start <= place < end]
    if found is None:
        assert not stay and not added
        return
    assert 0 <= found.start < found.end <= len(after)
    assert [place for place in after[found.start : found.end] if place is not None] == stay


def test_text_put_in_at_an_edge_stays_outside_and_within_stays_within():
    assert spans.after_edit((5, 9), 5, 0, 2) == (7, 11)
    assert spans.after_edit((5, 9), 9, 0, 2) == (5, 9)
    assert spans.after_edit((5, 9), 7, 0, 2) == (5, 11)
    assert spans.after_edit((5, 9), 5, 4, 3) == (5, 8)
    assert spans.after_edit((5, 9), 4, 6, 0) is None


@CALM
@given(HARD, st.data())
def test_a_snippet_is_the_passage_itself_with_its_neighbours(text, data):
    start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    found = spans.snippet(text, (start, end), around=7)
    assert found.passage == text[start:end]
    assert text[:start].endswith(found.before) and text[end:].startswith(found.after)
    assert len(found.before) <= 7 and len(found.after) <= 7


def test_a_snippet_outside_the_text_is_refused():
    for outside in ((-1, 2), (2, 99), (3, 2)):
        with pytest.raises(ValueError):
            spans.snippet("the kettle", outside)
