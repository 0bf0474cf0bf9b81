"""Who speaks: which of the possible labels of a text are speakers, decided over the whole of it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from sameboat.study.readers import names
from sameboat.study.readers.labels import Form, Label, label_of
from sameboat.study.readers.shapes import Line

_SHORT = r"([A-Za-z]{1,4}\d{0,3})"
_EQUALS = re.compile(
    rf"(?:^|[\s,;(:]){_SHORT}\s{{0,9}}=\s{{0,9}}(\S.{{1,60}}?)\s{{0,9}}(?=[,;]?\s{{0,9}}(?:and\s)?\b{_SHORT}\s{{0,9}}=|;|$)"
)
_DASHED = re.compile(rf"\s*{_SHORT}\s*[–—-]\s+([^=;\n]{{2,50}}?)\s*$")
_EDGE = 30
_LONGEST_LEGEND = 400
_TRIES_FOR_HEADINGS = 20


@dataclass(slots=True)
class Known:
    """The speakers of a text: what each accepted label is called, and where its headings end."""

    called: dict[str, str] = field(default_factory=dict)
    legend: dict[str, str] = field(default_factory=dict)
    legend_lines: set[int] = field(default_factory=set)
    heading_end: int = 0
    passed_over: Counter[str] = field(default_factory=Counter)
    interviewers: set[str] = field(default_factory=set)

    def speaker(self, at: int, label: Label) -> str | None:
        """Whose label this is, or None where it is only words."""
        if at < self.heading_end or at in self.legend_lines:
            return None
        return self.called.get(names.plain(label.name)) if label.name else None


def find_labels(lines: list[Line]) -> dict[int, Label]:
    """The possible label of each line that has one, by the line's number."""
    return {at: found for at, line in enumerate(lines) if line.speaker is None and (found := label_of(line))}


def recognise(lines: list[Line], labels: dict[int, Label]) -> Known:
    """Which of these labels are speakers."""
    known = Known()
    _read_legend(lines, labels, known)
    known.heading_end = _end_of_headings(labels)
    uses: dict[str, list[Label]] = defaultdict(list)
    for at, label in labels.items():
        if label.name and at >= known.heading_end and at not in known.legend_lines:
            uses[names.plain(label.name)].append(label)
    accepted = _accepted(uses, known, sum(bool(line.text.strip()) for line in lines))
    for plain, found in uses.items():
        if plain in accepted:
            known.called[plain] = known.legend.get(plain, found[0].name)
        elif not names.is_noise(plain):
            known.passed_over[found[0].name] += len(found)
    known.interviewers |= {name for plain, name in known.called.items() if names.asks(plain) or names.asks(name)}
    return known


def _accepted(uses: dict[str, list[Label]], known: Known, count: int) -> set[str]:
    """Labels that are speakers. First the sure ones; then, if those mark the text, the ones that come only once."""
    sure = {plain for plain, found in uses.items() if plain in known.legend or _is_sure(found, count)}
    alone = {plain for plain, found in uses.items() if found[0].form is Form.ALONE and _may_speak_once(found)}
    sure |= alone if sum(len(uses[plain]) for plain in alone) > 1 else set()
    marked = sum(len(uses[plain]) for plain in sure)
    once = {plain for plain, found in uses.items() if plain not in sure and _may_speak_once(found)}
    if sure and marked >= 0.3 * count:
        return sure | once
    if not sure and len(once) > 1 and len(once) >= 0.5 * count:
        return once
    return sure


