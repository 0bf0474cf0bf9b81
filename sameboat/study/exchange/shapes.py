"""A study of any program, as plain things: what every format here is read into and written from.

Ids are GUIDs as lower-case text without braces. Positions are Unicode code points, half-open. Times are aware, UTC.
"""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

Plain = str | bool | int | Decimal | datetime.date | datetime.datetime


@dataclass(slots=True)
class User:
    """Somebody who worked on it."""

    guid: str
    name: str = ""


@dataclass(slots=True)
class Code:
    """A code, or a category that only holds others. `parent` is another code's GUID; parents stand before children."""

    guid: str
    name: str
    description: str = ""
    colour: str = ""
    category: bool = False
    parent: str | None = None
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Coding:
    """A code was put on something, by whom and when."""

    guid: str
    code: str
    user: str | None = None
    at: datetime.datetime | None = None
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Selection:
    """A passage, with the codes that are on it; there may be none."""

    guid: str
    start: int
    end: int
    name: str = ""
    description: str = ""
    user: str | None = None
    at: datetime.datetime | None = None
    codings: list[Coding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Value:
    """What a variable is, for one case or source."""

    variable: str
    value: Plain


@dataclass(slots=True)
class Source:
    """A text, or a note: both may hold passages. `moments` are pairs of a position and the second it is said at."""

    guid: str
    name: str
    text: str = ""
    description: str = ""
    user: str | None = None
    at: datetime.datetime | None = None
    selections: list[Selection] = field(default_factory=list)
    codings: list[Coding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    moments: list[tuple[int, float]] = field(default_factory=list)


@dataclass(slots=True)
class Variable:
    """A property that cases and sources may have. `kind` is Text, Boolean, Integer, Float, Date or DateTime."""

    guid: str
    name: str
    kind: str = "Text"
    description: str = ""


@dataclass(slots=True)
class Case:
    """Somebody or something studied: here a participant."""

    guid: str
    name: str
    description: str = ""
    codes: list[str] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    selections: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Set:
    """A named set of codes, sources and notes: here a theme, where it has codes."""

    guid: str
    name: str
    description: str = ""
    codes: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Kept:
    """Something that has no home here, kept as the other program wrote it and given out again: its element and XML."""

    element: str
    guid: str
    name: str
    xml: str


@dataclass(slots=True)
class Project:
    """A whole study. `notes` of the project itself are named in `own_notes`."""

    name: str
    description: str = ""
    users: list[User] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)
    variables: list[Variable] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    notes: list[Source] = field(default_factory=list)
    sets: list[Set] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    own_notes: list[str] = field(default_factory=list)
    user: str | None = None
    at: datetime.datetime | None = None


@dataclass(slots=True)
class Account:
    """What became of a file: counts of what was kept, sentences on what was put right and what was not kept."""

    kept: Counter[str] = field(default_factory=Counter)
    mended: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def mend(self, sentence: str) -> None:
        """Something was understood otherwise than written."""
        if sentence not in self.mended:
            self.mended.append(sentence)

    def leave_out(self, sentence: str) -> None:
        """Something was not kept."""
        if sentence not in self.left_out:
            self.left_out.append(sentence)
