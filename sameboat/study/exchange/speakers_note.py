"""Who speaks where in a text, as a note beside it: REFI-QDA has no place for turns of talk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sameboat.study.exchange.refi.guids import derived
from sameboat.study.exchange.shapes import Source
from sameboat.study.readers.labels import Label
from sameboat.study.readers.shapes import Line
from sameboat.study.readers.speakers import find_labels, recognise

_FIRST = "Who speaks where, in characters from the start. Made by Same Boat, which reads it again."
_ROLES = {"interviewer", "participant", "other"}


class Said(NamedTuple):
    """One turn: its place, what its speaker does in the talk, the second it begins at or None, and the name."""

    start: int
    end: int
    role: str
    seconds: float | None
    speaker: str


class About(NamedTuple):
    """What a note holds: the kind of text, whether names have been taken out, and its turns."""

    kind: str
    stage: str
    turns: list[Said]


def written(kind: str, stage: str, turns: Iterable[Said]) -> str:
    """The note's text."""
    lines = []
    for one in turns:
        seconds = "-" if one.seconds is None else f"{one.seconds:g}"
        lines.append(f"{one.start} {one.end} {one.role} {seconds} {one.speaker}".rstrip())
    return "\n".join([_FIRST, f"kind {kind}, stage {stage}", *lines])


def beside(text: Source, notes: Mapping[str, Source]) -> Source | None:
    """The note of a text: by its id, or, where another program gave new ones, by how it begins."""
    named = [notes[guid] for guid in (derived(text.guid, "turns"), *text.notes) if guid in notes]
    return next((one for one in named if one.text.startswith(_FIRST)), None)


def read(text: str, length: int) -> About | None:
    """The note again, for a text of this length; None where it is some other note or does not fit."""
    first, _, rest = text.partition("\n")
    about, _, lines = rest.partition("\n")
    words = about.replace(",", "").split()
    if first != _FIRST or len(words) != 4:
        return None
    turns: list[Said] = []
    for line in lines.split("\n") if lines else []:
        parts = line.split(" ", 4)
        try:
            start, end, seconds = int(parts[0]), int(parts[1]), None if parts[3] == "-" else float(parts[3])
        except (ValueError, IndexError):
            return None
        if not (turns[-1].end if turns else 0) <= start <= end <= length or parts[2] not in _ROLES:
            return None
        turns.append(Said(start, end, parts[2], seconds, parts[4] if len(parts) > 4 else ""))
    return About(words[1], words[3], turns)


def within(source: Source) -> list[Said]:
    """Turns as the text itself shows them: by the names at the start of its lines, which stay in the text.

    A text without names has a turn for each paragraph. Where the file gave times, a turn takes the last one before it.
    """
    lines, starts, at = [], [], 0
    for words in source.text.split("\n"):
        lines.append(Line(words))
        starts.append(at)
        at += len(words) + 1
    labels = find_labels(lines)
    known = recognise(lines, labels)
    turns: list[Said] = []
    for number, line in enumerate(lines):
        if not line.text.strip():
            continue
        label: Label | None = labels.get(number)
        name = known.speaker(number, label) if label else None
        end = starts[number] + len(line.text.rstrip())
        if name is None and known.called and turns:
            turns[-1] = turns[-1]._replace(end=max(end, turns[-1].end))
            continue
        start = starts[number] + (label.rest if label and name else len(line.text) - len(line.text.lstrip()))
        asks = name is not None and name in known.interviewers
        role = "interviewer" if asks else "participant" if name or not known.called else "other"
        turns.append(Said(min(start, end), end, role, label.seconds if label and name else None, (name or "")[:100]))
    return [_timed(turn, source.moments) for turn in turns]


def _timed(turn: Said, moments: list[tuple[int, float]]) -> Said:
    if turn.seconds is not None or not moments:
        return turn
    before = [second for place, second in moments if place <= turn.start]
    return turn._replace(seconds=before[-1] if before else None)
