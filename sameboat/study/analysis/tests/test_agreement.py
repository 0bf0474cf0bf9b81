"""Agreement against published figures and against three kept libraries, to 1e-12."""

import math
import random

import krippendorff as krippendorff_library
import numpy
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import fleiss_kappa

from sameboat.study.analysis import agreement
from sameboat.study.analysis.agreement import NOTHING, Unit, cohen, disagreements, fleiss, krippendorff, table, units

LENGTH = 120
spans = st.lists(st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)).map(sorted).map(tuple), max_size=6)
close = pytest.approx
# Thirty people, each judged by six: a figure for each judgement (Fleiss 1971, table 1).
FLEISS = (
    "444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333 144444 224445 "
    "333335 111455 111112 224444 133555 555555 244444 224555 114444 144445 222224 111155 224444 133333 555555"
)


def marks(of: list[tuple[int, int]], length: int = LENGTH) -> list[int]:
    """One number for each character: what the libraries want."""
    found = [0] * length
    for start, end in of:
        found[start:end] = [1] * (end - start)
    return found


def judged(*columns: str) -> list[Unit]:
    """Units from a published table: a row for each coder, a letter for each unit, a point for none."""
    rows = [column.split() for column in columns]
    return [Unit(1, {value: unit.count(value) for value in set(unit) - {"."}}) for unit in zip(*rows, strict=True)]


def test_the_case_that_another_tool_gets_wrong() -> None:
    seen = table([(0, 200)], [(100, 300)], [(0, 1000)])
    assert (seen.both, seen.first, seen.second, seen.neither) == (100, 100, 100, 700)
    assert cohen(seen) == close(0.375, abs=1e-12)
    assert agreement.percentage(seen) == close(0.8, abs=1e-12)


def test_published_alphas_with_gaps() -> None:
    three = judged(
        ". . . . . 3 4 1 2 1 1 3 3 . 3",
        "1 . 2 1 3 3 4 3 . . . . . . .",
        ". . 2 1 3 4 4 . 2 1 1 3 3 . 4",
    )
    four = judged(
        "1 2 3 3 2 1 4 1 2 . . .",
        "1 2 3 3 2 2 4 1 2 5 . 3",
        ". 3 3 3 2 3 4 2 2 5 1 .",
        "1 2 3 3 2 4 4 1 2 5 1 .",
    )
    assert krippendorff(three) == close(0.691, abs=5e-4)
    assert krippendorff(four) == close(0.743, abs=5e-4)


def test_fleiss_as_published_in_1971() -> None:
    rows = FLEISS.split()
    seen = [Unit(1, {value: row.count(value) for value in set(row)}) for row in rows]
    counts = numpy.array([[row.count(value) for value in "12345"] for row in rows])
    assert fleiss(seen) == close(0.430, abs=5e-4)
    assert fleiss(seen) == close(fleiss_kappa(counts), abs=1e-12)


@settings(max_examples=3 * settings.default.max_examples // 2)
@given(spans, spans)
def test_kappa_is_the_one_of_scikit_learn(first: list[tuple[int, int]], second: list[tuple[int, int]]) -> None:
    found = cohen(table(first, second, [(0, LENGTH)]))
    assume(found is not None)
    assert found == close(cohen_kappa_score(marks(first), marks(second)), abs=1e-12)


@settings(max_examples=3 * settings.default.max_examples // 2)
@given(st.lists(spans, min_size=2, max_size=4))
def test_alpha_and_fleiss_are_those_of_the_libraries(coders: list[list[tuple[int, int]]]) -> None:
    seen = units(coders, [(0, LENGTH)])
    rows = [marks(of) for of in coders]
    assume(0 < sum(map(sum, rows)) < LENGTH * len(coders))
    assert krippendorff(seen) == close(
        krippendorff_library.alpha(numpy.array(rows), level_of_measurement="nominal"), abs=1e-12
    )
    counts = numpy.array([[sum(unit), len(coders) - sum(unit)] for unit in zip(*rows, strict=True)])
    assert fleiss(seen) == close(fleiss_kappa(counts), abs=1e-12)


@settings(max_examples=4 * settings.default.max_examples // 5)
@given(st.lists(spans, min_size=2, max_size=3), spans)
def test_only_what_was_to_be_coded_counts(coders: list[list[tuple[int, int]]], whole: list[tuple[int, int]]) -> None:
    asked = [at for at, inside in enumerate(marks(whole)) if inside]
    seen = units(coders, whole)
    assert sum(unit.weight for unit in seen) == len(asked)
    assert sum(unit.weight * unit.judged[True] for unit in seen) == sum(marks(of)[at] for of in coders for at in asked)
    assert table(coders[0], coders[1], whole).total == len(asked)


def test_nothing_can_be_said_where_nobody_could_have_differed() -> None:
    assert cohen(table([], [], [(0, 50)])) is None
    assert cohen(NOTHING) is None
    assert agreement.percentage(NOTHING) is None
    assert krippendorff(units([[], []], [(0, 50)])) is None
    with pytest.raises(ValueError, match="same number"):
        fleiss([Unit(1, {True: 1})])


def test_disagreements_come_longest_first_with_who_said_so() -> None:
    found = disagreements([[(0, 10), (50, 90)], [(5, 10), (40, 90)], []], [(0, 100)])
    assert [(passage.start, passage.end, passage.says) for passage in found] == [
        (50, 90, (0, 1)),
        (40, 50, (1,)),
        (0, 5, (0,)),
        (5, 10, (0, 1)),
    ]


def test_a_long_study_costs_what_its_spans_cost() -> None:
    chance = random.Random(7)
    coders = [[(at, at + 40) for at in chance.sample(range(30_000_000), 2000)] for _ in range(2)]
    assert not math.isnan(krippendorff(units(coders, [(0, 30_000_000)])) or 0.0)
    assert disagreements(coders, [(0, 30_000_000)])
