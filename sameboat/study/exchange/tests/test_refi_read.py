"""Files of other programs with every oddity they are known for, each made here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sameboat.study.exchange.refi.read import read_refi
from sameboat.study.exchange.refi.write import write_project
from sameboat.study.exchange.tests.projects import (
    MEALS,
    ROSA,
    TALKS,
    TEXT,
    passage_xml,
    project_xml,
    qdpx,
    small_project,
    text_xml,
)
from sameboat.study.exchange.tests.test_refi_write import check, qde
from sameboat.study.readers import Unreadable
from sameboat.study.readers.tests.files import zip_of
from sameboat.study.text.tests.texts import CALM

LINES = "We met at six.\nThe 🫖 was warm.\nSoup came later.\n"
SAYS = ("The 🫖 was warm.", "Soup came later.")


def passages(text: str) -> str:
    """Passages for SAYS, at the places that `text` has them by code points."""
    return "".join(passage_xml(text.index(says), text.index(says) + len(says), says) for says in SAYS)


def said(project) -> list[str]:
    source = project.sources[0]
    return [source.text[one.start : one.end] for one in source.selections]


def test_any_name_of_the_project_and_of_its_folder_will_do():
    for qde_name, folder in (("project.qde", "sources"), ("Project.qde", "Sources"), ("My study.QDE", "SOURCES"),
                             ("My study/project.qde", "My study/sources"), ("x.qde", "Sources\\")):  # fmt: skip
        file = qdpx(text_xml(passages(LINES)), {f"{TEXT}.txt": LINES.encode()}, qde_name, folder)
        assert said(read_refi("other.qdpx", file)[0]) == list(SAYS)


@pytest.mark.parametrize(
    "space", ["urn:QDA-XML:project:1.0", "urn:QDA-XML:project:0:4", "urn:QDA-XML:project:0:10", ""]
)
def test_any_version_of_the_namespace_will_do(space):
    xml = text_xml(passages(LINES)).replace("urn:QDA-XML:project:1.0", space)
    assert said(read_refi("other.qdpx", qdpx(xml, {f"{TEXT}.txt": LINES.encode()}))[0]) == list(SAYS)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("in_file", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("counted", ["\n", "\r\n"])
def test_line_ends_counted_as_one_or_two_and_a_mark_are_found_out(mark, in_file, counted):
    by_their_count = LINES.replace("\n", counted)
    for shift in {"", "\ufeff" if mark else ""}:
        file = mark + LINES.replace("\n", in_file).encode()
        project, account = read_refi(
            "other.qdpx", qdpx(text_xml(passages(shift + by_their_count)), {f"{TEXT}.txt": file})
        )
        assert said(project) == list(SAYS)
        assert project.sources[0].text == LINES
        as_expected = not shift and len(in_file) == len(counted)
        assert bool(account.mended) != as_expected


def test_positions_in_utf16_units_are_found_out():
    units = {says: len(LINES[: LINES.index(says)].encode("utf-16-le")) // 2 for says in SAYS}
    xml = "".join(passage_xml(units[says], units[says] + len(says.encode("utf-16-le")) // 2, says) for says in SAYS)
    project, account = read_refi("other.qdpx", qdpx(text_xml(xml), {f"{TEXT}.txt": LINES.encode()}))
    assert said(project) == list(SAYS)
    assert any("UTF-16" in sentence for sentence in account.mended)


def test_what_a_passage_says_may_be_cut_short_or_be_spaced_otherwise():
    text = "One line here.\r\n" + LINES.replace("\n", "\r\n")
    start = text.index("The")
    for says in ("The 🫖 was…", "The 🫖 was warm.  Soup came later.", "The 🫖 was warm. Soup came..."):
        project, _ = read_refi(
            "other.qdpx", qdpx(text_xml(passage_xml(start - 2, len(text) - 5, says)), {f"{TEXT}.txt": text.encode()})
        )
        assert said(project) == ["The 🫖 was warm.\nSoup came later."], says


def test_text_within_the_xml_is_read_too():
    xml = text_xml(passages(LINES)).replace(f' plainTextPath="internal://{TEXT}.txt"', "")
    xml = xml.replace("<PlainTextSelection", f"<PlainTextContent>{LINES}</PlainTextContent><PlainTextSelection", 1)
    assert said(read_refi("other.qdpx", qdpx(xml))[0]) == list(SAYS)


def test_a_text_in_utf16_is_read():
    assert said(
        read_refi("other.qdpx", qdpx(text_xml(passages(LINES)), {f"{TEXT}.txt": LINES.encode("utf-16")}))[0]
    ) == list(SAYS)


def test_ids_in_braces_and_capitals_are_the_same_ids():
    xml = text_xml(passages(LINES)).replace(
        f'CodeRef targetGUID="{MEALS}"', f'CodeRef targetGUID="{{{MEALS.upper()}}}"'
    )
    project, account = read_refi("other.qdpx", qdpx(xml, {f"{{{TEXT.upper()}}}.txt": LINES.encode()}))
    assert {coding.code for one in project.sources[0].selections for coding in one.codings} == {MEALS}
    assert not account.left_out


def test_ids_that_are_used_twice_or_are_none_get_new_ones_and_nothing_is_lost():
    again = f'<Code guid="{MEALS}" name="meals again" isCodable="true"/><Code guid="42" name="no id" isCodable="true"/>'
    xml = text_xml(passages(LINES) + passages(LINES)).replace("</Codes>", again + "</Codes>")
    project, account = read_refi("other.qdpx", qdpx(xml, {f"{TEXT}.txt": LINES.encode()}))
    assert [code.name for code in project.codes] == ["meals", "talks", "meals again", "no id"]
    assert said(project) == list(SAYS) * 2
    guids = [code.guid for code in project.codes] + [
        c.guid for one in project.sources[0].selections for c in one.codings
    ]
    assert len(set(guids)) == len(guids)
    assert len(account.mended) == 2
    assert read_refi("other.qdpx", qdpx(xml, {f"{TEXT}.txt": LINES.encode()}))[0] == project
    check("Project.xsd", qde(write_project(project)))


def test_a_text_that_is_missing_is_said_and_its_passages_are_kept():
    project, account = read_refi("other.qdpx", qdpx(text_xml(passages(LINES))))
    assert project.sources == []
    assert any("“A1”: its text is not in the file" in sentence for sentence in account.left_out)
    written = write_project(project)
    check("Project.xsd", qde(written))
    assert len(qde(written).findall(".//{*}PlainTextSelection")) == len(SAYS)


def test_nothing_outside_of_the_archive_is_opened():
    for path in (
        "internal://../../../etc/hostname",
        "absolute:///etc/hostname",
        "file:///etc/hostname",
        "relative:///../x.txt",
    ):
        project, account = read_refi("other.qdpx", qdpx(text_xml(passages(LINES), path=path)))
        assert project.sources == [] and account.left_out
    file = zip_of({"project.qde": text_xml(passages(LINES)).encode(), f"../../{TEXT}.txt": LINES.encode()})
    project, account = read_refi("other.qdpx", file)
    assert project.sources == []
    assert any("lead out of the archive" in sentence for sentence in account.left_out)


def test_a_code_that_cannot_be_used_is_a_category():
    codes = (
        f'<Code guid="{MEALS}" name="food" isCodable="false"><Code guid="{TALKS}" name="soup" isCodable="1"/></Code>'
    )
    project, _ = read_refi("other.qdpx", qdpx(project_xml(f"<CodeBook><Codes>{codes}</Codes></CodeBook>")))
    assert [(code.name, code.category, code.parent) for code in project.codes] == [
        ("food", True, None),
        ("soup", False, MEALS),
    ]


def test_passages_of_pictures_and_pdfs_are_kept_and_given_out_again():
    coding = f'<Coding guid="{TEXT[:-2]}77"><CodeRef targetGUID="{MEALS}"/></Coding>'
    picture = (
        f'<PictureSource guid="{TEXT[:-2]}61" name="table.jpg" path="internal://a.jpg">'
        f'<PictureSelection guid="{TEXT[:-2]}62" '
        f'secondX="9" secondY="9" firstX="1" firstY="1" odd="x">{coding}<Odd/></PictureSelection></PictureSource>'
    )
    content = f"<PlainTextContent>{LINES}</PlainTextContent>{passages(LINES)}"
    pdf = (
        f'<PDFSource guid="{TEXT[:-2]}63" name="flyer.pdf">'
        f'<Representation guid="{TEXT[:-2]}65">{content}</Representation>'
        f'<PDFSelection guid="{TEXT[:-2]}64" page="0" firstX="1" firstY="1" secondX="9" secondY="9"/></PDFSource>'
    )
    codes = f'<CodeBook><Codes><Code guid="{MEALS}" name="meals" isCodable="true"/></Codes></CodeBook>'
    cases = f'<Cases><Case guid="{TEXT[:-2]}70" name="A1"><SourceRef targetGUID="{TEXT[:-2]}63"/></Case></Cases>'
    file = qdpx(project_xml(f"{codes}{cases}<Sources>{picture}{pdf}</Sources>"))
    project, account = read_refi("other.qdpx", file)
    assert [source.name for source in project.sources] == ["flyer.pdf"]
    assert said(project) == list(SAYS)
    assert project.cases[0].sources == [project.sources[0].guid]
    assert {one.element for one in project.kept} == {"PictureSource", "PDFSource"}
    assert any("table.jpg" in sentence for sentence in account.left_out)
    root = qde(write_project(project))
    check("Project.xsd", root)
    assert root.find(".//{*}PictureSelection").get("secondX") == "9"
    assert root.find(".//{*}PictureSelection//{*}CodeRef").get("targetGUID") == MEALS
    assert root.find(".//{*}PDFSelection") is not None


def test_a_film_with_a_transcript_gives_its_text_its_times_and_its_passages():
    points = "".join(
        f'<SyncPoint guid="{TEXT[:-2]}8{at}" position="{position}" timeStamp="{at * 1500}"/>'
        for at, position in enumerate((0, LINES.index("Soup"), len(LINES) - 1))
    )
    selection = (
        f'<TranscriptSelection guid="{TEXT[:-2]}91" fromSyncPoint="{TEXT[:-2]}81" toSyncPoint="{TEXT[:-2]}82">'
        f'<Coding guid="{TEXT[:-2]}92"><CodeRef targetGUID="{MEALS}"/></Coding></TranscriptSelection>'
    )
    film = (
        f'<VideoSource guid="{TEXT[:-2]}60" name="evening.mp4"><Transcript guid="{TEXT[:-2]}59">'
        f"<PlainTextContent>{LINES}</PlainTextContent>{points}{selection}</Transcript></VideoSource>"
    )
    codes = f'<CodeBook><Codes><Code guid="{MEALS}" name="meals" isCodable="true"/></Codes></CodeBook>'
    project, _ = read_refi("other.qdpx", qdpx(project_xml(f"{codes}<Sources>{film}</Sources>")))
    assert said(project) == ["Soup came later."]
    assert project.sources[0].moments == [(0, 0.0), (LINES.index("Soup"), 1.5), (len(LINES) - 1, 3.0)]


def test_a_passage_past_the_end_is_cut_or_left_out_and_it_is_said():
    xml = text_xml(
        passages(LINES)
        + passage_xml(len(LINES) - 6, 4000)
        + passage_xml(900, 950)
        + passage_xml(7, 7)
        + passage_xml(9, 3)
    )
    project, account = read_refi("other.qdpx", qdpx(xml, {f"{TEXT}.txt": LINES.encode()}))
    assert said(project) == [*SAYS, LINES[-6:]]
    assert any("went on past the end" in sentence for sentence in account.mended)
    assert any("3 passages lie outside" in sentence for sentence in account.left_out)


def test_positions_that_are_no_numbers_leave_the_passage_out():
    xml = text_xml(passages(LINES).replace('startPosition="15"', 'startPosition="fifteen"'))
    project, account = read_refi("other.qdpx", qdpx(xml, {f"{TEXT}.txt": LINES.encode()}))
    assert said(project) == [SAYS[1]]
    assert account.left_out


def test_references_that_lead_nowhere_are_left_out_and_said():
    xml = text_xml(passage_xml(0, 6, "We met", code=ROSA) + passage_xml(0, 6, "We met")).replace(
        "<PlainTextSelection", f'<PlainTextSelection creatingUser="{ROSA}"', 1
    )
    project, account = read_refi("other.qdpx", qdpx(xml, {f"{TEXT}.txt": LINES.encode()}))
    assert [len(one.codings) for one in project.sources[0].selections] == [0, 1]
    assert any("not in the codebook" in sentence for sentence in account.left_out)
    assert any("list of users" in sentence for sentence in account.left_out)


def test_a_codebook_with_a_wrong_namespace_is_read():
    xml = (
        '<CodeBook xmlns="urn:QDA-XML:codebook:1:0"><Codes><Code guid="x" name="support" isCodable="true" color="red"/>'
        '<Code name="meals"><Description>eating</Description></Code></Codes></CodeBook>'
    )
    project, account = read_refi("other.qdc", xml.encode())
    assert [(code.name, code.description) for code in project.codes] == [("support", ""), ("meals", "eating")]
    assert len(account.mended) == 2


@pytest.mark.parametrize(
    "content",
    [
        b"", b"hello", b"<Project", b"<Other/>", b"PK\x03\x04broken",
        zip_of({"readme.txt": b"x"}), zip_of({"project.qde": b"<Project"}),
        b'<!DOCTYPE Project [<!ENTITY a "aaaa">]><Project name="&a;"/>',
        qdpx('<!DOCTYPE Project [<!ENTITY a SYSTEM "file:///etc/hostname">]><Project>&a;</Project>'),
    ],
)  # fmt: skip
def test_what_is_no_project_is_refused_by_name(content):
    with pytest.raises(Unreadable, match=r"bad\.qdpx"):
        read_refi("bad.qdpx", content)


def test_a_project_that_opens_out_without_end_is_stopped():
    with pytest.raises(Unreadable, match="64 MB"):
        read_refi("bomb.qdpx", zip_of({"project.qde": b"<Project>" + b" " * 70_000_000}))
    with pytest.raises(Unreadable, match="MB"):
        read_refi("bomb.qdpx", qdpx(text_xml(passages(LINES)), {f"{TEXT}.txt": b"soup " * 5_000_000}))


def test_codes_nested_a_thousand_deep_are_read_without_falling_over():
    inner = "".join(f'<Code guid="{TEXT[:-4]}{at:04x}" name="c{at}" isCodable="true">' for at in range(200))
    xml = project_xml(f"<CodeBook><Codes>{inner}{'</Code>' * 200}</Codes></CodeBook>")
    project, _ = read_refi("deep.qdpx", qdpx(xml))
    assert len(project.codes) == 200
    check("Project.xsd", qde(write_project(project)))


@CALM
@given(st.data())
def test_no_damage_brings_anything_but_a_project_or_a_sentence(data):
    content = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        project, _ = read_refi("any.qde", bytes(content))
    except Unreadable as refused:
        assert "any.qde" in refused.sentence
        return
    check("Project.xsd", qde(write_project(project)))


WHOLE = text_xml(passages(LINES)).replace(
    f' plainTextPath="internal://{TEXT}.txt">', f"><PlainTextContent>{LINES}</PlainTextContent>"
).encode()  # fmt: skip


def test_three_emoji_before_a_passage_do_not_shift_it():
    project, _ = read_refi("own.qdpx", write_project(small_project()))
    assert said(project) == ["We ate", "talked"]
