"""The same talk out of every format."""

import json
from itertools import pairwise

import docx
import pytest
from hypothesis import given

from sameboat.study.readers import Unreadable, read
from sameboat.study.readers.tests.damage import with_part
from sameboat.study.readers.tests.files import COLONS, TALK, docx_of, odt_of, pdf_of, rtf_of, said, saved
from sameboat.study.text.plain import storable
from sameboat.study.text.tests.texts import CALM, HARD

LINES = [f"{who}: {words}" for who, words in TALK]
PAGE = "<!doctype html><title>No</title><style>p{}</style><body>" + "".join(
    f"<p><b>{who}:</b>\n  {words}</p>" for who, words in TALK
)
SRT = "".join(f"{at}\n00:00:{at:02},500 --> 00:00:{at + 1:02},400\n{line}\n\n" for at, line in enumerate(LINES, 1))
WHISPER = {
    "segments": [{"start": at, "end": at + 0.5, "text": f" {w}", "speaker": s} for at, (s, w) in enumerate(TALK)]
}

FILES = {
    "talk.txt": COLONS.encode(),
    "talk.md": COLONS.encode(),
    "talk.docx": docx_of(LINES),
    "bold.docx": docx_of(LINES, bold_label=True),
    "talk.odt": odt_of(LINES),
    "talk.rtf": rtf_of(LINES),
    "talk.pdf": pdf_of(LINES),
    "talk.html": PAGE.encode(),
    "talk.srt": SRT.encode(),
    "talk.json": json.dumps(WHISPER).encode(),
}


@pytest.mark.parametrize("name", FILES)
def test_every_format_gives_the_same_talk(name):
    found = read(name, FILES[name])
    assert said(found) == list(TALK)
    assert found.format == name.split(".")[1]


HARD_LINES = [
    "Ana: 🫖 tea, שלום and cafe\u0301",
    "Ben: مرحبا 👩‍👩‍👧 𝔞 नमस्ते",
    "Ana: “Curly” — done…",
    "Ben: ñ is n\u0303",
]


@pytest.mark.parametrize("make", [docx_of, odt_of, rtf_of, lambda lines: "\n".join(lines).encode("utf-16")])
def test_every_character_comes_through(make):
    end = {docx_of: "docx", odt_of: "odt", rtf_of: "rtf"}.get(make, "txt")
    found = read(f"hard.{end}", make(HARD_LINES))
    assert [f"{turn.speaker}: {found.text[turn.start : turn.end]}" for turn in found.turns] == HARD_LINES


@CALM
@given(HARD)
def test_turns_lie_in_the_text_in_order_whatever_stands_there(text):
    try:
        found = read("any.txt", text.encode())
    except Unreadable:
        assert not storable(text).strip()
        return
    assert "\r" not in found.text and "\x00" not in found.text
    assert all(0 <= turn.start < turn.end <= len(found.text) for turn in found.turns)
    assert all(left.end < right.start for left, right in pairwise(found.turns))


def test_a_word_table_with_names_in_its_first_column():
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for who, words in (*TALK, *TALK):
        row = table.add_row().cells
        row[0].text, row[1].text = who, words
    assert said(read("table.docx", saved(document))) == [*TALK, *TALK]


def test_soft_breaks_and_tabs_of_a_word_document():
    found = read("soft.docx", docx_of(["Ana:\tHow was it?\nBen:\tWarm.\nAnd good.", "Ana:\tGood."]))
    assert said(found) == [("Ana", "How was it?"), ("Ben", "Warm.\nAnd good."), ("Ana", "Good.")]


def test_deleted_text_of_tracked_changes_is_not_there_and_inserted_text_is():
    made = docx_of([*LINES, "Ben: HERE"])
    change = '<w:ins w:id="1"><w:r><w:t>warm soup</w:t></w:r></w:ins>'
    change += '<w:del w:id="2"><w:r><w:delText>cold</w:delText></w:r></w:del>'
    found = read(
        "changes.docx",
        replaced(made, b"<w:r><w:t>Ben: HERE</w:t></w:r>", b"<w:r><w:t>Ben: </w:t></w:r>" + change.encode()),
    )
    assert said(found)[-1] == ("Ben", "warm soup")


def test_lines_of_a_pdf_become_paragraphs_again_and_page_edges_go():
    long = [
        f"{who}: {words} " + "We ate and talked about the week that was and the one to come. " * 4
        for who, words in TALK * 5
    ]
    found = read("long.pdf", pdf_of(long, title="Interview A1"))
    assert [f"{who}: {words}" for who, words in said(found)] == [line.strip() for line in long]
    assert any("Interview A1" in note for note in found.notes)


