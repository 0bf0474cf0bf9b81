"""Taking names out of a text before it is coded. Pure: what might be a name, and the text with others in their place.

Suggestions are patterns, not knowledge: a person looks at each of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sameboat.study.text.spans import after_edit

CATEGORIES = ("person", "place", "organisation", "phone", "postcode", "e-mail", "date", "other")
_PATTERNS = (
    ("e-mail", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("phone", re.compile(r"(?<![\w.])\+?\(?\d[\d ()-]{7,16}\d(?!\w)")),
    ("postcode", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")),
)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_RUN = re.compile(r"[^\W\d_a-z][\w'’-]*(?:[ \t]+(?:(?:of|the|de|van|von|and|&)[ \t]+)?[^\W\d_a-z][\w'’-]*)*")
# Characters on either side of a name.
_AROUND = 45
# "Tom's" is found with "Tom", and keeps its ending.
_OF = re.compile(r"['’]s$")
_ENDS = frozenset(".!?:…\"“”'‘’()[]—–-\n")
_ORDINARY_WORDS = """
    i i'm i've i'd i'll i’m i’ve i’d i’ll ok okay tv uk usa bbc nhs gp christmas easter english british
    monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays
    sundays january february march april may june july august september october november december
"""
_ORDINARY = frozenset(_ORDINARY_WORDS.split())


@dataclass(frozen=True)
class Replacement:
    """`find` stands for `instead`, as a whole word and whatever its case; the longest goes first."""

    find: str
    instead: str
    category: str = "other"


@dataclass(frozen=True)
class Suggestion:
    """Something that might tell who somebody is: how often it comes, and the words around one place where it does.

    `turns`: how often somebody of this name speaks. `instead`: what is best put in its place, if that is known.
    """

    find: str
    category: str
    times: int
    before: str = ""
    after: str = ""
    turns: int = 0
    instead: str = ""


def suggestions(text: str) -> list[Suggestion]:
    """What might be a name, a number, an address or a postcode; what comes most often first."""
    found: Counter[tuple[str, str]] = Counter()
    first: dict[str, int] = {}
    taken: list[tuple[int, int]] = []
    for category, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                taken.append(match.span())
                found[match[0], category] += 1
                first.setdefault(match[0], match.start())
    covered: set[int] = set()
    for start, end in taken:
        covered.update(range(start, end))
    for name, start in _capitalised(text):
        if start not in covered:
            found[name, "person"] += 1
            first.setdefault(name, start)
    rows = [Suggestion(name, kind, times, *_around(text, first[name], name)) for (name, kind), times in found.items()]
    return sorted(rows, key=lambda one: (-one.times, one.find.lower()))


def _capitalised(text: str) -> Iterable[tuple[str, int]]:
    """Runs of words with a capital; at the start of a sentence only where they come with one elsewhere too."""
    runs = [(match[0], match.start()) for match in _RUN.finditer(text)]
    small = Counter(match[0] for match in _WORD.finditer(text) if match[0][0].islower())
    inside = {_OF.sub("", name) for name, start in runs if not _begins_sentence(text, start)}
    for name, start in runs:
        words = name.split()
        if words[0].lower() in _ORDINARY or (_begins_sentence(text, start) and small[words[0].lower()]):
            rest = " ".join(words[1:])
            name, start = rest, text.find(rest, start) if rest else start
        name = _OF.sub("", name)
        known = name in inside or len(name.split()) > 1 or not _begins_sentence(text, start)
        if name and known and name.lower() not in _ORDINARY and len(name) > 1:
            yield name, start


def _begins_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \t")[-1:] if at < 200 else text[at - 200 : at].rstrip(" \t")[-1:]
    return not before or before in _ENDS


def _around(text: str, at: int, name: str) -> tuple[str, str]:
    """The words before and after it; one that would be cut in two is left out."""
    end = at + len(name)
    before = text[max(0, at - _AROUND) : at].replace("\n", " ")
    after = text[end : end + _AROUND].replace("\n", " ")
    return (
        f"…{before.partition(' ')[2]}" if at > _AROUND else before,
        f"{after.rpartition(' ')[0]}…" if end + _AROUND < len(text) else after,
    )


@dataclass(frozen=True)
class Changed:
    """The text after, where each old passage stands now, and how often each replacement was made."""

    text: str
    edits: tuple[tuple[int, int, int], ...]
    times: tuple[tuple[Replacement, int], ...]

    def moved(self, start: int, end: int) -> tuple[int, int]:
        """Where a passage of the old text stands in the new one; one whose every character went is empty."""
        span: tuple[int, int] = (start, end)
        for at, removed, added in reversed(self.edits):
            found = after_edit(span, at, removed, added) if span[0] < span[1] else None
            span = found if found is not None else (_shift(span[0], at, removed, added),) * 2
        return span


def _shift(place: int, at: int, removed: int, added: int) -> int:
    return place if place <= at else max(at + added, place + added - removed)


def replace(text: str, wanted: Sequence[Replacement]) -> Changed:
    """Puts others in the place of names: whole words only, in any case, the longest name first."""
    by_name = {one.find.lower(): one for one in wanted if one.find.strip()}
    if not by_name:
        return Changed(text, (), ())
    longest_first = sorted(by_name, key=len, reverse=True)
    pattern = re.compile("|".join(map(_whole, longest_first)), re.IGNORECASE)
    pieces: list[str] = []
    edits: list[tuple[int, int, int]] = []
    times: Counter[str] = Counter()
    last = 0
    for match in pattern.finditer(text):
        key = _key(match[0], by_name)
        pieces += [text[last : match.start()], by_name[key].instead]
        edits.append((match.start(), len(match[0]), len(by_name[key].instead)))
        times[key] += 1
        last = match.end()
    pieces.append(text[last:])
    return Changed("".join(pieces), tuple(edits), tuple((by_name[key], count) for key, count in times.items()))


def _whole(name: str) -> str:
    """A pattern for a whole word, with any white space where the name has some."""
    inner = r"\s+".join(re.escape(part) for part in name.split())
    start = r"(?<!\w)" if re.match(r"\w", name) else ""
    return start + inner + (r"(?!\w)" if re.search(r"\w$", name) else "")


def _key(found: str, by_name: dict[str, Replacement]) -> str:
    plain = " ".join(found.split()).lower()
    return (
        plain if plain in by_name else next(key for key in by_name if re.fullmatch(_whole(key), found, re.IGNORECASE))
    )


def come_back(text: str, wanted: Iterable[Replacement]) -> list[str]:
    """Names that were taken out and stand in this text all the same."""
    names = [one.find for one in wanted if one.find.strip()]
    return [name for name in names if re.search(_whole(name.lower()), text, re.IGNORECASE)]
