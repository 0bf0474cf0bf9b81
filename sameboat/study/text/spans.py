"""Arithmetic of half-open intervals of code points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple


class Span(NamedTuple):
    """From `start`, which is inside, to `end`, which is not."""

    start: int
    end: int


def merged(spans: Iterable[tuple[int, int]]) -> list[Span]:
    """The same characters with nothing twice: in order, apart from one another. Empty spans are left out."""
    whole: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if whole and start <= whole[-1].end:
            whole[-1] = Span(whole[-1].start, max(end, whole[-1].end))
        else:
            whole.append(Span(start, end))
    return whole


def common(some: Iterable[tuple[int, int]], others: Iterable[tuple[int, int]]) -> list[Span]:
    """The characters that are in both."""
    left, right = merged(some), merged(others)
    found: list[Span] = []
    a = b = 0
    while a < len(left) and b < len(right):
        start, end = max(left[a].start, right[b].start), min(left[a].end, right[b].end)
        if start < end:
            found.append(Span(start, end))
        if left[a].end <= right[b].end:
            a += 1
        else:
            b += 1
    return found


def without(some: Iterable[tuple[int, int]], others: Iterable[tuple[int, int]]) -> list[Span]:
    """The characters of `some` that are not in `others`: what is still uncoded."""
    return list(_gaps(merged(some), merged(others)))


def _gaps(some: Sequence[Span], others: Sequence[Span]) -> Iterator[Span]:
    at = 0
    for start, end in some:
        while at < len(others) and others[at].end <= start:
            at += 1
        look = at
        while look < len(others) and others[look].start < end:
            if start < others[look].start:
                yield Span(start, others[look].start)
            start = max(start, others[look].end)
            look += 1
        if start < end:
            yield Span(start, end)


def size(spans: Iterable[tuple[int, int]]) -> int:
    """How many characters, none counted twice."""
    return sum(end - start for start, end in merged(spans))


def share(spans: Iterable[tuple[int, int]], whole: Iterable[tuple[int, int]]) -> float:
    """What part of `whole` lies in `spans`, 0 to 1. Of nothing it is 0."""
    of = merged(whole)
    total = size(of)
    return size(common(spans, of)) / total if total else 0.0


def after_edit(span: tuple[int, int], at: int, removed: int, added: int) -> Span | None:
    """Where a span stands after `removed` characters at `at` became `added` others.

    What is put in at an edge stays outside, what is changed within stays within. A span whose every character went is
    the text that came instead; None only where nothing came.
    """
    start, end = span
    gone, moved = at + removed, added - removed
    if end <= at:
        return Span(start, end)
    if start >= gone:
        return Span(start + moved, end + moved)
    if start <= at and end >= gone:
        found = Span(start, end + moved)
    elif start < at:
        found = Span(start, at)
    elif end > gone:
        found = Span(at + added, end + moved)
    else:
        found = Span(at, at + added)
    return found if found.start < found.end else None


class Snippet(NamedTuple):
    """A passage with what stands around it; `before` and `after` are cut at a space where one is near."""

    before: str
    passage: str
    after: str


def snippet(text: str, span: tuple[int, int], around: int = 60) -> Snippet:
    """The passage of a span with up to `around` characters on each side. Raises ValueError outside the text."""
    start, end = span
    if not 0 <= start <= end <= len(text):
        raise ValueError("the span lies outside the text")
    first, last = max(0, start - around), min(len(text), end + around)
    before, after = text[first:start], text[end:last]
    if first and " " in before:
        before = before[before.index(" ") + 1 :]
    if last < len(text) and " " in after:
        after = after[: after.rindex(" ")]
    return Snippet(before, text[start:end], after)
