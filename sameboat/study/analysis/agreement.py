"""How far coders agree: percentage, Cohen's kappa, Fleiss' kappa, Krippendorff's alpha. Pure.

A unit is one character of text, and a coder either put the code on it or did not. Nothing is counted character by
character: a stretch in which nobody starts or stops is one unit with a weight, so a book costs what its spans cost.

Sources: Cohen (1960), A coefficient of agreement for nominal scales; Fleiss (1971), Measuring nominal scale agreement
among many raters; Krippendorff (2011), Computing Krippendorff's alpha-reliability.
"""

from __future__ import annotations

import itertools
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sameboat.study.text.spans import common, merged, size

Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Table:
    """Two coders and one code, in characters: both, only the first, only the second, neither."""

    both: int
    first: int
    second: int
    neither: int

    @property
    def total(self) -> int:
        return self.both + self.first + self.second + self.neither

    def __add__(self, other: Table) -> Table:
        return Table(
            self.both + other.both,
            self.first + other.first,
            self.second + other.second,
            self.neither + other.neither,
        )


NOTHING = Table(0, 0, 0, 0)


def table(first: Spans, second: Spans, whole: Spans) -> Table:
    """What two coders did with one code. `whole`: the characters that both were asked to code."""
    of = merged(whole)
    ones, others = common(first, of), common(second, of)
    both = size(common(ones, others))
    only_first, only_second = size(ones) - both, size(others) - both
    return Table(both, only_first, only_second, size(of) - both - only_first - only_second)


def percentage(seen: Table) -> float | None:
    """The share of characters on which two agree, 0 to 1. None where there is no character."""
    return (seen.both + seen.neither) / seen.total if seen.total else None


def cohen(seen: Table) -> float | None:
    """Cohen's kappa. None where chance alone would always agree, so that nothing can be said."""
    if not seen.total:
        return None
    ones, others = seen.both + seen.first, seen.both + seen.second
    squared = seen.total * seen.total
    by_chance = ones * others + (seen.total - ones) * (seen.total - others)
    agreed = (seen.both + seen.neither) * seen.total
    return (agreed - by_chance) / (squared - by_chance) if squared != by_chance else None


@dataclass(frozen=True)
class Unit:
    """A stretch that was judged alike throughout: how long it is, and how many coders gave it each value."""

    weight: int
    judged: Mapping[object, int]


def units(coders: Sequence[Spans], whole: Spans) -> list[Unit]:
    """Stretches of `whole` and how many of the coders put the code there. Every coder has been through all of it."""
    edges: Counter[int] = Counter()
    for spans in coders:
        for start, end in common(spans, whole):
            edges[start] += 1
            edges[end] -= 1
    found: list[Unit] = []
    places = sorted({*edges, *(place for span in merged(whole) for place in span)})
    coded = 0
    inside = iter(merged(whole))
    span = next(inside, None)
    for at, then in itertools.pairwise(places):
        coded += edges[at]
        while span is not None and span.end <= at:
            span = next(inside, None)
        if span is not None and span.start <= at:
            found.append(Unit(then - at, {True: coded, False: len(coders) - coded}))
    return found


def krippendorff(seen: Iterable[Unit]) -> float | None:
    """Krippendorff's alpha for named values, with gaps: a unit that fewer than two judged does not count.

    None where only one value was ever given, so that nothing can be said.
    """
    values: Counter[object] = Counter()
    differing = 0.0
    for unit in seen:
        judges = sum(unit.judged.values())
        if judges < 2:
            continue
        for value, times in unit.judged.items():
            values[value] += unit.weight * times
            differing += unit.weight * times * (judges - times) / (judges - 1)
    total = sum(values.values())
    by_chance = total * total - sum(times * times for times in values.values())
    return 1 - (total - 1) * differing / by_chance if by_chance else None


def fleiss(seen: Iterable[Unit]) -> float | None:
    """Fleiss' kappa. Raises ValueError unless every unit was judged by the same number, two or more.

    None where only one value was ever given.
    """
    rows = list(seen)
    judges = {sum(unit.judged.values()) for unit in rows}
    if len(judges) != 1 or min(judges) < 2:
        raise ValueError("every unit needs the same number of judges, at least two")
    many = judges.pop()
    weight = sum(unit.weight for unit in rows)
    values: Counter[object] = Counter()
    agreeing = 0
    for unit in rows:
        for value, times in unit.judged.items():
            values[value] += unit.weight * times
            agreeing += unit.weight * times * (times - 1)
    agreed = agreeing / (weight * many * (many - 1))
    by_chance = sum(times * times for times in values.values()) / (weight * many) ** 2
    return (agreed - by_chance) / (1 - by_chance) if by_chance != 1 else None


@dataclass(frozen=True)
class Disagreement:
    """A passage that some put the code on and others did not; `says` are the places of those coders who did."""

    start: int
    end: int
    says: tuple[int, ...]


def disagreements(coders: Sequence[Spans], whole: Spans) -> list[Disagreement]:
    """Every passage on which coders differ, longest first: what is worth talking about."""
    every = [common(spans, whole) for spans in coders]
    edges = sorted({place for spans in every for span in spans for place in span})
    pieces = list(itertools.pairwise(edges))
    found = [(piece, tuple(i for i, spans in enumerate(every) if _holds(spans, piece[0]))) for piece in pieces]
    mixed = [Disagreement(*piece, says) for piece, says in found if 0 < len(says) < len(coders)]
    return sorted(_joined(mixed), key=lambda passage: (passage.start - passage.end, passage.start))


def _holds(spans: Sequence[tuple[int, int]], at: int) -> bool:
    """Whether a character lies in spans that are in order and apart."""
    place = bisect_right(spans, (at, sys.maxsize)) - 1
    return place >= 0 and at < spans[place][1]


def _joined(passages: Iterable[Disagreement]) -> list[Disagreement]:
    """Neighbours with the same opinion are one passage."""
    whole: list[Disagreement] = []
    for passage in passages:
        if whole and whole[-1].end == passage.start and whole[-1].says == passage.says:
            whole[-1] = Disagreement(whole[-1].start, passage.end, passage.says)
        else:
            whole.append(passage)
    return whole