def test_cues_of_one_voice_are_put_together_until_there_is_a_pause():
    cues = "WEBVTT\n\nNOTE made by hand\n\n1\n00:01.000 --> 00:02.000\n<v Ana>We ate\n\n"
    cues += "2\n00:02.100 --> 00:03.000\n<v Ana><i>together</i>.\n\n"
    cues += (
        "3\n00:09.000 --> 00:10.000\n<v Ana>Then we left.\n\n4\n00:10.500 --> 00:11.000\n<v Ben>Late.\n<v Ana>Yes.\n"
    )
    found = read("cues.vtt", cues.encode())
    assert said(found) == [("Ana", "We ate together."), ("Ana", "Then we left."), ("Ben", "Late."), ("Ana", "Yes.")]
    assert [turn.seconds for turn in found.turns] == [1, 9, 10.5, 10.5]


def test_cues_are_found_however_a_program_parts_them_and_no_time_is_made_up():
    cues = "WEBVTT - made by hand\r\nKind: captions\r\n00:01.000 --> 00:02.000 align:start\r\nOne,\r\n two.\r\n\r\n\r\n"
    cues += "NOTE\r\nnot said\r\n\r\nSTYLE\r\n::cue { color: red }\r\n\r\n"
    cues += "a name\r\n1:0:5.5 --> 1:0:6.25\r\nThree.\r\n01:00:09.000-->01:00:10.000\r\nFour.\r\n\r\n"
    cues += "01:61:00.000 --> 01:62:00.000\r\nnot said\r\n\r\n00:70.000 --> 2\r\nnot said\r\n\r\nnot said\r\n"
    found = read("cues.vtt", cues.encode())
    assert [(turn.seconds, found.text[turn.start : turn.end]) for turn in found.turns] == [
        (1, "One, two."),
        (3605.5, "Three."),
        (3609, "Four."),
    ]


def test_whisper_cpp_and_a_bare_list_are_understood_too():
    cpp = {
        "transcription": [
            {"offsets": {"from": 1500, "to": 2000}, "text": " Hello."},
            {"offsets": {"from": 9000}, "text": "Soup?"},
        ]
    }
    found = read("cpp.json", json.dumps(cpp).encode())
    assert [(turn.seconds, found.text[turn.start : turn.end]) for turn in found.turns] == [
        (1.5, "Hello."),
        (9, "Soup?"),
    ]
    assert read("list.json", json.dumps(WHISPER["segments"]).encode()).speakers == ("Ana", "Ben")


def test_escapes_links_and_emphasis_of_markdown_are_read():
    found = read(
        "marks.md", rb"**Ana:** It was \[laughs\] *so* [good](http://example.org)." + b"\n\n**Ben:** Yes &amp; no.\n"
    )
    assert said(found) == [("Ana", "It was [laughs] so good."), ("Ben", "Yes & no.")]


def test_scripts_and_hidden_parts_of_a_page_are_not_words():
    page = (
        PAGE
        + "<script>alert('x')</script><template>no</template><ul><li>Ana: One</li>"
        + "<li>Ben: Two</li></ul><pre>Ana: a\nBen: b</pre>"
    )
    found = read("page.html", page.encode())
    assert said(found)[4:] == [("Ana", "One"), ("Ben", "Two"), ("Ana", "a"), ("Ben", "b")]
    assert "alert" not in found.text


def test_a_page_says_its_own_encoding():
    page = "<meta charset='windows-1253'><p>Άννα: καλημέρα</p><p>Νίκος: σούπα</p>".encode("cp1253")
    found = read("page.html", page)
    assert said(found) == [("Άννα", "καλημέρα"), ("Νίκος", "σούπα")]
    assert found.encoding == "windows-1253"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252", "utf-32"])
def test_the_encoding_is_found_and_a_guess_is_called_a_guess(encoding):
    text = "".join(f"{who}: {words} Café, déjà, für, señor, naïve.\n" for who, words in TALK)
    found = read("old.txt", text.encode(encoding))
    assert "Café, déjà, für, señor, naïve." in found.text
    assert not found.text.startswith("\ufeff")
    assert any("guess" in note for note in found.notes) == (encoding in {"cp1252", "utf-16-le"})


def test_a_name_that_lies_about_the_format_is_not_believed():
    assert said(read("talk.txt", FILES["talk.pdf"])) == list(TALK)
    assert said(read("talk.doc", FILES["talk.rtf"])) == list(TALK)


def replaced(document: bytes, old: bytes, new: bytes) -> bytes:
    return with_part(document, "word/document.xml", lambda body: body.replace(old, new))
