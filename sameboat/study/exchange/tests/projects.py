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


@st.composite
def projects(draw) -> Project:
    """A study with everything in it, in no particular size."""
    used: set[str] = set()

    def guid() -> str:
        found = draw(GUIDS.filter(lambda one: one not in used))
        used.add(found)
        return found

    def some(names, most=3):
        return draw(st.lists(st.sampled_from(names), max_size=most, unique=True)) if names else []

    users = [User(guid(), draw(NAMES)) for _ in range(draw(st.integers(0, 2)))]
    notes = [Source(guid(), draw(NAMES), draw(TEXTS)) for _ in range(draw(st.integers(0, 2)))]
    note_guids = [one.guid for one in notes]
    codes: list[Code] = []
    for _ in range(draw(st.integers(0, 4))):
        parent = draw(st.sampled_from([None, *(code.guid for code in codes)]))
        colour = draw(st.sampled_from(["", "#1d5c58", "#aabbcc"]))
        codes.append(Code(guid(), draw(NAMES), draw(TEXTS), colour, draw(st.booleans()), parent, some(note_guids)))
    variables = [
        Variable(guid(), draw(NAMES), draw(st.sampled_from(sorted(VALUES)))) for _ in range(draw(st.integers(0, 2)))
    ]
    who = st.sampled_from([None, *(user.guid for user in users)])
    when = st.one_of(st.none(), TIMES)

    def values():
        return [Value(one.guid, draw(VALUES[one.kind])) for one in variables if draw(st.booleans())]

    def codings():
        return [
            Coding(guid(), code, draw(who), draw(when), some(note_guids))
            for code in some([code.guid for code in codes])
        ]

    def selection(text):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        says = " ".join(text[start:end].split())
        return Selection(guid(), start, end, says, draw(TEXTS), draw(who), draw(when), codings(), some(note_guids))

    sources = []
    for _ in range(draw(st.integers(0, 2))):
        text = draw(TEXTS)
        picked = [selection(text) for _ in range(draw(st.integers(0, 3)))] if text else []
        sources.append(
            Source(
                guid(),
                draw(NAMES),
                text,
                draw(TEXTS),
                draw(who),
                draw(when),
                picked,
                codings(),
                some(note_guids),
                values(),
            )
        )
    source_guids = [one.guid for one in sources]
    selections = [one.guid for source in sources for one in source.selections]
    code_guids = [one.guid for one in codes]
    cases = [
        Case(guid(), draw(NAMES), draw(TEXTS), some(code_guids), values(), some(source_guids), some(selections))
        for _ in range(draw(st.integers(0, 2)))
    ]
    sets = [
        Set(guid(), draw(NAMES), draw(TEXTS), some(code_guids), some(source_guids), some(note_guids))
        for _ in range(draw(st.integers(0, 2)))
    ]
    own = some(note_guids)
    return Project(
        draw(NAMES), draw(TEXTS), users, codes, variables, cases, sources, notes, sets, [], own, draw(who), draw(when)
    )


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
