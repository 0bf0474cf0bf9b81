"""QualCoder's documented tables, with the faults that its projects are known for."""

import sqlite3

import pytest

from sameboat.study.exchange.qualcoder import NEVER_TRIED, read_qualcoder
from sameboat.study.readers import Unreadable
from sameboat.study.readers.tests.files import zip_of

TEXT = "We ate soup 🫖.\nThen we talked.\nNobody had to speak."
TABLES = """
CREATE TABLE project (databaseversion text, date text, memo text, about text, bookmarkfile integer,
    bookmarkpos integer);
CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text, owner text, date text,
    av_text_id integer, risid integer, unique(name));
CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text, memo text, supercatid integer);
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text, date text,
    color text);
CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer, seltext text, pos0 integer, pos1 integer,
    owner text, date text, memo text, avid integer, important integer, unique(cid, fid, pos0, pos1, owner));
CREATE TABLE annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer, memo text, owner text,
    date text);
CREATE TABLE cases (caseid integer primary key, name text, memo text, owner text, date text);
CREATE TABLE case_text (id integer primary key, caseid integer, fid integer, pos0 integer, pos1 integer, owner text);
CREATE TABLE attribute (attrid integer primary key, name text, attr_type text, value text, id integer, date text);
CREATE TABLE journal (jid integer primary key, name text, jentry text, date text, owner text);
CREATE TABLE code_image (imid integer primary key, id integer, cid integer);
CREATE TABLE code_av (avid integer primary key, id integer, cid integer);
"""
WHEN = "2026-03-02 10:00:00"


def mark(number: int, code: int, says: str, owner: str, shift: int = 0) -> tuple:
    at = TEXT.index(says) + shift
    return number, code, 1, says, at, at + len(says), owner, WHEN, "", None, None


def file(*changes: str, marks: list[tuple] = ()) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.executescript(TABLES)
    connection.execute("INSERT INTO project VALUES ('v14', ?, 'about belonging', 'QualCoder', 0, 0)", (WHEN,))
    connection.execute("INSERT INTO source VALUES (1, 'A1', ?, NULL, 'first', 'rosa', ?, NULL, NULL)", (TEXT, WHEN))
    connection.execute(
        "INSERT INTO source VALUES (2, 'table.jpg', NULL, '/images/table.jpg', '', 'rosa', '', NULL, NULL)"
    )
    connection.execute(
        "INSERT INTO code_cat VALUES (1, 'food', 'rosa', ?, 'all of it', NULL), (2, 'warm', 'rosa', ?, '', 1)",
        (WHEN, WHEN),
    )
    connection.execute(
        "INSERT INTO code_name VALUES (1, 'soup', 'in a bowl', 2, 'rosa', ?, '#1D5C58'),"
        " (2, 'talk', '', NULL, 'rosa', ?, '#aa')",
        (WHEN, WHEN),
    )
    rows = marks or [
        mark(1, 1, "soup", "rosa"),
        mark(2, 2, "Then we talked.", "rosa"),
        mark(3, 2, "Then we talked.", "tariq"),
    ]
    connection.executemany("INSERT INTO code_text VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    connection.execute("INSERT INTO annotation VALUES (1, 1, 0, 6, 'who is we?', 'rosa', ?)", (WHEN,))
    connection.execute("INSERT INTO cases VALUES (1, 'A1', 'the first', 'rosa', '')")
    connection.execute("INSERT INTO case_text VALUES (1, 1, 1, 0, 50, 'rosa')")
    connection.execute("INSERT INTO attribute VALUES (1, 'Group', 'case', 'A', 1, '')")
    connection.execute("INSERT INTO journal VALUES (1, 'Day one', 'It began with a kettle.', ?, 'rosa')", (WHEN,))
    for change in changes:
        connection.execute(change)
    connection.commit()
    return connection.serialize()


def marks_of(project) -> list[tuple[str, list[str]]]:
    names = {code.guid: code.name for code in project.codes}
    one = project.sources[0]
    return [(one.text[at.start : at.end], [names[coding.code] for coding in at.codings]) for at in one.selections]


@pytest.mark.parametrize("packed", [False, True])
def test_texts_codes_passages_notes_and_cases_are_read(packed):
    content = zip_of({"evening.qda/data.qda": file()}) if packed else file()
    project, account = read_qualcoder("evening.qda", content)
    assert marks_of(project) == [
        ("soup", ["soup"]),
        ("Then we talked.", ["talk"]),
        ("Then we talked.", ["talk"]),
        ("We ate", []),
    ]
    assert [(code.name, code.category) for code in project.codes] == [
        ("food", True),
        ("warm", True),
        ("soup", False),
        ("talk", False),
    ]
    assert [code.colour for code in project.codes[2:]] == ["#1d5c58", ""]
    assert [(case.name, [value.value for value in case.values]) for case in project.cases] == [("A1", ["A"])]
    assert project.cases[0].sources == [project.sources[0].guid]
    assert {note.text for note in project.notes} == {"who is we?", "It began with a kettle."}
    assert NEVER_TRIED in account.mended
    assert any("table.jpg" in sentence for sentence in account.left_out)


def test_two_people_on_the_same_words_stay_two():
    project, _ = read_qualcoder("two.qda", file())
    names = {user.guid: user.name for user in project.users}
    assert [names[at.codings[0].user] for at in project.sources[0].selections if at.codings] == [
        "rosa",
        "rosa",
        "tariq",
    ]


def test_a_deleted_category_does_not_make_the_project_unreadable():
    project, account = read_qualcoder("gone.qda", file("DELETE FROM code_cat WHERE catid = 2"))
    assert {code.name: code.parent for code in project.codes}["soup"] is None
    assert any("category that is gone" in sentence for sentence in account.mended)


def test_categories_in_a_ring_are_opened():
    project, account = read_qualcoder("ring.qda", file("UPDATE code_cat SET supercatid = 2 WHERE catid = 1"))
    assert len(project.codes) == 4
    assert any("within themselves" in sentence for sentence in account.mended)


def test_marks_that_a_typo_has_moved_are_found_by_what_they_say():
    units = [(1, 2, 1, "Then we talked.", 17, 32, "rosa", WHEN, "", None, None)]
    project, account = read_qualcoder("units.qda", file(marks=units))
    assert marks_of(project)[0] == ("Then we talked.", ["talk"])
    assert any("UTF-16" in sentence for sentence in account.mended)


def test_marks_outside_of_the_text_or_with_a_code_that_is_gone_are_said():
    bad = [(1, 1, 1, "", 900, 950, "rosa", WHEN, "", None, None), (2, 77, 1, "", 0, 2, "rosa", WHEN, "", None, None)]
    project, account = read_qualcoder("bad.qda", file(marks=bad))
    assert marks_of(project) == [("We ate", [])]
    assert any("outside of its text" in sentence for sentence in account.left_out)
    assert any("code that is gone" in sentence for sentence in account.left_out)


def test_what_is_no_project_of_qualcoder_is_refused():
    empty = sqlite3.connect(":memory:")
    empty.execute("CREATE TABLE soup (id)")
    for content in (b"", b"hello", zip_of({"readme.txt": b""}), empty.serialize()):
        with pytest.raises(Unreadable, match=r"bad\.qda"):
            read_qualcoder("bad.qda", content)
