"""Plants words of one participant in every place that can hold some, in a study that runs elsewhere.

A program of its own, because it needs that server's settings: `python -m tests.study.planting` prints one line of
JSON: the study, the participant who will withdraw, and the words that must be nowhere afterwards.
"""

from __future__ import annotations

# isort: off
import sameboat.study.config.ready  # noqa: F401
# isort: on

import hashlib
import json
import uuid
from collections.abc import Iterator
from typing import Any

from django.utils.timezone import now as time_now

from sameboat.study.analysis.models import FrameworkCell, SavedQuery
from sameboat.study.checking.models import CheckAnswer, CheckLink
from sameboat.study.coding.actions import codes, memos, spans
from sameboat.study.coding.models import Code
from sameboat.study.exchange.models import KeptPart
from sameboat.study.fieldwork.models import (
    Candidate,
    Consent,
    ConsentForm,
    Criterion,
    GuideVersion,
    Interview,
    Participant,
)
from sameboat.study.ledger.acts import act
from sameboat.study.readers import Transcript, Turn
from sameboat.study.report.models import ReportNote
from sameboat.study.team.access import Seat, seat
from sameboat.study.team.actions import person_here, start_study
from sameboat.study.themes.actions import remove_theme
from sameboat.study.themes.models import Misfit, Phase, PointNote, Theme, ThemeCode
from sameboat.study.transcripts.actions import Wish, keep, put_away, rename
from sameboat.study.transcripts.models import Document
from sameboat.study.transcripts.names_out import finish
from sameboat.study.transcripts.recordings import keep as keep_sound

NOW = time_now()
SAID, UNSAID = 30, 27


def sentinel(name: str) -> str:
    """A word that nobody says, with letters that no other begins with, so that an index cannot shorten it."""
    return hashlib.sha256(name.encode()).hexdigest()[:14].translate(str.maketrans("0123456789", "ghijklmnop"))


