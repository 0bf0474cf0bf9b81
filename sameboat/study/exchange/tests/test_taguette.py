"""Files that Taguette 1.5.2 itself writes, made for this test by its own code in an environment of its own."""

import contextlib
import sqlite3
import subprocess
import tempfile
from pathlib import Path

import pytest
from lxml import etree

from sameboat.study.exchange.refi.read import read_refi
from sameboat.study.exchange.refi.write import write_codebook
from sameboat.study.exchange.taguette import read_taguette
from sameboat.study.exchange.tests.projects import schema
from sameboat.study.readers import Unreadable
from tools import apart, machine, stamps

pytestmark = pytest.mark.packaging


@pytest.fixture(scope="module")
def written() -> Path:
    """A folder with what Taguette wrote; kept for as long as neither Taguette nor what it is asked for changes."""
    writes = Path(__file__).with_name("taguette_writes.py")
    state = stamps.digest([writes, machine.ROOT / "requirements" / "taguette.txt"])
    kept = stamps.FOLDER / "written" / f"taguette-{state[:16]}"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=kept.parent))
        subprocess.run([apart.python("taguette"), writes, made], check=True, capture_output=True)
        # Put in place at once: of tests beside these, the first one's stays.
        with contextlib.suppress(OSError):
            made.rename(kept)
    return kept


def read(file: Path):
    return read_taguette(file.name, file.read_bytes())


def said(project) -> dict[str, list[str]]:
    return {one.name: [one.text[mark.start : mark.end] for mark in one.selections] for one in project.sources}


@pytest.mark.parametrize("name", ["all.sqlite3", "export.sqlite3"])
def test_every_highlight_stands_where_it_stood_emoji_or_not(written, name):
    project, account = read(written / name)
    assert said(project) == {
        "Evening": ["soup", "We felt supportive.", "שלום"],
        "Morning": ["The kettle sang."],
    }
    assert project.sources[0].text == (
        "An evening\n🫖🍲🥣 Support was there, and soup.\nWe felt supportive.\nשלום, said Ana & Ben."
    )
    assert account.kept["passages"] == 4
    assert not account.mended


def test_support_is_not_supportive_and_what_is_below_it_is_below_it(written):
    project, _ = read(written / "export.sqlite3")
    codes = {code.guid: code for code in project.codes}
    names = {code.name: code for code in project.codes}
    assert set(names) == {"support", "supportive", "warm", "interesting"}
    assert names["warm"].parent == names["support"].guid
    assert names["supportive"].parent is None
    on = [[codes[coding.code].name for coding in mark.codings] for one in project.sources for mark in one.selections]
    assert on == [["support"], ["supportive", "warm"], [], ["support"]]


def test_a_highlight_without_a_tag_is_not_lost(written):
    _, account = read(written / "export.sqlite3")
    assert account.kept["passages without a code"] == 1


def test_who_made_a_highlight_is_known_where_the_file_tells(written):
    project, _ = read(written / "all.sqlite3")
    assert [user.name for user in project.users] == ["admin"]
    assert project.sources[0].selections[0].user == project.users[0].guid
    assert project.sources[0].selections[0].at is not None


def test_places_in_other_units_and_outside_of_the_text_are_found_out(written, tmp_path):
    file = tmp_path / "shifted.sqlite3"
    file.write_bytes((written / "export.sqlite3").read_bytes())
    page = "An evening\n🫖🍲🥣 Support was there, and soup."
    start = len(page[: page.index("soup")].encode("utf-16-le")) // 2
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE highlights SET start_offset = ?, end_offset = ? WHERE id = 1", (start, start + 4))
        connection.execute("DELETE FROM highlights WHERE id IN (2, 3)")
        connection.execute("UPDATE highlights SET start_offset = 900000, end_offset = 900010 WHERE id = 4")
    project, account = read(file)
    assert said(project) == {"Evening": ["soup"], "Morning": []}
    assert any("UTF-16" in sentence for sentence in account.mended)
    assert any("“Morning”: a highlight lies outside" in sentence for sentence in account.left_out)


def test_its_codebook_does_not_keep_to_the_schema_and_ours_does(written):
    theirs = (written / "codebook.qdc").read_bytes()
    assert not schema("Codebook.xsd").validate(etree.fromstring(theirs))
    project, _ = read_refi("codebook.qdc", theirs)
    assert {code.name for code in project.codes} == {"support", "supportive", "support.warm", "interesting"}
    assert schema("Codebook.xsd").validate(etree.fromstring(write_codebook(project.codes, [])))


def test_a_file_that_is_none_of_taguettes_or_damaged_is_refused(written, tmp_path):
    other = tmp_path / "other.sqlite3"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE soup (id)")
    whole = (written / "export.sqlite3").read_bytes()
    for content in (other.read_bytes(), b"", b"hello", whole[:5000], whole[:100] + bytes(len(whole) - 100)):
        with pytest.raises(Unreadable, match=r"bad\.sqlite3"):
            read_taguette("bad.sqlite3", content)


def test_a_view_in_place_of_a_table_is_never_run(tmp_path):
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id, 1 AS project_id FROM n"
    file = tmp_path / "view.sqlite3"
    with sqlite3.connect(file) as connection:
        for table in ("documents", "highlights", "tags"):
            connection.execute(f"CREATE VIEW {table} AS {endless}")
        connection.execute("CREATE TABLE projects (id, name, description)")
    with pytest.raises(Unreadable, match=r"bad\.sqlite3"):
        read_taguette("bad.sqlite3", file.read_bytes())
