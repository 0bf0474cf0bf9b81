"""What a report is made of, before anybody decides how it is written. Plain and whole: a writer asks nothing back."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

Cell = str | int | float | bool | datetime.date | datetime.datetime | None


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a paragraph, set strong or with emphasis."""

    text: str
    strong: bool = False
    emphasis: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within the report; level 1 is the largest below the title, 3 the smallest."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words, as they are or in runs. A `quiet` one is set smaller: a note, a caption."""

    text: str | tuple[Run, ...]
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; `numbered` where the order says something."""

    items: tuple[str | tuple[Run, ...], ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage in somebody's own words, with the participant's code. `place` says where it stands."""

    text: str
    participant: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under a head. `heads_rows` says that the first column names its row."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    heads_rows: bool = True


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG, with the words that say the same to whoever does not see it."""

    svg: str
    words: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins a page, where there are pages."""


Block = Heading | Paragraph | Bullets | Quotation | Table | Picture | NewPage


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. `facts` are pairs of a name and what it is, shown under the title."""

    title: str
    body: tuple[Block, ...]
    facts: tuple[tuple[str, str], ...] = ()
    made_on: datetime.date | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table by itself, for csv and xlsx. `rows` may be as long as they like; they are read once."""

    name: str
    head: tuple[str, ...]
    rows: Iterable[tuple[Cell, ...]]
