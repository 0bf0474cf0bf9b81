"""What may be a speaker's label at the start of a line, whatever the reader makes of it in the end.

Every form that transcripts use: `Name:`, `**Name:**`, `[id1]`, `Name` before a tab, a time before or after the name,
name and time on a line of their own, a time on a line of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from sameboat.study.readers.shapes import Line


class Form(Enum):
    """How a label was written."""

    COLON = "colon"
    BRACKET = "bracket"
    TAB = "tab"
    ALONE = "alone"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Label:
    """A name that may be a speaker's, and where the words begin behind it. `name` is empty for a mere time."""

    name: str
    rest: int
    form: Form
    seconds: float | None = None
    strong: bool = False


_CLOCK = r"(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,:]\d{1,3})?"
_RANGE = rf"{_CLOCK}(?:\s*(?:-->|[-–—]|to)\s*{_CLOCK})?"
_SHUT_TIME = rf"(?:[\[(<{{]\s*{_RANGE}\s*[\])>}}]|\#{_CLOCK}(?:-\d)?\#)"
_LONG_TIME = r"\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,3})?(?![\d:])"
_TIME = rf"(?:{_SHUT_TIME}|{_RANGE}(?:\s?[AaPp]\.?[Mm]\.?)?)"
_NAME = r"[^\W_](?:[^:：\t\n\[\](){}<>*\"“”?!;|=]{0,38}[^\s:：\t\[\](){}<>*\"“”?!;|=,])?"
_ASIDE = r"(?:\s*\([^()\d:][^()\n]{0,40}\))?"
_STARS = r"(?:\*\*|__)?"

_BEFORE = re.compile(rf"\s*(?P<time>{_TIME})(?:\s*[-–—:|]\s|\s+|$)")
_COLON = re.compile(
    rf"\s*{_STARS}(?P<name>{_NAME}){_ASIDE}{_STARS}(?:\s*(?P<time>{_SHUT_TIME}))?{_STARS}"
    rf"\s*(?::{_STARS}(?=\s|$)|：{_STARS})\s*"
)
_BRACKET = re.compile(rf"\s*{_STARS}\[\s*(?P<name>{_NAME})\s*\]{_STARS}(?:\s*(?P<time>{_SHUT_TIME}))?\s*:?\s*")
_TAB = re.compile(rf"\s*(?P<name>{_NAME}){_ASIDE}\s*\t\s*(?:(?P<time>{_TIME})\s*(?:\t|$)\s*)?")
_ALONE = re.compile(
    rf"\s*{_STARS}(?P<name>{_NAME}){_ASIDE}{_STARS}(?:\s*[,:;|·–—-])?\s{{1,12}}(?P<time>{_TIME})\s*{_STARS}\s*$"
)
_ONLY_TIME = re.compile(rf"\s*(?P<time>{_TIME})\s*$")
_SHUT_BEFORE = re.compile(rf"\s*(?P<time>{_SHUT_TIME}|{_LONG_TIME})\s*[-–—:|]?\s*")
# Without one of these there is no label of any form: a name ends at one, and no time is written without a colon.
_SIGNS = re.compile(r"[:：\[\t]")
# No label is longer; nobody can make a line that takes long to judge.
_FAR_ENOUGH = 240
_FORMS = (
    (_COLON, Form.COLON),
    (_BRACKET, Form.BRACKET),
    (_ALONE, Form.ALONE),
    (_TAB, Form.TAB),
)


def seconds_of(time: str) -> float | None:
    """Seconds of "1:02:03", "02:03,5", "[02:03]", "#00:02:03-5#"; of a range its start. A clock time has none."""
    if re.search(r"[AaPp]\.?[Mm]", time):
        return None
    found = re.search(_CLOCK, time)
    if found is None:
        return None
    whole, fraction = re.fullmatch(r"([\d:]+?)(?:[.,](\d+))?", found[0]).groups()  # type: ignore[union-attr]
    total = 0
    for part in whole.split(":"):
        total = total * 60 + int(part)
    return total + (float(f"0.{fraction}") if fraction else 0.0)


def label_of(line: Line) -> Label | None:
    """The first label that the start of a line could be, or None."""
    text = line.text[:_FAR_ENOUGH]
    if not _SIGNS.search(text):
        return None
    if alone := _ONLY_TIME.match(text):
        return Label("", len(text), Form.TIME, seconds_of(alone["time"]))
    before = _BEFORE.match(text)
    at = before.end() if before else 0
    for pattern, form in _FORMS:
        if found := pattern.match(text, at):
            time = found["time"] or (before["time"] if before else "")
            strong = _is_strong(line, found)
            return Label(found["name"].strip(), found.end(), form, seconds_of(time) if time else None, strong)
    if shut := _SHUT_BEFORE.match(text):
        return Label("", shut.end(), Form.TIME, seconds_of(shut["time"]))
    return None


def _is_strong(line: Line, found: re.Match[str]) -> bool:
    """Whether all of the name is set in bold, by the format or by asterisks."""
    return line.strong >= found.end("name") or line.text[found.start() : found.start("name")].strip() in {"**", "__"}
