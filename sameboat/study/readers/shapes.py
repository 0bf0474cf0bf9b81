"""What a reader makes of a file."""

from __future__ import annotations

from dataclasses import dataclass

from sameboat.lib.refusals import Refusal

LARGEST_FILE = 50 * 1024 * 1024
LONGEST_TEXT = 5_000_000


class Unreadable(Refusal):
    """A file that cannot be read, with a sentence that names the file and the place in it. Nothing was kept of it."""

    status = 422
    code = "unreadable"
    sentence = "This file could not be read."


@dataclass(frozen=True, slots=True)
class Turn:
    """A passage of one speaker, in code points of the transcript's text, half-open.

    `speaker` is None before the first name and in texts without names. `seconds` counts from the start of a recording.
    """

    start: int
    end: int
    speaker: str | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """Plain text with its turns.

    Paragraphs are parted by one LF, labels are not part of the text, empty paragraphs are gone. `speakers` are in the
    order in which they first speak, `interviewers` those of them that a label or a legend calls so. `encoding` is None
    where the format leaves no choice. `notes` are sentences on what was guessed or left out.
    """

    text: str
    turns: tuple[Turn, ...]
    speakers: tuple[str, ...]
    format: str
    encoding: str | None = None
    notes: tuple[str, ...] = ()
    interviewers: tuple[str, ...] = ()


@dataclass(slots=True)
class Line:
    """One line as a reader found it, before anybody is recognised in it. No line break within.

    `strong` counts the characters at its start that are set in bold. `speaker` and `seconds` are set where the format
    itself says so, as WebVTT and Whisper do. `joined` says that it goes on in the same sentence as the line before.
    """

    text: str
    strong: int = 0
    speaker: str | None = None
    seconds: float | None = None
    joined: bool = False


@dataclass(slots=True)
class Lines:
    """All lines of a file, with what the reader has to say about them."""

    lines: list[Line]
    notes: list[str]
    encoding: str | None = None
