"""`sameboat talk ORIGIN NAME`: read and write in a room from a terminal, live.

Everything is opened and sealed in this process; nothing is kept on disk. The passphrase is asked for, or
read from standard input where that is no terminal.
"""

from __future__ import annotations

import argparse
import getpass
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from sameboat.client import Away, BadAnswer, Member, Refused, Said, Stopped
from sameboat.client.live import follow
from sameboat.protocol.failures import Failure

PLACES = {"room": "The room", "everyday": "Everyday room"}
HELP = """Type a line to say it. /room and /everyday change the room, /members says who is here,
/hear hears the newest message, /reply WORDS answers it, /back takes back your newest message, /quit goes out."""


@dataclass
class Terminal:
    """Where a member is, and what they have been shown."""

    me: Member
    place: str = "room"
    shown: list[Said] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def show_new(self) -> None:
        """Prints what is new in this room, and says where something is missing."""
        with self.lock:
            known = {said.hash for said in self.shown}
            for said in self.me.read(self.place):
                if said.hash not in known:
                    self.shown.append(said)
                    print(line_of(said), flush=True)
            if self.me.missing():
                print("Something that was said is missing here.", flush=True)

    def do(self, typed: str) -> bool:
        """Does what a line asks for; False to go out."""
        word, _, rest = typed.strip().partition(" ")
        with self.lock:
            if word == "/quit":
                return False
            if word in ("/room", "/everyday"):
                self.place, self.shown = word[1:], []
                print(PLACES[self.place])
                self.show_new()
            elif word == "/members":
                print(", ".join(sorted(self.me.members().values())))
            elif word.startswith("/"):
                self._answer(word, rest)
            elif word:
                self.me.say(typed.strip(), place=self.place)
        return True

    def _answer(self, word: str, rest: str) -> None:
        others = [said for said in self.shown if not said.mine]
        own = [said for said in self.shown if said.mine]
        if word == "/hear" and others:
            self.me.hear(others[-1].hash)
        elif word == "/reply" and others and rest:
            self.me.say(rest, place=self.place, reply=others[-1].hash)
        elif word == "/back" and own:
            self.me.take_back(own[-1].hash)
            self.shown.remove(own[-1])
        else:
            print(HELP)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The site and the sign-in name."""
    parser.add_argument("origin", metavar="ORIGIN", help="the site, such as http://localhost:8000")
    parser.add_argument("name", metavar="NAME", help="the sign-in name")


def run(options: argparse.Namespace) -> int:
    """Signs in, shows the room, and follows it until the input ends or /quit."""
    try:
        me = Member.come_in(options.origin, options.name, _passphrase())
    except Refused as refused:
        print(refused.sentence, file=sys.stderr)
        return 1
    except (Away, BadAnswer):
        print(f"Nothing that talks like this answers at {options.origin}.", file=sys.stderr)
        return 1
    except Failure as failure:
        print(f"That could not be opened ({failure.code}).", file=sys.stderr)
        return 1
    if me.here is None:
        print("You are in no group yet.", file=sys.stderr)
        return 1
    return _sit_down(Terminal(me))


def line_of(said: Said) -> str:
    """A message as one line."""
    note = f" [{said.note}]" if said.note else ""
    heard = f"  ({', '.join(said.heard_by)} heard this)" if said.heard_by else ""
    return f"{said.name}{note}: {said.text}{heard}"


def _sit_down(terminal: Terminal) -> int:
    print(f"{terminal.me.words().group}. {PLACES[terminal.place]}. Type /help for what can be typed.")
    terminal.show_new()
    threading.Thread(target=_listen, args=(terminal,), daemon=True).start()
    for typed in _lines():
        try:
            if not terminal.do(typed):
                break
        except Away:
            print("There is no connection. It waits here and goes by itself.")
        except Stopped as stopped:
            print(f"Nothing is sent: the group's log was seen to be altered ({stopped.code}).")
        except (Refused, Failure) as said_no:
            print(f"That could not be done ({said_no.code}).")
    with suppress(Away, Refused):
        terminal.me.go_out()
    return 0


def _listen(terminal: Terminal) -> None:
    # Only as a hint: what is shown is read and verified under the lock.
    for news in follow(terminal.me.wire, lambda circle: None):
        with terminal.lock, suppress(Away, Refused, Stopped):
            if news.kind == "connected":
                terminal.me.send_waiting()
            terminal.show_new()


def _lines() -> Iterator[str]:
    for typed in sys.stdin:
        yield typed.rstrip("\n")


def _passphrase() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("Passphrase: ")
    return sys.stdin.readline().rstrip("\n")
