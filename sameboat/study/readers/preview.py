"""What was understood of a file, to look at before anything is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten

from sameboat.study.readers.shapes import Transcript
from sameboat.study.text import words

_LINES = 12
_WIDTH = 300
# More of somebody's first words is never looked at.
_FIRST = 400


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


def words_in(transcript: Transcript) -> tuple[int, ...]:
    """How many words each turn has. All of a text is in its turns, and no word in two."""
    return tuple(words.count(transcript.text[turn.start : turn.end]) for turn in transcript.turns)


def preview(transcript: Transcript, counts: Sequence[int]) -> Preview:
    """Speakers, counts and first lines of a transcript, with `words_in` it."""
    seen = tuple(_seen(transcript, name, counts) for name in transcript.speakers)
    lines = tuple(
        (turn.speaker, turn.seconds, transcript.text[turn.start : min(turn.end, turn.start + _WIDTH)])
        for turn in transcript.turns[:_LINES]
    )
    total = sum(counts)
    nobodys = total - sum(one.words for one in seen)
    return Preview(seen, len(transcript.turns), total, nobodys, lines, transcript.notes)


def _seen(transcript: Transcript, name: str, counts: Sequence[int]) -> SpeakerSeen:
    said = [(turn, number) for turn, number in zip(transcript.turns, counts, strict=True) if turn.speaker == name]
    first = transcript.text[said[0][0].start : said[0][0].end]
    shown = shorten(first[:_FIRST], 80, placeholder="…")
    return SpeakerSeen(name, len(said), sum(number for _, number in said), shown, name in transcript.interviewers)
