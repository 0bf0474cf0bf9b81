"""The made-up study's last steps: passages sent back and answered, somebody who withdrew, and a recording to play."""

from __future__ import annotations

import datetime
import io
import math
import wave

from django.db.models import F

from sameboat.study.checking import actions as checking
from sameboat.study.checking.models import CheckLink
from sameboat.study.demo import words
from sameboat.study.fieldwork.models import Participant, Withdrawal, WithdrawnFrom
from sameboat.study.ledger.acts import act
from sameboat.study.team.access import Seat
from sameboat.study.transcripts import recordings
from sameboat.study.transcripts.models import Document, Turn

SECONDS, RATE = 24, 8000
LOW, HIGH = 220.0, 330.0


def send_passages_back(seat: Seat, *, now: datetime.datetime) -> None:
    """Two participants got what would be quoted from them, and said what they wished."""
    for code, answers in words.ANSWERS.items():
        participant = Participant.objects.get(study=seat.study, code=code)
        passages = checking.passages_of(participant)[: len(answers) + 1]
        checking.make_link(seat, participant.id, [one.span for one in passages], 28, now=now)
        link = CheckLink.objects.get(participant=participant)
        said = {one.span: answer for one, answer in zip(passages, answers, strict=False)}
        checking.answer(link, said, now=now + datetime.timedelta(days=2))


def remember_who_withdrew(seat: Seat, *, now: datetime.datetime) -> None:
    """A record without a word: one interview had been written down, and nothing of it is left."""
    code, cannot_recall = words.WITHDREW
    removed = {"document": 1, "turn": 31, "interview": 1, "consent": 1}
    record = Withdrawal(
        study=seat.study, participant_code=code, scope=WithdrawnFrom.STUDY, at=now, removed=removed,
        cannot_recall=cannot_recall,
    )  # fmt: skip
    with act(seat.study, seat.researcher, "withdraw", label=code, now=now, undoable=False) as doing:
        doing.add(record)


def keep_a_recording(seat: Seat, document: Document, *, now: datetime.datetime) -> None:
    """Two soft notes in place of voices, so that the player has something to play; the text follows it."""
    recordings.keep(seat, document.id, [_notes()], now=now)
    Turn.objects.filter(document=document).update(seconds=F("start") * 1.0 * SECONDS / document.length)


def _notes() -> bytes:
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(RATE)
        file.writeframes(bytes(map(_sample, range(SECONDS * RATE))))
    return made.getvalue()


def _sample(at: int) -> int:
    """One of 8 bits: the note changes each second, and swells and fades within it."""
    second, within = divmod(at, RATE)
    swell = math.sin(math.pi * within / RATE)
    return 128 + round(24 * swell * math.sin(2 * math.pi * (HIGH if second % 3 == 0 else LOW) * at / RATE))
