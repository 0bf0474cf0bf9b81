"""Interviews that nobody gave, in every format the bench needs. The same each time."""

from __future__ import annotations

import io
import random
import zipfile
from functools import cache
from html import escape

LONG, SHORT, MANY = 50_000, 10_000, 100
LINE = 40
_SAID = (
    "we put the kettle on and somebody always brings a cake to the table in the room where it is warm after a week of "
    "small things that nobody asked about so I sit near the window with a cup of tea and listen until it is my turn to "
    "wash up or tell about the dog the bus the garden and the night before when I could not sleep but knew that on a "
    "Tuesday there would be light in that hall soup bread a joke an old song and people who do not need it explained"
)
_WORDS = _SAID.split(" ")
# In every text once in a thousand words, so that a search finds a number that is known.
RARE, NEAR_RARE = "marmalade", "teaspoon"
_CONTENT = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@cache
def lines(words: int, seed: int = 1) -> tuple[tuple[str, str], ...]:
    """So many words as (speaker, what they say), forty words a line; every tenth line asks."""
    chance, found = random.Random(seed), []
    for number in range(words // LINE):
        said = [chance.choice(_WORDS) for _ in range(LINE)]
        if number % (1000 // LINE) == 1:
            said[7], said[11] = RARE, NEAR_RARE
        found.append(("Interviewer" if number % 10 == 0 else "Karen", " ".join(said)))
    return tuple(found)


def html(words: int, seed: int = 1) -> bytes:
    """A page with a paragraph for each line."""
    body = "\n".join(f"<p>{who}: {escape(said)}</p>" for who, said in lines(words, seed))
    head = '<head><meta charset="utf-8"><title>Talk</title></head>'
    return f"<!doctype html><html>{head}<body>{body}</body></html>".encode()


def vtt(words: int, seed: int = 1) -> bytes:
    """Subtitles: a cue for each line."""
    cues = [
        f"{_time(at * 12)} --> {_time(at * 12 + 11)}\n<v {who}>{said}"
        for at, (who, said) in enumerate(lines(words, seed))
    ]
    return ("WEBVTT\n\n" + "\n\n".join(cues) + "\n").encode()


def _time(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.000"


def docx(words: int, seed: int = 1) -> bytes:
    """A Word file with a paragraph for each line."""
    said = "".join(f"<w:p><w:r><w:t>{who}: {escape(text)}</w:t></w:r></w:p>" for who, text in lines(words, seed))
    whole = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_NAMESPACE}"><w:body>{said}</w:body></w:document>'
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in (
            ("[Content_Types].xml", _CONTENT),
            ("_rels/.rels", _RELATIONS),
            ("word/document.xml", whole),
        ):
            file.writestr(name, content)
    return target.getvalue()


def rare(words: int) -> int:
    """How many lines of a text hold the rare words."""
    return sum(RARE in said for _, said in lines(words))
