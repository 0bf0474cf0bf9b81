"""`sameboat demo`: a group of four made-up people on a running site, made as any group is made.

Their passphrases lie in the data folder, readable by its owner only. That is right for people who do not
exist, and for nobody else. A second run finds the group and prints the same lines.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import secrets
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings

from sameboat.accounts.actions import make_start_code
from sameboat.cli import demo_words as words
from sameboat.client import Away, Member, Refused
from sameboat.client.meetings import Words, plan_meeting
from sameboat.lib import clock

KEPT = "demo-people.json"
PASSPHRASE_WORDS = 5
MOST_TRIES = 9


@dataclass(frozen=True)
class Person:
    """A made-up member: their name, which is also their sign-in name, and passphrase and recovery code."""

    name: str
    passphrase: str
    code: str = ""


def arguments(parser: argparse.ArgumentParser) -> None:
    """No options of its own: `--data` and `--port` say where the site is."""


def run(options: argparse.Namespace) -> int:
    """Makes the group unless it is there, and prints how to sign in as each of the four."""
    try:
        people = ensure_demo(settings.ORIGIN, settings.DATA)
    except Away:
        print(f"Nothing answers at {settings.ORIGIN}. Type in another window: sameboat serve", file=sys.stderr)
        return 1
    except Refused as refused:
        print(f"The made-up group could not be made: {refused.sentence}", file=sys.stderr)
        return 1
    for person in people:
        print(f"sign in as {person.name} with {person.passphrase}", flush=True)
    return 0


def ensure_demo(origin: str, data_folder: Path) -> list[Person]:
    """The four people of the made-up group on the site at `origin`; made at the first call.

    `data_folder` is that site's own. Raises Away where nothing answers, Refused where the site says no.
    """
    kept = data_folder / KEPT
    if kept.exists():
        return [Person(**one) for one in json.loads(kept.read_text(encoding="utf-8"))]
    people = make_group(origin)
    # Written last and moved into place: half a group is never taken for a whole one.
    fresh = kept.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump([vars(person) for person in people], file, ensure_ascii=False, indent=1)
    fresh.replace(kept)
    return people


def make_group(origin: str) -> list[Person]:
    """Four accounts, one group, its words, and a little talk in both rooms, all through the member API."""
    mark = 1
    while True:
        people = [Person(name + (str(mark) if mark > 1 else ""), _passphrase()) for name in words.NAMES]
        try:
            members = _made(origin, people)
        except Refused as refused:
            # The names of an earlier try that was cut off stay taken.
            if refused.code != "name_taken" or mark == MOST_TRIES:
                raise
            mark += 1
        else:
            _talk(members)
            _plan(members[words.NAMES[0]])
            return [replace(one, code=member.add_code()) for one, member in zip(people, members.values(), strict=True)]


def _made(origin: str, people: list[Person]) -> dict[str, Member]:
    first, *others = people
    code = make_start_code(now=int(clock.seconds()))
    host = Member.start(
        origin,
        first.name,
        first.passphrase,
        group=words.GROUP,
        name=words.NAMES[0],
        agreement=words.AGREEMENT,
        safeguarding=words.SAFEGUARDING,
        code=code,
        clock=clock.seconds,
    )
    members = {words.NAMES[0]: host}
    for name, person in zip(words.NAMES[1:], others, strict=True):
        members[name] = _let_in(host, origin, name, person)
    return members


def _let_in(host: Member, origin: str, name: str, person: Person) -> Member:
    link = host.invite(name, looks_in=words.LOOKS_IN)
    newcomer = Member.knock_at(
        origin,
        link,
        person.name,
        person.passphrase,
        name=name,
        hello=words.HELLO[name],
        clock=clock.seconds,
    )
    host.admit(next(one for one in host.door() if one.name == name))
    newcomer.enter()
    return newcomer


def _talk(members: dict[str, Member]) -> None:
    for member in members.values():
        member.affirm()
    said: dict[str, bytes] = {}
    for line in words.TALK:
        member = members[line.who]
        answers = said.get(line.answers)
        message = member.say(line.text, place=line.place, reply=answers, note=line.note, want=line.want)
        said[line.name] = message.hash
        for name in line.heard_by:
            members[name].hear(message.hash)


def _plan(host: Member) -> None:
    """Every week at the same time by the clock on the wall, from the next such weekday on."""
    today = datetime.datetime.fromtimestamp(clock.seconds(), datetime.UTC).date()
    first = today + datetime.timedelta(days=(words.WEEKDAY - today.weekday()) % 7 or 7)
    start, end = (f"{first.isoformat()}T{at}" for at in words.FROM_TO)
    plan_meeting(host.talk, Words(*words.MEETING), start=start, end=end, zone=words.ZONE, rule="FREQ=WEEKLY")


def _passphrase() -> str:
    return " ".join(secrets.choice(words.FOR_PASSPHRASES) for _ in range(PASSPHRASE_WORDS))
