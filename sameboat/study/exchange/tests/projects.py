"""Studies of every shape, and REFI-QDA files as other programs write them. Invented text only."""

from __future__ import annotations

import datetime
import functools
import uuid

from hypothesis import strategies as st
from lxml import etree

from sameboat.study.exchange.shapes import (
    Case,
    Code,
    Coding,
    Project,
    Selection,
    Set,
    Source,
    User,
    Value,
    Variable,
)
from sameboat.study.readers.tests.files import zip_of
from sameboat.study.readers.tests.real import real
from sameboat.study.text.plain import storable
from sameboat.study.text.tests.texts import HARD

NOON = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)
BELONGING, MEALS, TALKS = (f"00000000-0000-4000-8000-00000000000{at}" for at in (1, 2, 3))
ROSA, TEXT, NOTE = (f"00000000-0000-4000-8000-0000000000{at}" for at in (11, 21, 31))
WORDS = "We ate soup 🫖🍲🥣.\nThen we talked, and שלום was said.\nNobody had to speak."


@functools.cache
def schema(name: str) -> etree.XMLSchema:
    """One of the standard's own schemas, from the folder of real data."""
    return etree.XMLSchema(etree.parse(real("refi-qda", name)))


def small_project() -> Project:
    """One text with three codes, a note, a participant and a theme."""
    at = WORDS.index("talked")
    passage = Selection(str(uuid.UUID(int=51)), at, at + 6, "talked", user=ROSA, at=NOON)
    passage.codings = [Coding(str(uuid.UUID(int=61)), TALKS, ROSA, NOON)]
    plain = Selection(str(uuid.UUID(int=52)), 0, 6, "We ate")
    source = Source(TEXT, "A1", WORDS, user=ROSA, at=NOON, selections=[plain, passage], notes=[NOTE])
    return Project(
        "Two groups",
        users=[User(ROSA, "Rosa")],
        codes=[Code(BELONGING, "belonging", "to be part of it", "#1d5c58", category=True),
               Code(MEALS, "meals", colour="#aa5500", parent=BELONGING), Code(TALKS, "talks", parent=BELONGING)],
        variables=[Variable(str(uuid.UUID(int=71)), "Group")],
        cases=[Case(str(uuid.UUID(int=81)), "A1", values=[Value(str(uuid.UUID(int=71)), "A")], sources=[TEXT])],
        sources=[source],
        notes=[Source(NOTE, "first thoughts", "It is about the table.")],
        sets=[Set(str(uuid.UUID(int=91)), "A table of one's own", "sitting down", codes=[MEALS, TALKS], notes=[NOTE])],
        user=ROSA, at=NOON,
    )  # fmt: skip


def qdpx(body: str, texts: dict[str, bytes] | None = None, qde: str = "project.qde", folder: str = "sources") -> bytes:
    """An archive whose project holds this XML."""
    parts = {f"{folder}/{name}": content for name, content in (texts or {}).items()}
    return zip_of({qde: body.encode(), **parts})


def project_xml(inside: str, space: str = "urn:QDA-XML:project:1.0") -> str:
    return f'<?xml version="1.0" encoding="utf-8"?><Project xmlns="{space}" name="Other">{inside}</Project>'


def text_xml(passages: str, guid: str = TEXT, path: str | None = None) -> str:
    """Codes, and one text in a file of its own with these passages."""
    codes = "".join(
        f'<Code guid="{guid}" name="{name}" isCodable="true"/>' for guid, name in ((MEALS, "meals"), (TALKS, "talks"))
    )
    where = path or f"internal://{guid}.txt"
    text = f'<TextSource guid="{guid}" name="A1" plainTextPath="{where}">{passages}</TextSource>'
    return project_xml(f"<CodeBook><Codes>{codes}</Codes></CodeBook><Sources>{text}</Sources>")


def passage_xml(start: int, end: int, says: str = "", code: str = MEALS, at: int = 0) -> str:
    guids = (str(uuid.UUID(int=1000 + start * 7 + end + at)), str(uuid.UUID(int=5000 + start * 7 + end + at)))
    return (
        f'<PlainTextSelection guid="{guids[0]}" name="{says}" startPosition="{start}" endPosition="{end}">'
        f'<Coding guid="{guids[1]}"><CodeRef targetGUID="{code}"/></Coding></PlainTextSelection>'
    )


