"""What was understood of a file, to look at before anything is stored."""

from __future__ import annotations

from dataclasses import dataclass

from sameboat.study.readers.shapes import Transcript, Turn
from sameboat.study.text import words

_LINES = 12
_WIDTH = 300


@dataclass(frozen=True, slots=True)
class SpeakerSeen:
    """A speaker with the number of turns and words, and the first words they say."""

    name: str
    turns: int
    words: int
    first_words: str
    interviewer: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """A transcript at a glance. `lines` are its first turns: who (or None), at which second (or None), the words."""

    speakers: tuple[SpeakerSeen, ...]
    turns: int
    words: int
    nobodys_words: int
    lines: tuple[tuple[str | None, float | None, str], ...]
    notes: tuple[str, ...]


def preview(transcript: Transcript) -> Preview:
    """Speakers, counts and first lines of a transcript."""
    seen = tuple(_seen(transcript, name) for name in transcript.speakers)
    nobodys = sum(_words(transcript, turn) for turn in transcript.turns if turn.speaker is None)
    lines = tuple(
        (turn.speaker, turn.seconds, transcript.text[turn.start : min(turn.end, turn.start + _WIDTH)])
        for turn in transcript.turns[:_LINES]
    )
    total = nobodys + sum(one.words for one in seen)
    return Preview(seen, len(transcript.turns), total, nobodys, lines, transcript.notes)


def _seen(transcript: Transcript, name: str) -> SpeakerSeen:
    turns = [turn for turn in transcript.turns if turn.speaker == name]
    first = transcript.text[turns[0].start : turns[0].end][:80]
    number = sum(_words(transcript, turn) for turn in turns)
    return SpeakerSeen(name, len(turns), number, first, name in transcript.interviewers)


def _words(transcript: Transcript, turn: Turn) -> int:
    """All of a text is in its turns, and no word in two."""
    return words.count(transcript.text[turn.start : turn.end])
