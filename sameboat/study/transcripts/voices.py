"""Who speaks in a text, put before everything else that might tell who somebody is: their names stand at every turn."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from sameboat.study.readers.names import is_part
from sameboat.study.transcripts.anonymising import Suggestion
from sameboat.study.transcripts.models import Document, Turn, TurnRole

# "K" and "JB" are signs of the transcript, and would be found in many a word of it.
_LONGEST_SIGN = 3


@dataclass(frozen=True)
class Voice:
    """Somebody who speaks: the name as it stands at the turns, what part they take, and how often they speak."""

    name: str
    role: str
    turns: int


def voices_of(document: Document) -> list[Voice]:
    """Who speaks in it by a name of their own; whoever speaks most first."""
    rows = Turn.objects.filter(document=document).values_list("speaker", "role").annotate(turns=Count("id"))
    code = document.participant.code if document.participant else ""
    found = [Voice(*row) for row in rows.order_by("-turns", "speaker")]
    return [one for one in found if one.name != code and _is_name(one.name)]


def _is_name(label: str) -> bool:
    return bool(label) and not is_part(label) and not (len(label) <= _LONGEST_SIGN and label == label.upper())


def led_by_voices(found: Sequence[Suggestion], voices: Sequence[Voice], code: str) -> list[Suggestion]:
    """`found`, led by who speaks. A part of a speaker's name gets what the whole name gets.

    `code`: the participant's, put in the place of the one who takes part.
    """
    rest = {one.find.lower(): one for one in found}
    led: list[Suggestion] = []
    for number, voice in enumerate(voices, 1):
        instead = _instead(voice, voices, code) or f"[person {number}]"
        whole = rest.pop(voice.name.lower(), Suggestion(voice.name, "person", 0))
        led.append(dataclasses.replace(whole, category="person", instead=instead, turns=voice.turns))
        for key in [key for key in rest if _owners(key, voices) == [voice]]:
            led.append(dataclasses.replace(rest.pop(key), category="person", instead=instead))
    return [*led, *rest.values()]


def _instead(voice: Voice, voices: Sequence[Voice], code: str) -> str:
    """The participant's code where only one takes part, what they do where only one asks; else nothing."""
    alone = [one.role for one in voices].count(voice.role) == 1
    if alone and voice.role == TurnRole.PARTICIPANT:
        return code
    return _("Interviewer") if alone and voice.role == TurnRole.INTERVIEWER else ""


def _owners(part: str, voices: Sequence[Voice]) -> list[Voice]:
    words = set(part.split())
    return [one for one in voices if words <= set(one.name.lower().split())]
