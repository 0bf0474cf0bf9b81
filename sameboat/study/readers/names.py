"""Whether a label reads like somebody's name, code or part in a talk."""

from __future__ import annotations

import re
from functools import lru_cache

ASKS = {
    "interviewer", "interview", "int", "i", "iv", "intv", "researcher", "moderator", "facilitator", "host", "q",
    "question", "interviewerin", "intervieweuse", "intervieweur", "entrevistador", "entrevistadora", "intervistatore",
}  # fmt: skip
_PARTS = ASKS | {
    "participant", "p", "part", "respondent", "r", "interviewee", "member", "speaker", "answer", "a", "observer",
    "unknown", "unknown speaker", "all", "several", "group", "audience", "b", "befragte", "befragter", "everyone",
    "speaker unknown", "man", "woman", "male", "female", "male voice", "female voice",
}  # fmt: skip
_HEADINGS = {
    "date", "time", "place", "location", "venue", "duration", "length", "title", "subject", "topic", "file",
    "file name", "filename", "recording", "recorded", "recorded on", "transcript", "transcribed by", "transcriber",
    "transcription", "project", "study", "interview date", "interview number", "interview no", "interview length",
    "date of interview", "version", "language", "page", "note", "notes", "nb", "comment", "comments", "key",
    "legend", "speakers", "present", "participants", "abbreviations", "people", "source", "warning", "example",
    "ps", "p.s", "tel", "phone", "email", "e-mail", "author", "audio", "start", "end", "start time", "end time",
    "setting", "context", "summary", "keywords",
}  # fmt: skip
LEGEND_HEADINGS = {"legend", "key", "speakers", "participants", "abbreviations", "people", "present", "who is who"}
_NOISES = re.compile(
    r"(?i)\b(?:laugh\w*|paus\w*|silen\w*|inaudible|unclear|cross\W?talk|music|applaus\w*|sigh\w*|cough\w*|cry\w*|noise|"
    r"nods?|nodding|smil\w*|overlap\w*|phone rings|knock\w*|break|end of \w+|start of \w+|sic|omitted|redacted|"
    r"removed)\b"
)
_CODE = re.compile(r"(?i)[a-z]{1,12}[-_. ]?\d{1,4}[a-z]?|\d{1,3}[a-z]|[a-z]{1,3}")
_PARTICLES = {"de", "da", "di", "du", "del", "der", "den", "van", "von", "la", "le", "el", "al", "bin", "ibn", "bint",
              "ter", "ten", "y", "e", "of", "and", "&", "+", "the", "no"}  # fmt: skip
_WORD = re.compile(r"[\w.'’`#&+/,\u00b7\u0300-\u036f-]+")
_ELIDED = re.compile(r"[a-zA-Z]{1,2}['’][A-ZÀ-Þ]")


# A text has few names, each many times over.
@lru_cache(maxsize=128)
def plain(label: str) -> str:
    """The label as it is compared: lower case, without dots at its end."""
    return " ".join(label.lower().split()).rstrip(".")


def is_part(label: str) -> bool:
    """Whether it says what somebody does in a talk: "Interviewer", "P", "Speaker 2"."""
    return re.sub(r"[\s_#-]*\d+$", "", plain(label)) in _PARTS


def asks(label: str) -> bool:
    """Whether it is one of the usual names of who asks."""
    return re.sub(r"[\s_#-]*\d+$", "", plain(label)) in ASKS


def is_heading(label: str) -> bool:
    """Whether it is a heading that stands over a transcript, such as "Date"."""
    return plain(label) in _HEADINGS


@lru_cache(maxsize=128)
def is_noise(label: str) -> bool:
    """Whether it tells of a sound or a gap, such as "laughs"."""
    return bool(_NOISES.search(label))


def is_code(label: str) -> bool:
    """Whether it is short and looks like a code: "A1", "id1", "SPEAKER_00", "K"."""
    return bool(_CODE.fullmatch(label.strip()))


def is_named(label: str) -> bool:
    """Whether it is written as a name is: up to five words, each with a capital letter where the script has any."""
    words = label.split()
    if not 1 <= len(words) <= 5 or len(label) > 40:
        return False
    return all(_is_name_word(word, first=at == 0) for at, word in enumerate(words))


def _is_name_word(word: str, first: bool) -> bool:
    if not _WORD.fullmatch(word):
        return not word.isascii() and any(map(str.isalpha, word)) and word.upper() == word.lower()
    if word.lower() in _PARTICLES and not first:
        return True
    if _ELIDED.match(word):
        return True
    letter = next((character for character in word if character.isalpha()), "")
    return word.isdigit() or (bool(letter) and (letter.isupper() or letter.upper() == letter.lower()))
