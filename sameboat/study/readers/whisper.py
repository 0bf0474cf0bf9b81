"""JSON as speech recognition writes it: Whisper, whisper.cpp and WhisperX."""

from __future__ import annotations

import json
import math
from typing import Any

from sameboat.study.readers.encoding import decode
from sameboat.study.readers.shapes import Lines, Unreadable
from sameboat.study.readers.subtitles import Cue, lines_of_cues


def read_whisper(name: str, content: bytes) -> Lines:
    """The lines of a transcript in JSON. Raises Unreadable."""
    text, encoding, note = decode(name, content)
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as wrong:
        raise Unreadable(f"{name}, line {wrong.lineno}: this is not whole JSON. It may have been cut.") from wrong
    except RecursionError as wrong:
        raise Unreadable(f"{name} is nested deeper than any transcript is.") from wrong
    segments = _segments(whole)
    if segments is None:
        raise Unreadable(f"{name}: no “segments” or “transcription” in it, as Whisper writes them.")
    cues = [cue for at, segment in enumerate(segments) if (cue := _cue(name, at, segment))]
    return Lines(lines_of_cues(cues), [note] if note else [], encoding)


def _segments(whole: Any) -> list[Any] | None:
    if isinstance(whole, dict):
        whole = next((whole[key] for key in ("segments", "transcription") if isinstance(whole.get(key), list)), None)
    return whole if isinstance(whole, list) and all(isinstance(one, dict) for one in whole) else None


def _cue(name: str, at: int, segment: dict[str, Any]) -> Cue | None:
    """Whisper gives seconds in `start` and `end`, whisper.cpp milliseconds in `offsets`."""
    text, speaker = segment.get("text", ""), segment.get("speaker")
    offsets = segment.get("offsets")
    if isinstance(offsets, dict):
        start, end = _number(offsets.get("from")) / 1000, _number(offsets.get("to")) / 1000
    else:
        start, end = _number(segment.get("start")), _number(segment.get("end"))
    if not isinstance(text, str) or not (speaker is None or isinstance(speaker, str)):
        raise Unreadable(f"{name}, segment {at + 1}: its words are not text.")
    words = " ".join(text.split())
    return Cue(start, max(start, end), words, speaker or None) if words else None


def _number(value: Any) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return max(0.0, float(value)) if is_number else 0.0
