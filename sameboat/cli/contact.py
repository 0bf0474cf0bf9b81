"""`sameboat contact`: the key that reports are sealed to, in two halves, and what two people do with it.

Made for a computer that is not the server: it needs no database and no network. `make` writes the halves,
`rehearse` shows that they fit, `open` reads a sealed report as SPEC 15 says, `answer` seals words for its sender.
"""

from __future__ import annotations

import argparse
import datetime
import os
import shutil
import sys
import textwrap
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from sameboat.cli import halves
from sameboat.cli.halves import BadHalves
from sameboat.protocol.encoding import Many, b64u, decode
from sameboat.protocol.failures import Failure
from sameboat.protocol.locks import box, unbox
from sameboat.protocol.seal import Shown, open_report, read_pick, read_talk, seal_answer
from sameboat.protocol.verify import Member, State, last_known, replay

LARGEST = 256 * 1024 * 1024
BAR = "    | "
CARRIED = ["u", "b32", "b16", "b16", "b", Many("b", None)]


class Carried(NamedTuple):
    """A report as the site handed it over, and its circle replayed."""

    sender: Member
    state: State
    report: bytes
    sealed: bytes


def arguments(parser: argparse.ArgumentParser) -> None:
    """Four verbs, each with what it needs."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    made = verbs.add_parser("make", help="write a new key in two halves")
    made.add_argument("folder", type=Path)
    for name, about in (("rehearse", "see that two halves fit"), ("open", "read a sealed report")):
        below = verbs.add_parser(name, help=about)
        if name == "open":
            below.add_argument("file", type=Path, help="what the operator's page handed over")
        below.add_argument("--half", type=Path, action="append", default=[], help="file with a half of the key; twice")
    answered = verbs.add_parser("answer", help="seal an answer, typed here, for whoever sent a report")
    answered.add_argument("file", type=Path, help="what the operator's page handed over")


def run(options: argparse.Namespace) -> int:
    """0 when it was done; 1 with a sentence where it could not be."""
    verbs = {"make": _make, "rehearse": _rehearse, "open": _open, "answer": _answer}
    try:
        verbs[options.verb](options)
    except BadHalves as problem:
        print(problem, file=sys.stderr)
        return 1
    except Failure as failure:
        print(f"This does not hold ({failure.code}), so nothing of it is shown.", file=sys.stderr)
        return 1
    return 0


def _make(options: argparse.Namespace) -> None:
    places, public = halves.make(options.folder)
    print(f"Give one file to each of two people, then delete both here:\n  {places[0]}\n  {places[1]}")
    print(f"Put this into the setting SAMEBOAT_CONTACT_KEY; it is no secret:\n  {public}")
    print("Then rehearse: sameboat contact rehearse --half FIRST --half SECOND")


def _rehearse(options: argparse.Namespace) -> None:
    key, said = halves.joined(options.half), os.urandom(32)
    sealed = box(key.public_key().public_bytes_raw(), said, "report", bytes(32), bytes(16), bytes(16))
    if unbox(key, sealed, "report", bytes(32), bytes(16), bytes(16)) != said:
        raise BadHalves("These halves do not open what is sealed to them.")
    print("The two halves fit, and open what is sealed to them. Write the day down on the operator's page.")


def _open(options: argparse.Namespace) -> None:
    carried, key = _read(options.file), halves.joined(options.half)
    state, sender = carried.state, carried.sender
    content = open_report(key, state.circle, sender.id, sender.sign_pk, carried.report, carried.sealed)
    print(f"Group's code: {b64u(state.circle)}")
    print(f"Sent {_day(content[0])} by the member {b64u(sender.id)}")
    if content[1] == "appeal":
        _appeal(content)
    elif content[1] == "report-talk":
        talk = read_talk(state, sender.id, content[3])
        _report(talk, content[4:], f"Said in a talk of two: {' and '.join(b64u(one) for one in sorted(talk.members))}")
    else:
        _report(state, content[3:])


def _report(state: State, content: list[Any], where: str = "") -> None:
    rows, neighbours, words = content
    # All or nothing: where one row fails, nothing of the report is shown.
    shown = sorted((read_pick(state, row) for row in rows), key=lambda one: (one.header.stream, one.header.counter))
    _say("What they say:" if words else "What they say: (no words)", words)
    if where:
        print(where)
    for line in lines(shown, neighbours):
        print(line)


def _appeal(content: list[Any]) -> None:
    agreement, why, words = content[3:]
    _say("An appeal. The agreement as they have it:", agreement)
    _say("The reason they were given:", why)
    _say("What they say:", words)


def _say(head: str, words: str) -> None:
    print("\n".join([head, *barred(words)]))


def lines(shown: list[Shown], neighbours: Iterable[bytes]) -> Iterable[str]:
    """Reported messages in the order of their streams, with a line wherever something is not shown."""
    hashes, before = {one.header.hash for one in shown}, None
    for one in shown:
        follows = before is not None and before.stream == one.header.stream and before.counter + 1 == one.header.counter
        if one.header.prev is not None and (one.header.prev not in hashes or not follows):
            yield "  … something before this is not shown …"
        yield f"Message's code: {b64u(one.header.hash)}"
        yield f"  {_day(one.content[0])}, the member {b64u(one.header.author)} ({plain(one.content[2])}), proved:"
        for part in one.content[3:]:
            yield from barred(part if isinstance(part, str) else "")
        before = one.header
    left = sum(1 for _each in neighbours)
    if left:
        yield f"  … {left} beside these are not shown …"


def _answer(options: argparse.Namespace) -> None:
    carried, place = _read(options.file), options.file.with_suffix(".answer")
    print("Type the answer; end with a line that holds only a full stop.", file=sys.stderr)
    typed: list[str] = []
    for line in sys.stdin:
        if line.strip() == ".":
            break
        typed.append(line)
    sealed = seal_answer(
        carried.sender.box_pk, carried.state.circle, carried.report, int(time.time()), "".join(typed).strip()
    )
    place.write_text("\n".join(textwrap.wrap(b64u(sealed), 76)) + "\n", encoding="ascii")
    print(f"Paste what stands in this file into the operator's page: {place}")


def _read(file: Path) -> Carried:
    try:
        raw = file.read_bytes()
    except OSError:
        raise BadHalves(f"{file} cannot be read.") from None
    version, circle, sender, report, sealed, wires = decode(raw, CARRIED, LARGEST)
    if version != 1:
        raise Failure("unknown_version")
    if not wires:
        raise BadHalves("The group was ended before this was fetched, so nothing in it can be proved any more.")
    state = replay(wires)
    if state.circle != circle:
        raise Failure("wrong_circle")
    member = last_known(state, sender)
    if member is None:
        raise Failure("not_a_member")
    return Carried(member, state, report, sealed)


def barred(text: str) -> Iterable[str]:
    """Somebody's own words, each line behind a bar that only they have: they could read like what was proved.

    So narrow that no terminal breaks a line by itself, which would set its end before the bar.
    """
    columns = min(shutil.get_terminal_size().columns, 80) - len(BAR)
    for line in plain(text).split("\n") if text else []:
        # Letters beyond the Latin ones may take two columns.
        room = columns if max(line, default="") < "\u0250" else columns // 2
        broken = textwrap.wrap(line, max(2, room), replace_whitespace=False, drop_whitespace=False)
        yield from (f"{BAR}{part}" for part in broken or [""])


def plain(text: str) -> str:
    """Without anything that a terminal would take for an order."""
    return "".join(one if one.isprintable() or one == "\n" else "\N{REPLACEMENT CHARACTER}" for one in text)


def _day(seconds: int) -> str:
    try:
        return datetime.datetime.fromtimestamp(seconds, tz=datetime.UTC).strftime("%-d %B %Y, %H:%M UTC")
    except (OverflowError, OSError, ValueError):
        return "at a time that cannot be"
