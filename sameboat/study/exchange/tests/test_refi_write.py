"""Everything that is written in REFI-QDA keeps to the standard's own schemas and comes back the same."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from sameboat.study.exchange.refi.read import read_refi
from sameboat.study.exchange.refi.write import write_codebook, write_project
from sameboat.study.exchange.tests.projects import TALKS, TEXT, WORDS, in_depth, projects, schema, small_project
from sameboat.study.readers.tests.real import real

CALM = settings(max_examples=3 * settings.default.max_examples // 5, suppress_health_check=list(HealthCheck))


def opened(archive: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(archive))


def qde(archive: bytes):
    return etree.fromstring(opened(archive).read("project.qde"))


def check(kind: str, root) -> None:
    against = schema(kind)
    assert against.validate(root), against.error_log.last_error


@CALM
@given(projects())
def test_every_project_validates_and_comes_back_the_same(project):
    in_depth(project)
    written = write_project(project)
    check("Project.xsd", qde(written))
    read, account = read_refi("out.qdpx", written)
    assert read == project
    assert write_project(read) == written
    assert not account.mended and not account.left_out


@CALM
@given(projects())
def test_every_codebook_validates_and_comes_back_the_same(project):
    in_depth(project)
    if not project.codes:
        with pytest.raises(ValueError):
            write_codebook(project.codes, project.sets)
        return
    written = write_codebook(project.codes, project.sets)
    check("Codebook.xsd", etree.fromstring(written))
    read, account = read_refi("out.qdc", written)
    seen = [(code.guid, code.name, code.description, code.colour, code.category, code.parent) for code in project.codes]
    assert [(c.guid, c.name, c.description, c.colour, c.category, c.parent) for c in read.codes] == seen
    assert [(one.guid, one.name, one.codes) for one in read.sets] == [
        (one.guid, one.name, one.codes) for one in project.sets
    ]
    assert write_codebook(read.codes, read.sets) == written
    assert not account.left_out


def test_positions_are_code_points_of_the_text_in_the_file():
    written = write_project(small_project())
    text = opened(written).read(f"sources/{TEXT}.txt")
    assert text.decode("utf-8") == WORDS
    passage = qde(written).findall(".//{*}PlainTextSelection")[1]
    start, end = int(passage.get("startPosition")), int(passage.get("endPosition"))
    assert WORDS[start:end] == "talked"
    assert passage.find(".//{*}CodeRef").get("targetGUID") == TALKS


def test_the_archive_is_flat_and_the_same_each_time():
    first, second = write_project(small_project()), write_project(small_project())
    assert first == second
    assert opened(first).namelist() == ["project.qde", f"sources/{TEXT}.txt"]
    assert not opened(first).read(f"sources/{TEXT}.txt").startswith(b"\xef\xbb\xbf")


def test_no_container_is_written_empty():
    project = small_project()
    for part in ("users", "codes", "variables", "cases", "sources", "notes", "sets"):
        setattr(project, part, [])
    project.user = None
    root = qde(write_project(project))
    assert len(root) == 0
    check("Project.xsd", root)


def test_what_no_xml_can_hold_is_not_written():
    project = small_project()
    project.name = project.codes[0].description = project.notes[0].text = "a\x00b\x0bc\ud83d"
    root = qde(write_project(project))
    check("Project.xsd", root)
    assert root.get("name") == "ab\nc\ufffd"


def test_the_real_atlas_project_goes_in_and_out_and_in():
    file = real("refi-qda", "TestProject.qdpx")
    project, account = read_refi(file.name, file.read_bytes())
    assert len(project.codes) == 14 and len(project.users) == 3 and len(project.sets) == 16 and len(project.notes) == 2
    assert {code.name for code in project.codes} >= {"Coke::diet Coke", '"rushed"', "serene"}
    assert [one.element for one in project.kept].count("TextSource") == 6
    assert any("“Simon.docx”: its text is not in the file" in said for said in account.left_out)
    written = write_project(project)
    root = qde(written)
    check("Project.xsd", root)
    selections = len(
        etree.fromstring(opened(file.read_bytes()).read("Project.qde")).findall(".//{*}PlainTextSelection")
    )
    assert len(root.findall(".//{*}PlainTextSelection")) == selections
    assert {len(root.findall(f".//{{*}}{kind}Selection")) > 0 for kind in ("PDF", "Picture", "Video")} == {True}
    again, _ = read_refi("again.qdpx", written)
    assert write_project(again) == written
    assert (again.codes, again.sets, again.notes, again.users) == (
        project.codes,
        project.sets,
        project.notes,
        project.users,
    )