class Planter:
    """Gives out words, and knows all that it gave out."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def word(self, name: str) -> str:
        self.given.append(sentinel(name))
        return self.given[-1]

    def quotes(self) -> Iterator[str]:
        """What they said, a sentence at a time; each may be quoted somewhere."""
        return (f"we always put the {self.word(f'said {nth}')} back where it was" for nth in range(SAID))


def plant() -> dict[str, object]:
    planter, person = Planter(), person_here()
    here = seat(person, start_study(person, "Two groups", now=NOW).id)
    quotes = list(planter.quotes())
    document, other = _texts(here, planter, quotes)
    left = iter(quotes)
    _fieldwork(here, planter, document, left)
    _coding(here, planter, document, left)
    _analysis(here, planter, document, other, left)
    unsaid = _unsaid(here, other)
    keep_sound(here, document.id, [b"RIFF0000WAVE", planter.word("sound").encode()], now=NOW)
    binned = _transcript("A1", [planter.word("binned text")])
    put_away(here, keep(here, [Wish(binned, "a", "Second talk", "A1", "A")], now=NOW)[0].id, now=NOW)
    return {
        "study": str(here.study.id), "participant": str(document.participant_id), "typed": [sentinel("nickname")],
        "sentinels": planter.given, "unsaid": unsaid, "stays": "the kettle was warm", "sound": sentinel("sound"),
    }  # fmt: skip


def _transcript(who: str, said: list[str]) -> Transcript:
    text, turns = "", []
    for sentence in said:
        text += "\n" if text else ""
        turns.append(Turn(len(text), len(text) + len(sentence), who))
        text += sentence
    return Transcript(text, tuple(turns), (who,), "txt", "utf-8")


def _texts(here: Seat, planter: Planter, quotes: list[str]) -> tuple[Document, Document]:
    wishes = [
        Wish(_transcript(planter.word("speaker"), quotes), planter.word("file"), planter.word("old title"), "A1", "A"),
        Wish(
            _transcript("A2", ["the kettle was warm", "we always put the cup back", *unsaid()]),
            "A2.txt",
            "A2",
            "A2",
            "A",
        ),
    ]
    document, other = keep(here, wishes, now=NOW)
    rename(here, document.id, planter.word("title"), now=NOW)
    for one in (document, other):
        one.refresh_from_db()
        finish(here, one, now=NOW)
    return document, other


def _fieldwork(here: Seat, planter: Planter, document: Document, left: Iterator[str]) -> None:
    study, participant = here.study, document.participant
    assert participant is not None
    form = ConsentForm(study=study, version="1", title="Taking part", dated=NOW.date())
    guide = GuideVersion(study=study, version="1", dated=NOW.date(), text="How did you come?")
    with act(study, here.researcher, "plant", now=NOW) as doing:
        doing.change(participant, note=planter.word("old note"))
        doing.change(participant, note=planter.word("note"), properties={planter.word("key"): planter.word("value")})
        doing.add_all([form])
        doing.add(guide)
        signed: dict[str, Any] = {"form": form, "signed_on": NOW.date(), "how": "paper"}
        doing.add(Consent(study=study, participant=participant, note=planter.word("consent"), **signed))
        held = Interview(
            study=study, participant=participant, guide=guide, held_on=NOW.date(), note=planter.word("interview"),
            place_kind=planter.word("place"),
        )  # fmt: skip
        doing.add(held)
        doing.change(document, interview_id=held.id)
        doing.add(Criterion(study=study, text=f"As somebody said: {next(left)}"))
        doing.add(Candidate(study=study, name="Second cup", reason=next(left)))
        doing.change(study, question=f"Why do people say “{next(left)}”?", properties={"Funding": next(left)})
        doing.change(participant.group, note=next(left), properties={"Motto": next(left)})  # type: ignore[arg-type]
        doing.add(_kept(here, "PictureSource", planter.word("picture"), participant))
        doing.add(_kept(here, "Graph", next(left), None))


def unsaid() -> list[str]:
    """What the other participant said and wants to be quoted nowhere, a sentence at a time."""
    return [f"nobody saw {sentinel(f'unsaid {nth}')} by the gate" for nth in range(UNSAID)]


def _unsaid(here: Seat, other: Document) -> list[str]:
    """Quotes each of these sentences in another place; the words by which they are known."""
    study, mine, left = here.study, other.participant, iter(unsaid())
    assert mine is not None
    start = other.text.index(next(iter(unsaid())))
    code, _ = codes.add_code(here, next(left), definition=next(left), include=next(left), now=NOW)
    codes.edit_code(here, code.id, exclude=next(left), example=next(left), now=NOW)
    codes.add_code(here, next(left), parent=code.id, now=NOW)
    span, _ = spans.add_span(here, other.id, code.id, 0, 12, now=NOW)
    hushed, _ = spans.add_span(here, other.id, code.id, start, start + 9, now=NOW)
    for kind, about in (("span", span.id), ("span", hushed.id), ("code", code.id), ("study", study.id)):
        memos.add_memo(here, kind, about, next(left), f"As in: {next(left)}, and so on.", now=NOW)
    rename(here, other.id, next(left), now=NOW)
    with act(study, here.researcher, "plant", now=NOW) as doing:
        theme = Theme(study=study, name=next(left), central_idea=next(left), definition=next(left), colour="#3d7fb8")
        doing.add(theme)
        doing.add(ThemeCode(study=study, theme=theme, code=code))
        doing.add(Misfit(study=study, theme=theme, span=span, note=next(left)))
        doing.add(FrameworkCell(study=study, theme=theme, participant=mine, summary=next(left)))
        doing.add(Phase(study=study, number=2, started_on=NOW.date(), note=next(left)))
        doing.add(PointNote(study=study, number=2, note=next(left)))
        doing.add(ReportNote(study=study, number=8, note=next(left)))
        doing.change(mine, note=next(left), properties={next(left): next(left)})
        doing.change(other, properties={"Heard": next(left)})
        link = CheckLink(study=study, participant=mine, token_hash=b"2" * 32, expires_at=NOW)
        doing.add(link)
        place = {"document": other, "start": start, "end": other.length}
        doing.add(CheckAnswer(study=study, link=link, answer="withdraw", at=NOW, **place))
    assert not list(left)
    return [sentinel(f"unsaid {nth}") for nth in range(UNSAID)]


def _kept(here: Seat, element: str, name: str, participant: Participant | None) -> KeptPart:
    key = uuid.uuid4()
    xml = f'<{element} xmlns="urn:QDA-XML:project:1.0" guid="{key}" name="{name}"/>'
    return KeptPart(id=key, study=here.study, participant=participant, element=element, name=name, xml=xml)


def _coding(here: Seat, planter: Planter, document: Document, left: Iterator[str]) -> None:
    at = iter(range(0, document.length, 60))

    def passage() -> tuple[int, int]:
        start = next(at)
        return start, start + 40

    plain, _ = codes.add_code(here, "regularity", definition=next(left), example=next(left), now=NOW)
    codes.edit_code(here, plain.id, include=next(left), now=NOW)
    codes.edit_code(here, plain.id, include="", now=NOW)
    codes.add_code(here, next(left), now=NOW)
    codes.add_code(here, f"like {planter.word('nickname')}", now=NOW)
    span, _ = spans.add_span(here, document.id, plain.id, *passage(), now=NOW)
    gone, _ = spans.add_span(here, document.id, plain.id, *passage(), now=NOW)
    memos.add_memo(here, "span", gone.id, planter.word("memo title"), planter.word("memo on a lost span"), now=NOW)
    spans.remove_span(here, gone.id, now=NOW)
    for kind, about in (("span", span.id), ("document", document.id), ("participant", document.participant_id)):
        assert about is not None
        memos.add_memo(here, kind, about, "", planter.word(f"memo on a {kind}"), now=NOW)
    memos.add_memo(here, "study", here.study.id, "", f"Compare: “{next(left)}” and the rest.", now=NOW)
    once, _ = memos.add_memo(here, "code", plain.id, "Old", next(left), now=NOW)
    memos.edit_memo(here, once.id, memos.version(once), text="Nothing more.", now=NOW)
    binned, _ = memos.add_memo(here, "code", plain.id, next(left), "", now=NOW)
    memos.bin_memo(here, binned.id, now=NOW)
    memos.add_memo(here, "study", here.study.id, "Stays", "A2 speaks of warmth.", now=NOW)


def _analysis(here: Seat, planter: Planter, document: Document, other: Document, left: Iterator[str]) -> None:
    study, plain = here.study, Code.objects.get(study=here.study, name="regularity")
    span = plain.spans.get()
    participant = document.participant
    assert participant is not None
    # So that there is something left to draw.
    warmth, _ = codes.add_code(here, "warmth", now=NOW)
    spans.add_span(here, other.id, warmth.id, 0, 10, now=NOW)
    with act(study, here.researcher, "plant", now=NOW) as doing:
        theme = Theme(study=study, name=next(left), central_idea=next(left), definition=next(left), colour="#3d7fb8")
        doing.add(theme)
        doing.add(Misfit(study=study, theme=theme, span=span, note=planter.word("misfit")))
        doing.add(FrameworkCell(study=study, theme=theme, participant=participant, summary=planter.word("cell")))
        doing.add(FrameworkCell(study=study, theme=theme, participant=other.participant, summary=f"Not {next(left)}"))
        doing.add(Phase(study=study, number=1, started_on=NOW.date(), note=next(left)))
        doing.add(PointNote(study=study, number=1, note=next(left)))
        doing.add(SavedQuery(study=study, name=next(left), text=f'"{next(left)}"'))
        link = CheckLink(study=study, participant=participant, token_hash=b"1" * 32, expires_at=NOW)
        doing.add(link)
        said = planter.word("check")
        where = {"document": document, "start": span.start, "end": span.end}
        doing.add(CheckAnswer(study=study, link=link, answer="amend", words=said, at=NOW, **where))
        gone = Theme(study=study, name="Lost", central_idea=next(left), colour="#3d7fb8")
        doing.add(gone)
        lost = planter.word("lost cell")
        doing.add(FrameworkCell(study=study, theme=gone, participant=participant, summary=lost))
        doing.add(Misfit(study=study, theme=gone, span=span, note=planter.word("lost misfit")))
    remove_theme(here, gone.id, now=NOW)


if __name__ == "__main__":
    print(json.dumps(plant()), flush=True)
