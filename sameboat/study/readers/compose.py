"""From lines to a transcript: labels are taken out of the text and kept as who speaks."""

from __future__ import annotations

from dataclasses import dataclass, field

from sameboat.study.readers import names
from sameboat.study.readers.labels import Form, Label
from sameboat.study.readers.shapes import LONGEST_TEXT, Line, Lines, Transcript, Turn, Unreadable
from sameboat.study.readers.speakers import Known, find_labels, recognise
from sameboat.study.text.plain import storable

# Of labels that were taken as words, so many are named.
_NAMED_AT_MOST = 6


@dataclass(slots=True)
class _Text:
    """The text as it grows, and its turns."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    turns: list[Turn] = field(default_factory=list)
    speaker: str | None = None
    seconds: float | None = None
    begun: bool = False
    # A time that stood on a line of its own, for the name on the next.
    waiting: float | None = None

    def begin(self, speaker: str | None, seconds: float | None) -> None:
        self.speaker, self.seconds, self.begun, self.waiting = speaker, seconds, True, None

    def aside(self, line: str) -> None:
        """A line that nobody says, such as a break; the last speaker goes on after it."""
        speaker = self.speaker
        self.begin(None, None)
        self.add(line, joined=False)
        self.begin(speaker, None)

    def add(self, line: str, joined: bool) -> None:
        """A line of the current speaker: of the turn that has just begun, or going on with the last one."""
        if self.pieces:
            self.pieces.append(" " if joined and not self.begun else "\n")
            self.length += 1
        start, self.length = self.length, self.length + len(line)
        self.pieces.append(line)
        if self.begun or not self.turns:
            self.turns.append(Turn(start, self.length, self.speaker, self.seconds))
            self.begun, self.seconds, self.waiting = False, None, None
        else:
            last = self.turns[-1]
            self.turns[-1] = Turn(last.start, self.length, last.speaker, last.seconds)


def compose(name: str, kind: str, found: Lines) -> Transcript:
    """The transcript of a file's lines. Raises Unreadable where there are no words, or too many."""
    lines = found.lines
    if sum(len(line.text) for line in lines) > LONGEST_TEXT:
        raise Unreadable(f"{name} is longer than {LONGEST_TEXT:,} characters. Divide it into several files.")
    labels = find_labels(lines)
    known = recognise(lines, labels)
    named = bool(known.called) or any(line.speaker for line in lines)
    text = _Text()
    for at, line in enumerate(lines):
        _take(text, line, labels.get(at), known, at, named)
    whole = "".join(text.pieces)
    if not whole.strip():
        raise Unreadable(f"{name}: there are no words in it.")
    speakers = tuple(dict.fromkeys(turn.speaker for turn in text.turns if turn.speaker))
    notes = (*found.notes, *_notes(known, text.turns, speakers))
    asking = tuple(speaker for speaker in speakers if speaker in known.interviewers)
    return Transcript(whole, tuple(text.turns), speakers, kind, found.encoding, notes, asking)


def _take(text: _Text, line: Line, label: Label | None, known: Known, at: int, named: bool) -> None:
    words, speaker, seconds = line.text, line.speaker, line.seconds
    own = known.speaker(at, label) if label else None
    if label and own is not None:
        words, speaker = words[label.rest :], own
        seconds = label.seconds if label.seconds is not None else seconds
    elif label and not label.name and (not named or label.rest == len(words)):
        words, seconds = words[label.rest :], label.seconds if label.seconds is not None else seconds
    words = storable(words).strip()
    if named and label and label.form is Form.COLON and names.is_noise(label.name):
        text.aside(words)
        return
    _begin(text, speaker, seconds, named)
    if words:
        text.add(words, line.joined)


def _begin(text: _Text, speaker: str | None, seconds: float | None, named: bool) -> None:
    """A new turn where a name or a time stands; in a text without names each paragraph is one."""
    if speaker is not None:
        text.begin(speaker, seconds if seconds is not None else text.waiting)
    elif seconds is not None:
        text.begin(text.speaker, seconds)
        text.waiting = seconds
    elif not named and not text.begun:
        text.begin(None, None)


def _notes(known: Known, turns: list[Turn], speakers: tuple[str, ...]) -> list[str]:
    notes = []
    if known.legend:
        pairs = ", ".join(f"{short.upper()} is {name}" for short, name in known.legend.items())
        notes.append(f"From the list of speakers in the file: {pairs}.")
    if not speakers:
        notes.append("No speakers were found, so each paragraph stands by itself.")
    elif turns[0].speaker is None:
        notes.append("What stands before the first name was taken as said by nobody.")
    for label, count in known.passed_over.most_common(_NAMED_AT_MOST) if speakers else ():
        times = "once" if count == 1 else f"{count} times"
        notes.append(f"“{label}” stands at the start of a line {times} and was taken as words, not as a speaker.")
    return notes
