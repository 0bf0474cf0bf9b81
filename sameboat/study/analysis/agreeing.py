"""How far coders of this study agree, by code or by text, and the passages on which they do not."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from sameboat.study.analysis.agreement import (
    NOTHING,
    Table,
    Unit,
    cohen,
    disagreements,
    fleiss,
    krippendorff,
    percentage,
    table,
    units,
)
from sameboat.study.coding import access
from sameboat.study.coding.coverage import said_by_participants
from sameboat.study.coding.models import Code
from sameboat.study.coding.places import Places
from sameboat.study.team.access import Seat
from sameboat.study.team.models import Researcher

Interval = tuple[int, int]
# By text, by code, by coder: where the code is.
Layers = dict[uuid.UUID, dict[uuid.UUID, dict[uuid.UUID, list[Interval]]]]


@dataclass
class Row:
    """What coders did with one code, or in one text. Figures are None where nothing can be said."""

    id: uuid.UUID | None
    name: str
    seen: Table = NOTHING
    units: list[Unit] = field(default_factory=list)

    def take(self, seen: Table, found: list[Unit]) -> None:
        """Adds what was done with one code in one text."""
        self.seen += seen
        self.units += found

    @property
    def percentage(self) -> float | None:
        whole = sum(unit.weight for unit in self.units)
        alike = sum(unit.weight for unit in self.units if 0 in unit.judged.values())
        return percentage(self.seen) if self.seen.total else alike / whole if whole else None

    @property
    def cohen(self) -> float | None:
        return cohen(self.seen)

    @property
    def fleiss(self) -> float | None:
        return fleiss(self.units) if self.units else None

    @property
    def krippendorff(self) -> float | None:
        return krippendorff(self.units)


@dataclass(frozen=True)
class Differing:
    """A passage that some of the coders put a code on and others did not."""

    document: uuid.UUID
    code: uuid.UUID
    start: int
    end: int
    did: tuple[str, ...]
    did_not: tuple[str, ...]


def layers(seat: Seat, whose: Places) -> Layers:
    """Everybody's coding, as far as this seat may see it."""
    found: Layers = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    rows = access.spans(seat).values_list("document_id", "code_id", "author_id", "start", "end")
    for document, code, author, start, end in rows:
        if document in whose.texts:
            found[document][code][author].append((start, end))
    return found


def who_coded(found: Layers) -> dict[uuid.UUID, set[uuid.UUID]]:
    """By coder, the texts they put a code into."""
    texts: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for document, of in found.items():
        for by in of.values():
            for author in by:
                texts[author].add(document)
    return texts


def compared(
    found: Layers, coders: list[Researcher], codes: Collection[Code], texts: dict[uuid.UUID, str], by: str
) -> tuple[Row, list[Row]]:
    """All in all, and a row for each code (`by` "codes") or text ("texts"). At least two coders."""
    every = Row(None, "All together")
    rows = {one.id: Row(one.id, one.name) for one in codes}
    if by == "texts":
        rows = {document: Row(document, name) for document, name in texts.items()}
    for document, code, seen, judged in _judged(found, coders, codes, texts):
        for row in (every, rows[document if by == "texts" else code]):
            row.take(seen, judged)
    used = {code for of in found.values() for code in of}
    return every, [row for row in rows.values() if by == "texts" or row.id in used]


def crossed(
    found: Layers, coders: list[Researcher], codes: Collection[Code], texts: dict[uuid.UUID, str]
) -> tuple[list[str], list[tuple[Code, list[Row]]]]:
    """Whose the texts are, each once, and for each code that is used a row of what coders did with it there."""
    heads = list(dict.fromkeys(texts.values()))
    rows = {one.id: {name: Row(one.id, name) for name in heads} for one in codes}
    for document, code, seen, judged in _judged(found, coders, codes, texts):
        rows[code][texts[document]].take(seen, judged)
    used = {code for of in found.values() for code in of}
    return heads, [(one, list(rows[one.id].values())) for one in codes if one.id in used]


def _judged(
    found: Layers, coders: list[Researcher], codes: Collection[Code], texts: Collection[uuid.UUID]
) -> Iterator[tuple[uuid.UUID, uuid.UUID, Table, list[Unit]]]:
    """By text and code, what the coders did; the table is of two coders only."""
    for document in texts:
        whole = said_by_participants(document)
        nothing = table((), (), whole)
        for code in codes:
            of = found[document][code.id] if document in found and code.id in found[document] else {}
            did = [of.get(one.id, []) for one in coders]
            if any(did):
                judged, seen = units(did, whole), table(did[0], did[1], whole)
            else:
                judged, seen = [Unit(nothing.total, {True: 0, False: len(coders)})], nothing
            yield document, code.id, seen if len(coders) == 2 else NOTHING, judged


def differing(
    found: Layers, coders: list[Researcher], codes: Collection[Code], texts: Collection[uuid.UUID]
) -> list[Differing]:
    """Every passage on which the coders differ, the longest first."""
    passages = [one for document in texts for code in codes for one in _differing(found, coders, code.id, document)]
    return sorted(passages, key=lambda one: (one.start - one.end, str(one.document), one.start))


def _differing(found: Layers, coders: list[Researcher], code: uuid.UUID, document: uuid.UUID) -> Iterator[Differing]:
    if document not in found or code not in found[document]:
        return
    did = [found[document][code].get(one.id, []) for one in coders]
    for one in disagreements(did, said_by_participants(document)):
        names = tuple(coders[place].name for place in one.says)
        others = tuple(coder.name for place, coder in enumerate(coders) if place not in one.says)
        yield Differing(document, code, one.start, one.end, names, others)
