"""WebVTT and SubRip: cues put together to what somebody says in one go, with its time."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from sameboat.study.readers.encoding import decode
from sameboat.study.readers.labels import label_of
from sameboat.study.readers.later import webvtt
from sameboat.study.readers.shapes import Line, Lines, Unreadable
from sameboat.study.text.plain import one_line_end

_ARROW = "-->"
_TIME = r"(?:(\d{1,10}):)?(\d{1,2}):(\d{1,2})\.(\d{1,3})"
_TIMES = re.compile(rf"\s*{_TIME}\s*{_ARROW}\s*{_TIME}")
_VOICE = re.compile(r"<(?:v(?:\.[^\s>]*)?\s+([^>]{1,80})>|/v>)")
_TAG = re.compile(r"</?[a-zA-Z][^>]{0,200}>|<\d[\d:.]*>|\{\\[^}]{0,100}\}")
_ARROWS = re.compile(r"^\s*(?:>>+|-|–)\s*")
# A pause of so many seconds, or so many words up to the end of a sentence, ends a paragraph.
_PAUSE = 2.0
_ENOUGH_WORDS = 60


class Cue(NamedTuple):
    """What is said from `start` to `end`, in seconds; by whom, where the format says it."""

    start: float
    end: float
    text: str
    speaker: str | None = None


class Misbegun(ValueError):
    """The file does not begin as its kind does."""


class Timed(NamedTuple):
    """What stands under a time as the file has it, with voices and marks in it; seconds."""

    start: float
    end: float
    raw: str


def read_webvtt(name: str, content: bytes) -> Lines:
    """The lines of a WebVTT file (W3C). Raises Unreadable."""
    return _read(name, content, "VTT", _of_webvtt)


def read_subrip(name: str, content: bytes) -> Lines:
    """The lines of an SRT file. Raises Unreadable."""
    return _read(name, content, "SRT", _of_subrip)


def _read(name: str, content: bytes, kind: str, found: Callable[[str], Iterable[Timed]]) -> Lines:
    text, encoding, note = decode(name, content)
    try:
        cues = [cue for timed in found(one_line_end(text)) for cue in _cues(timed)]
    except Misbegun as wrong:
        raise Unreadable(f"{name}, line 1: this does not begin as a {kind} file does.") from wrong
    except ValueError as wrong:
        raise Unreadable(
            f"{name}: a time in it cannot be read. Save it again from the program it comes from."
        ) from wrong
    if not cues:
        raise Unreadable(f"{name}: no line with a time was found in it.")
    return Lines(lines_of_cues(cues), [note] if note else [], encoding)


def _of_subrip(text: str) -> Iterator[Timed]:
    try:
        found = webvtt.from_buffer(io.StringIO(text), format="srt")
    except webvtt.errors.MalformedFileError as wrong:
        raise Misbegun from wrong
    except webvtt.errors.MalformedCaptionError as wrong:
        raise ValueError from wrong
    for one in found.captions:
        start, end = one.start_time.in_milliseconds(), one.end_time.in_milliseconds()
        yield Timed(start / 1000, end / 1000, one.raw_text)


def _of_webvtt(text: str) -> Iterator[Timed]:
    """W3C, section 6.1: a cue goes from a line with an arrow to an empty line, or to the next such line.

    A time may be written shorter than there, as many programs do; what stands under a time that is none is no cue.
    """
    if not text.startswith("WEBVTT"):
        raise Misbegun
    for block in text.split("\n\n"):
        lines = block.split("\n")
        at = [number for number, line in enumerate(lines) if _ARROW in line]
        for begin, end in pairwise([*at, len(lines)]):
            if (times := _TIMES.match(lines[begin])) and (seconds := _seconds(times.groups("0"))):
                yield Timed(*seconds, "\n".join(lines[begin + 1 : end]))


def _seconds(said: tuple[str, ...]) -> tuple[float, float] | None:
    """Where a cue begins and ends; nothing where there are more than 59 minutes or seconds."""
    found = []
    for hours, minutes, whole, part in (said[:4], said[4:]):
        if int(minutes) > 59 or int(whole) > 59:
            return None
        found.append((((int(hours) * 60 + int(minutes)) * 60 + int(whole)) * 1000 + int(part.ljust(3, "0"))) / 1000)
    return found[0], found[1]


def _cues(timed: Timed) -> Iterable[Cue]:
    """Under one time may stand the words of several voices."""
    speaker, at, raw = None, 0, timed.raw
    for found in [*_VOICE.finditer(raw), None]:
        words = raw[at : found.start() if found else len(raw)]
        if "<" in words or "{" in words:
            words = _TAG.sub("", words)
        for line in words.split("\n"):
            if plain := html.unescape(line).strip():
                yield Cue(timed.start, timed.end, plain, speaker)
        if found:
            at, speaker = found.end(), html.unescape(found[1]).strip() if found[1] else None


def lines_of_cues(cues: list[Cue]) -> list[Line]:
    """A paragraph for what one speaker says without a pause; its time is that of its first cue."""
    lines: list[Line] = []
    ended, words, last = 0.0, 0, None
    for cue in cues:
        text = cue.text
        arrow = cue.speaker is None and _ARROWS.match(text)
        text = text[arrow.end() :] if arrow else text
        goes_on = lines and cue.speaker == last and not arrow and cue.start - ended < _PAUSE
        enough = words > _ENOUGH_WORDS and _ends_sentence(lines[-1].text)
        if goes_on and not enough and not _has_label(text):
            lines[-1].text += f" {text}"
            words += len(text.split())
        else:
            lines.append(Line(text, speaker=cue.speaker, seconds=cue.start))
            words = len(text.split())
        ended, last = cue.end, cue.speaker
    return lines


def _has_label(text: str) -> bool:
    label = label_of(Line(text))
    return label is not None and bool(label.name)


def _ends_sentence(text: str) -> bool:
    return text.rstrip("\"'”’)")[-1:] in ".?!…。؟"
