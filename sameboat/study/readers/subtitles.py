"""WebVTT and SubRip: cues put together to what somebody says in one go, with its time."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from sameboat.study.readers.encoding import decode
from sameboat.study.readers.labels import label_of
from sameboat.study.readers.shapes import Line, Lines, Unreadable

_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]{1,80})>|(</v>)")
_TAG = re.compile(r"</?[a-zA-Z][^>]{0,200}>|<\d[\d:.]*>|\{\\[^}]{0,100}\}")
_ARROWS = re.compile(r"^\s*(?:>>+|-|–)\s*")
# A pause of so many seconds, or so many words up to the end of a sentence, ends a paragraph.
_PAUSE = 2.0
_ENOUGH_WORDS = 60


@dataclass(frozen=True, slots=True)
class Cue:
    """What is said from `start` to `end`, in seconds; by whom, where the format says it."""

    start: float
    end: float
    text: str
    speaker: str | None = None


def read_webvtt(name: str, content: bytes) -> Lines:
    """The lines of a WebVTT file (W3C). Raises Unreadable."""
    return _read(name, content, "vtt")


def read_subrip(name: str, content: bytes) -> Lines:
    """The lines of an SRT file. Raises Unreadable."""
    return _read(name, content, "srt")


def _read(name: str, content: bytes, kind: str) -> Lines:
    text, encoding, note = decode(name, content)
    try:
        captions = webvtt.from_buffer(io.StringIO(text), format=kind)
    except MalformedFileError as wrong:
        raise Unreadable(f"{name}, line 1: this does not begin as a {kind.upper()} file does.") from wrong
    except (MalformedCaptionError, ValueError) as wrong:
        raise Unreadable(
            f"{name}: a time in it cannot be read. Save it again from the program it comes from."
        ) from wrong
    cues = [cue for caption in captions.captions for cue in _cues(caption)]
    if not cues:
        raise Unreadable(f"{name}: no line with a time was found in it.")
    return Lines(lines_of_cues(cues), [note] if note else [], encoding)


def _cues(caption: webvtt.Caption) -> Iterable[Cue]:
    """A caption may hold the words of several voices."""
    start, end = caption.start_time.in_milliseconds() / 1000, caption.end_time.in_milliseconds() / 1000
    speaker, at, raw = None, 0, caption.raw_text
    for found in [*_VOICE.finditer(raw), None]:
        words = raw[at : found.start() if found else len(raw)]
        for line in _TAG.sub("", words).split("\n"):
            if plain := html.unescape(line).strip():
                yield Cue(start, end, plain, speaker)
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
        goes_on = lines and cue.speaker == last and not arrow and not _has_label(text)
        if goes_on and cue.start - ended < _PAUSE and not (words > _ENOUGH_WORDS and _ends_sentence(lines[-1].text)):
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
