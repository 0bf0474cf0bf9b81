"""Numbers as they are reported: percentiles, and a table that people can read."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


class WrongCount(Exception):
    """Something that had to be there once was not, or was there twice: the figure would be a lie."""


def must_be(found: object, expected: object, what: str) -> None:
    """Raises WrongCount where a bench did not do the work it claims to measure."""
    if found != expected:
        raise WrongCount(f"{what}: {found}, not {expected}")


def percentile(values: Iterable[float], share: float) -> float:
    """The nearest-rank percentile; `share` from 0 to 1. Raises WrongCount for no values."""
    ordered = sorted(values)
    if not ordered:
        raise WrongCount("no values at all")
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def median(values: Iterable[float]) -> float:
    return percentile(values, 0.5)


@dataclass(frozen=True)
class Figure:
    """One line of the table. `key` is its name in the JSON object; empty: shown only."""

    key: str
    about: str
    value: float
    unit: str
    digits: int = 2

    @property
    def rounded(self) -> float:
        return round(self.value, self.digits)


def table(figures: Sequence[Figure]) -> str:
    """The figures for people, one on each line."""
    wide = max(len(figure.about) for figure in figures)
    return "\n".join(
        f"  {figure.about:<{wide}}  {figure.rounded:>12,.{figure.digits}f} {figure.unit}" for figure in figures
    )


def as_json(figures: Sequence[Figure], keys: Sequence[str]) -> str:
    """One JSON object with exactly these keys, in this order. Raises WrongCount for a missing or extra one."""
    found = {figure.key: figure.rounded for figure in figures if figure.key}
    must_be(sorted(found), sorted(keys), "keys of the figures")
    return json.dumps({key: found[key] for key in keys})
