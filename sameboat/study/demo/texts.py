"""Reads the made-up interviews: `<tea>…</tea>` stands around a passage that bears the code `tea`."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import NamedTuple

from sameboat.study.readers import Transcript, Turn

TAG = re.compile(r"<(/?)(\w+)>")
LINE = re.compile(r"(\w+): (.*)")


class Coded(NamedTuple):
    """A passage and the key of its code."""

    start: int
    end: int
    key: str


def interview(code: str) -> tuple[Transcript, list[Coded]]:
    """One interview as a transcript, and what is coded in it."""
    lines = files(__package__).joinpath("texts", f"{code}.txt").read_text(encoding="utf-8").splitlines()
    text, turns, coded = "", [], []
    for line in filter(None, lines):
        found = LINE.fullmatch(line)
        if found is None:
            raise ValueError(f"{code}: {line[:40]}")
        text += "\n" if text else ""
        said, passages = _without_tags(found[2])
        coded += [Coded(len(text) + one.start, len(text) + one.end, one.key) for one in passages]
        turns.append(Turn(len(text), len(text) + len(said), found[1]))
        text += said
    return Transcript(text, tuple(turns), ("INT", code), "txt", "utf-8", interviewers=("INT",)), coded


def _without_tags(line: str) -> tuple[str, list[Coded]]:
    text, at = "", 0
    begun: dict[str, int] = {}
    found: list[Coded] = []
    for tag in TAG.finditer(line):
        text += line[at : tag.start()]
        at = tag.end()
        if tag[1]:
            found.append(Coded(begun.pop(tag[2]), len(text), tag[2]))
        else:
            begun[tag[2]] = len(text)
    return text + line[at:], found
