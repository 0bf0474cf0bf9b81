"""What was understood of a file, to look at before anything is stored."""

from __future__ import annotations

from dataclasses import dataclass

from sameboat.study.readers.shapes import Transcript
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
    total = words.count(transcript.text)
    lines = tuple(
        (turn.speaker, turn.seconds, transcript.text[turn.start : min(turn.end, turn.start + _WIDTH)])
        for turn in transcript.turns[:_LINES]
    )
    nobodys = total - sum(one.words for one in seen)
    return Preview(seen, len(transcript.turns), total, nobodys, lines, transcript.notes)


def _seen(transcript: Transcript, name: str) -> SpeakerSeen:
    turns = [turn for turn in transcript.turns if turn.speaker == name]
    said = [transcript.text[turn.start : turn.end] for turn in turns]
    return SpeakerSeen(name, len(turns), sum(map(words.count, said)), said[0][:80], name in transcript.interviewers)