def _is_sure(found: list[Label], count: int) -> bool:
    """Whether a label is a speaker by itself: named as one and used more than once, or set apart in bold."""
    first, often = found[0], len(found) > 1
    form = Form.COLON if any(label.form is Form.COLON for label in found) else first.form
    if names.is_heading(first.name) or names.is_noise(first.name):
        return False
    if form is Form.BRACKET:
        return (often or _is_numbered(first.name)) and (names.is_code(first.name) or names.is_named(first.name))
    if form is Form.TAB:
        return len(found) > 2 and (names.is_named(first.name) or _is_numbered(first.name))
    if any(label.strong for label in found) and (often or names.is_named(first.name)):
        return len(first.name.split()) <= 5
    if names.is_named(first.name) or names.is_part(first.name) or _is_numbered(first.name):
        return often or (names.is_part(first.name) and len(first.name) > 1) or _is_numbered(first.name)
    return len(found) > 2 and len(first.name.split()) == 1 and len(found) >= 0.2 * count


def _is_numbered(name: str) -> bool:
    return names.is_code(name) and any(map(str.isdigit, name)) and not name.isdigit()


def _may_speak_once(found: list[Label]) -> bool:
    first = found[0]
    if first.form not in (Form.COLON, Form.ALONE) or names.is_heading(first.name) or names.is_noise(first.name):
        return False
    return names.is_named(first.name) or names.is_part(first.name)


def _end_of_headings(labels: dict[int, Label]) -> int:
    """The line after the last heading such as "Date:" near the top; nobody speaks above it."""
    end, seen = 0, set()
    for at, label in sorted(labels.items()):
        plain = names.plain(label.name)
        if at >= _TRIES_FOR_HEADINGS or (plain and plain in seen):
            break
        seen.add(plain)
        if names.is_heading(plain) and plain not in names.LEGEND_HEADINGS:
            end = at + 1
    return end


def _read_legend(lines: list[Line], labels: dict[int, Label], known: Known) -> None:
    """Pairs such as "K = Karen (interviewer)", and lines under a heading such as "Speakers:"."""
    used = Counter(names.plain(label.name) for label in labels.values() if label.name)
    for at in {*range(min(_EDGE, len(lines))), *range(max(0, len(lines) - _EDGE), len(lines))}:
        for short, meaning in _pairs(lines[at].text, labels.get(at)):
            if names.plain(short) in used and names.is_named(_without_aside(meaning)):
                _add(known, at, short, meaning)
    _read_listed_legend(lines, labels, known, used)


def _pairs(text: str, label: Label | None) -> list[tuple[str, str]]:
    if len(text) > _LONGEST_LEGEND or (label and label.name and not _heads_legend(label)):
        return []
    return [(found[1], found[2]) for found in (*_EQUALS.finditer(text), *_DASHED.finditer(text))]


def _heads_legend(label: Label) -> bool:
    return names.plain(label.name) in names.LEGEND_HEADINGS


def _read_listed_legend(lines: list[Line], labels: dict[int, Label], known: Known, used: Counter[str]) -> None:
    for at in range(min(_EDGE, len(lines))):
        title = names.plain(lines[at].text.strip().rstrip(":").strip("*# "))
        if title not in names.LEGEND_HEADINGS:
            continue
        known.legend_lines.add(at)
        for below in range(at + 1, min(at + 1 + _EDGE, len(lines))):
            label, seen = labels.get(below), names.plain(labels[below].name) if below in labels else ""
            meaning = lines[below].text[label.rest :].strip() if label else ""
            if label is None or seen in known.legend or not _is_meaning(meaning, used[seen]):
                break
            _add(known, below, label.name, meaning)


def _is_meaning(meaning: str, uses: int) -> bool:
    return uses > 1 and 0 < len(meaning) <= 60 and names.is_named(_without_aside(meaning))


def _add(known: Known, at: int, short: str, meaning: str) -> None:
    name = _without_aside(meaning) or meaning
    known.legend[names.plain(short)] = name
    known.legend_lines.add(at)
    if any(names.asks(word.strip("(),.")) for word in meaning.split() if len(word) > 2):
        known.interviewers.add(name)


def _without_aside(meaning: str) -> str:
    """Karen Hill of "Karen Hill (interviewer)" and of "Karen Hill, interviewer"."""
    return re.split(r"\s*[(,]", meaning.strip(), maxsplit=1)[0].strip(" .")