NAMES = (
    st.text(
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff\u2028\u2029\x85"), max_size=12
    )
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
TEXTS = HARD.map(storable)
TIMES = st.integers(600_000_000, 4_000_000_000).map(
    lambda second: datetime.datetime.fromtimestamp(second, datetime.UTC)
)
VALUES = {
    "Text": TEXTS,
    "Boolean": st.booleans(),
    "Integer": st.integers(-(10**9), 10**9),
    "Float": st.decimals(-1000, 1000, places=3),
    "Date": st.dates(datetime.date(1900, 1, 1)),
    "DateTime": TIMES,
}
GUIDS = st.uuids(version=4).map(str)


class _Chance:
    """Draws the parts of a study; no id comes twice."""

    def __init__(self, draw):
        self.draw = draw
        self.used: set[str] = set()
        self.users = [User(self.guid(), draw(NAMES)) for _ in self.up_to(2)]
        self.who = st.sampled_from([None, *(user.guid for user in self.users)])
        self.when = st.one_of(st.none(), TIMES)
        self.notes = [Source(self.guid(), draw(NAMES), draw(TEXTS)) for _ in self.up_to(2)]
        self.codes: list[Code] = []
        for _ in self.up_to(4):
            self.codes.append(self.code())
        kinds = st.sampled_from(sorted(VALUES))
        self.variables = [Variable(self.guid(), draw(NAMES), draw(kinds)) for _ in self.up_to(2)]

    def guid(self) -> str:
        found = self.draw(GUIDS.filter(lambda one: one not in self.used))
        self.used.add(found)
        return found

    def up_to(self, most: int) -> range:
        return range(self.draw(st.integers(0, most)))

    def some(self, rows, most: int = 3) -> list[str]:
        """A few of these rows, by their ids."""
        names = [row.guid for row in rows]
        return self.draw(st.lists(st.sampled_from(names), max_size=most, unique=True)) if names else []

    def code(self) -> Code:
        parent = self.draw(st.sampled_from([None, *(code.guid for code in self.codes)]))
        colour = self.draw(st.sampled_from(["", "#1d5c58", "#aabbcc"]))
        named = (self.draw(NAMES), self.draw(TEXTS), colour, self.draw(st.booleans()))
        return Code(self.guid(), *named, parent, self.some(self.notes))

    def values(self) -> list[Value]:
        chosen = [one for one in self.variables if self.draw(st.booleans())]
        return [Value(one.guid, self.draw(VALUES[one.kind])) for one in chosen]

    def by(self):
        return self.draw(self.who), self.draw(self.when)

    def codings(self) -> list[Coding]:
        return [Coding(self.guid(), code, *self.by(), self.some(self.notes)) for code in self.some(self.codes)]

    def selection(self, text: str) -> Selection:
        start = self.draw(st.integers(0, len(text) - 1))
        end = self.draw(st.integers(start + 1, len(text)))
        says = " ".join(text[start:end].split())
        said = (says, self.draw(TEXTS), *self.by())
        return Selection(self.guid(), start, end, *said, self.codings(), self.some(self.notes))

    def source(self) -> Source:
        text = self.draw(TEXTS)
        picked = [self.selection(text) for _ in self.up_to(3)] if text else []
        named = (self.guid(), self.draw(NAMES), text, self.draw(TEXTS))
        return Source(*named, *self.by(), picked, self.codings(), self.some(self.notes), self.values())

    def case(self, sources: list[Source]) -> Case:
        selections = [one for source in sources for one in source.selections]
        named = (self.guid(), self.draw(NAMES), self.draw(TEXTS), self.some(self.codes), self.values())
        return Case(*named, self.some(sources), self.some(selections))

    def set(self, sources: list[Source]) -> Set:
        named = (self.guid(), self.draw(NAMES), self.draw(TEXTS), self.some(self.codes))
        return Set(*named, self.some(sources), self.some(self.notes))


class _Maker:
    """Draws the parts of a study, each with ids of its own."""

    def __init__(self, draw) -> None:
        self.draw, self.used = draw, set()
        self.users = [User(self.guid(), draw(NAMES)) for _ in range(draw(st.integers(0, 2)))]
        self.notes = [Source(self.guid(), draw(NAMES), draw(TEXTS)) for _ in range(draw(st.integers(0, 2)))]
        self.codes: list[Code] = []
        for _ in range(draw(st.integers(0, 4))):
            self.codes.append(self.code())
        kinds = st.sampled_from(sorted(VALUES))
        self.variables = [Variable(self.guid(), draw(NAMES), draw(kinds)) for _ in range(draw(st.integers(0, 2)))]

    def guid(self) -> str:
        found = self.draw(GUIDS.filter(lambda one: one not in self.used))
        self.used.add(found)
        return found

    def some(self, rows) -> list[str]:
        guids = [one.guid for one in rows]
        return self.draw(st.lists(st.sampled_from(guids), max_size=3, unique=True)) if guids else []

    def who_and_when(self):
        who = st.sampled_from([None, *(user.guid for user in self.users)])
        return self.draw(who), self.draw(st.one_of(st.none(), TIMES))

    def code(self) -> Code:
        parent = self.draw(st.sampled_from([None, *(code.guid for code in self.codes)]))
        colour = self.draw(st.sampled_from(["", "#1d5c58", "#aabbcc"]))
        named = self.guid(), self.draw(NAMES), self.draw(TEXTS)
        return Code(*named, colour, self.draw(st.booleans()), parent, self.some(self.notes))

    def values(self) -> list[Value]:
        return [Value(one.guid, self.draw(VALUES[one.kind])) for one in self.variables if self.draw(st.booleans())]

    def codings(self) -> list[Coding]:
        return [
            Coding(self.guid(), code, *self.who_and_when(), self.some(self.notes)) for code in self.some(self.codes)
        ]

    def selection(self, text: str) -> Selection:
        start = self.draw(st.integers(0, len(text) - 1))
        end = self.draw(st.integers(start + 1, len(text)))
        says, about = " ".join(text[start:end].split()), self.draw(TEXTS)
        made = self.guid(), start, end, says, about, *self.who_and_when()
        return Selection(*made, self.codings(), self.some(self.notes))

    def source(self) -> Source:
        text = self.draw(TEXTS)
        picked = [self.selection(text) for _ in range(self.draw(st.integers(0, 3)))] if text else []
        named = self.guid(), self.draw(NAMES), text, self.draw(TEXTS)
        return Source(*named, *self.who_and_when(), picked, self.codings(), self.some(self.notes), self.values())


@st.composite
def projects(draw) -> Project:
    """A study with everything in it, in no particular size."""
    made = _Maker(draw)
    sources = [made.source() for _ in range(draw(st.integers(0, 2)))]
    selections = [one for source in sources for one in source.selections]
    cases = [
        Case(made.guid(), draw(NAMES), draw(TEXTS), made.some(made.codes), made.values(), made.some(sources),
             made.some(selections))
        for _ in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    sets = [
        Set(made.guid(), draw(NAMES), draw(TEXTS), made.some(made.codes), made.some(sources), made.some(made.notes))
        for _ in range(draw(st.integers(0, 2)))
    ]
    about = draw(NAMES), draw(TEXTS)
    parts = made.users, made.codes, made.variables, cases, sources, made.notes, sets
    return Project(*about, *parts, [], made.some(made.notes), *made.who_and_when())


def in_depth(project: Project) -> Project:
    """The same with codes in the order in which they are written: each before its own, depth first."""
    children: dict[str | None, list[Code]] = {}
    for code in project.codes:
        children.setdefault(code.parent, []).append(code)
    ordered: list[Code] = []
    waiting = list(reversed(children.get(None, [])))
    while waiting:
        code = waiting.pop()
        ordered.append(code)
        waiting.extend(reversed(children.get(code.guid, [])))
    project.codes = ordered
    return project
