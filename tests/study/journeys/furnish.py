"""Fills a running server with studies: two groups, their transcripts, a few codes.

A program of its own, because it needs that server's settings: `python -m tests.study.journeys.furnish` reads one line
for each study, how many words its longest transcript shall have beside the short ones, and answers with a line of JSON.
On a team's server it also lets the people of `sameboat/study/tests/fixtures.py` come in, each with a session.
"""

from __future__ import annotations

# isort: off
import sameboat.study.config.ready  # noqa: F401
# isort: on

import datetime
import hashlib
import json
import sys
from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils.timezone import now as time_now

from sameboat.study.coding.actions.codes import add_code
from sameboat.study.fieldwork.models import Group, Participant
from sameboat.study.ledger.acts import act
from sameboat.study.team.access import seat
from sameboat.study.team.actions import add_member, person_here, start_study
from sameboat.study.team.models import Researcher, Role, Study
from sameboat.study.text.words import count
from sameboat.study.transcripts.models import Document, Stage, Turn

TALKS = {
    "A1": [
        ("INT", "What is it like, the first few minutes?"),
        (
            "A1",
            "We put the kettle on 🫖, and somebody always brings something to eat. It sounds daft, but that is when "
            "I know I can breathe out. Nobody is going to ask me to explain.",
        ),
        ("A1", "Even the weeks I stay at home, I know it is there on the Tuesday."),
        ("INT", "And between meetings?"),
        ("A1", "We text. Not big things. The dog 🐕, mostly, and e\u0301clairs from the cafe\u0301."),
        ("A1", "שלום, we say at the door, because Dalia does. שמנו את הקומקום על האש."),
    ],
    "A2": [
        ("INT", "Who is there when you arrive?"),
        ("A2", "The same faces. You find your chair, and your chair finds you. I like that nothing has moved."),
        ("A2", "Somebody saves me the heel of the bread. That is how I know that I was missed."),
    ],
    "B1": [
        ("INT", "How did your group begin?"),
        ("B1", "With soup, in a hall that was too cold. Four of us, and one ladle. We have met every week since."),
    ],
}
CODES = ["food and tea", "being able to breathe", "regularity", "the same faces"]
TEAM = {
    "Rosa": (Role.LEAD, False),
    "Tariq": (Role.CODER, False),
    "Noor": (Role.CODER, True),
    "Wim": (Role.READER, False),
}
NOW = time_now()


def furnish(words: int) -> dict[str, object]:
    """A study with everything in it; `words` more in one long transcript, when not 0."""
    people = {name: _somebody(name) for name in TEAM} if settings.TEAM else {"You": person_here()}
    lead = next(iter(people.values()))
    study = start_study(lead, "Two groups", now=NOW)
    for name, (role, blind) in TEAM.items():
        if name in people and people[name] != lead:
            add_member(study, people[name], role, blind=blind)
    talks = {**TALKS, **({"B2": _long(words)} if words else {})}
    documents = _documents(study, lead, talks)
    codes = {name: str(add_code(seat(lead, study.id), name, now=NOW)[0].id) for name in CODES}
    return {
        "study": str(study.id),
        "documents": documents,
        "codes": codes,
        "people": {name: str(person.id) for name, person in people.items()},
        "cookie": settings.SESSION_COOKIE_NAME if settings.TEAM else "",
        "sessions": {name: _session(person) for name, person in people.items()} if settings.TEAM else {},
    }


def _somebody(name: str) -> Researcher:
    """Somebody who has come in before, with the second step done; the same person in every study of this server."""
    address = f"{name.lower()}@study.example"
    known = Researcher.objects.filter(email=address).first()
    if known is None:
        known = Researcher.objects.add(name, address)
        apps.get_model("mfa", "Authenticator").objects.create(user=known, type="totp", data={})
    return known


def _long(words: int) -> list[tuple[str, str]]:
    said = [text for _, text in TALKS["A2"]] * (words // 25)
    return [("INT" if nth % 3 == 0 else "B2", text) for nth, text in enumerate(said)]


def _documents(study: Study, lead: Researcher, talks: dict[str, list[tuple[str, str]]]) -> dict[str, str]:
    made: dict[str, str] = {}
    with act(study, lead, "furnish", now=NOW, undoable=False) as doing:
        groups = {letter: Group(study=study, letter=letter) for letter in sorted({code[0] for code in talks})}
        for group in groups.values():
            doing.add(group)
        for code, talk in talks.items():
            participant = Participant(study=study, group=groups[code[0]], code=code)
            doing.add(participant)
            text = "\n".join(said for _, said in talk)
            document = Document(
                study=study, participant=participant, group=groups[code[0]], title=f"{code} interview", text=text,
                sha256=hashlib.sha256(text.encode()).hexdigest(), length=len(text), words=count(text),
                imported_at=NOW, stage=Stage.ANONYMISED,
            )  # fmt: skip
            doing.add(document)
            Turn.objects.bulk_create(_turns(study, document, talk))
            made[code] = str(document.id)
    return made


def _turns(study: Study, document: Document, talk: list[tuple[str, str]]) -> list[Turn]:
    turns: list[Turn] = []
    start = 0
    for index, (speaker, said) in enumerate(talk):
        role = "interviewer" if speaker == "INT" else "participant"
        end = start + len(said)
        turns.append(
            Turn(study=study, document=document, index=index, start=start, end=end, speaker=speaker, role=role)
        )
        start = end + 1
    return turns


def _session(person: Researcher) -> str:
    """Somebody has come in: their cookie's value."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.set_expiry(datetime.timedelta(days=1))
    store.create()
    return str(store.session_key)


if __name__ == "__main__":
    for asked in sys.stdin:
        print(json.dumps(furnish(int(asked))), flush=True)
