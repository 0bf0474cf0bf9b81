"""The 32 items of COREQ (Tong, Sainsbury and Craig 2007) in our own words, and what the workbench can fill in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings

from sameboat.study.report.facts import Facts, facts
from sameboat.study.report.models import ReportNote
from sameboat.study.team.access import Seat
from sameboat.study.text.counting import many
from sameboat.study.themes.held import Held, held

PARTS = ((1, "Who did it"), (9, "How it was done"), (24, "What was made of it"))
ITEMS = (
    "Who held the interviews",
    "Their degrees",
    "What they worked as at the time",
    "Their gender",
    "Their experience and training",
    "Whether they knew the participants before",
    "What participants knew about them",
    "What else about them may have mattered: reasons, interests, leanings",
    "The approach the study stands on",
    "How participants were chosen",
    "How they were asked",
    "How many took part",
    "How many did not, or stopped, and why",
    "Where the interviews were held",
    "Who else was there",
    "What is important to know about those who took part",
    "Which questions were asked, and whether they were tried before",
    "Whether somebody was interviewed more than once",
    "Whether interviews were recorded",
    "Whether notes were taken",
    "How long interviews were",
    "Whether more interviews would still have brought something new",
    "Whether participants saw their transcripts",
    "How many people coded",
    "The tree of codes",
    "Whether themes came from the texts or were there before",
    "Which program was used",
    "Whether participants said what they think of the findings",
    "Whether participants are quoted, and each quotation says whose it is",
    "Whether what is quoted and what is found fit together",
    "Whether the main themes are said clearly",
    "Whether what does not fit, and smaller themes, are told",
)


@dataclass(frozen=True)
class Item:
    """One item: what the workbench says, and what the researchers do."""

    number: int
    part: str
    words: str
    filled: str
    note: str

    @property
    def answer(self) -> str:
        return " ".join(said for said in (self.filled, self.note) if said)


def items(seat: Seat) -> list[Item]:
    """All 32 items of this study."""
    seen, (_, themes) = facts(seat), held(seat)
    notes = dict(ReportNote.objects.filter(study=seat.study).values_list("number", "note"))
    said = []
    for number, words in enumerate(ITEMS, 1):
        part = next(name for first, name in reversed(PARTS) if number >= first)
        fill = FILLED.get(number)
        said.append(Item(number, part, words, fill(seen, themes) if fill else "", notes.get(number, "")))
    return said


def _chosen(seen: Facts, themes: list[Held]) -> str:
    return f"By these criteria: {'; '.join(seen.criteria)}." if seen.criteria else ""


def _asked(seen: Facts, themes: list[Held]) -> str:
    if not seen.candidates:
        return ""
    return (
        f"Groups that were considered: {len(seen.candidates)}; invited: {len(seen.invited)}; "
        f"that took part: {len(seen.came)}."
    )


def _how_many(seen: Facts, themes: list[Held]) -> str:
    people = list(seen.whose.participants.values())
    groups = [f"{sum(one.group_id == key for one in people)} of {group}" for key, group in seen.whose.groups.items()]
    return (
        f"{many(len(people), 'participant', 'participants')}: {', '.join(groups)}."
        if people and groups
        else _plain(len(people), "participant", "participants")
    )


def _plain(number: int, one: str, more: str) -> str:
    return f"{many(number, one, more)}." if number else ""


def _did_not(seen: Facts, themes: list[Held]) -> str:
    reasons = [one.reason for one in seen.stayed_away if one.reason]
    stayed = many(len(seen.stayed_away), "invited group", "invited groups")
    said = f"{stayed} did not take part." if seen.invited else ""
    said += f" Reasons given: {' '.join(reasons)}" if reasons else ""
    return f"{said} {many(seen.withdrawn, 'person', 'people')} withdrew later.".strip() if seen.withdrawn else said


def _where(seen: Facts, themes: list[Held]) -> str:
    kinds = sorted({one.place_kind for one in seen.interviews if one.place_kind})
    said = str(seen.properties.get("Where it was done", ""))
    return " ".join(filter(None, [f"Held {', '.join(kinds)}." if kinds else "", said]))


def _sample(seen: Facts, themes: list[Held]) -> str:
    groups = [f"{group}: {group.note}" for group in seen.whose.groups.values() if group.note]
    days = f"Interviews from {seen.days[0]} to {seen.days[-1]}." if seen.days else ""
    return " ".join([*groups, days]).strip()


def _questions(seen: Facts, themes: list[Held]) -> str:
    if not seen.guides:
        return ""
    said = [f"version {one.version} of {one.dated}" for one in seen.guides]
    return f"A guide in {len(said)} versions: {', '.join(said)}."


def _again(seen: Facts, themes: list[Held]) -> str:
    if not seen.interviews:
        return ""
    people = {one.participant_id for one in seen.interviews}
    held = many(len(seen.interviews), "interview", "interviews")
    return f"{held} with {many(len(people), 'person', 'people')}."


def _long(seen: Facts, themes: list[Held]) -> str:
    found = seen.minutes
    return f"{found[0]} to {found[-1]} minutes, {sum(found) / len(found):.0f} on average." if found else ""


def _coders(seen: Facts, themes: list[Held]) -> str:
    who, times = many(len(seen.coders), "person", "people"), many(seen.passages, "time", "times")
    return f"{who} put codes on passages, {times} in all." if seen.coders else ""


def _tree(seen: Facts, themes: list[Held]) -> str:
    codes, above = many(seen.codes, "code", "codes"), many(seen.categories, "heading", "headings")
    return f"{codes} under {above}; the codebook is attached." if seen.codes else ""


def _quoted(seen: Facts, themes: list[Held]) -> str:
    people = {code for one in themes for code in one.participants}
    return f"Quotations carry participants' codes; in the themes speak {len(people)} of them." if people else ""


def _clear(seen: Facts, themes: list[Held]) -> str:
    names = "; ".join(one.theme.name for one in themes)
    return f"{many(len(themes), 'theme', 'themes')}: {names}." if themes else ""


def _strange(seen: Facts, themes: list[Held]) -> str:
    return _plain(
        sum(one.misfits for one in themes),
        "passage that does not fit a theme is told with it",
        "passages that do not fit a theme are told with it",
    )


FILLED: dict[int, Callable[[Facts, list[Held]], str]] = {
    9: lambda seen, themes: str(seen.properties.get("Approach", "")),
    10: _chosen,
    11: _asked,
    12: _how_many,
    13: _did_not,
    14: _where,
    16: _sample,
    17: _questions,
    18: _again,
    19: lambda seen, themes: _plain(
        seen.recordings, "text has its recording beside it", "texts have their recording beside them"
    ),
    20: lambda seen, themes: _plain(seen.notes, "text is a field note", "texts are field notes"),
    21: _long,
    24: _coders,
    25: _tree,
    27: lambda seen, themes: f"Same Boat, study workbench, version {settings.VERSION}.",
    28: lambda seen, themes: _plain(
        seen.checked, "person looked at what is quoted from them", "people looked at what is quoted from them"
    ),
    29: _quoted,
    31: _clear,
    32: _strange,
}


def filled(found: Sequence[Item]) -> int:
    """How many items have an answer."""
    return sum(bool(one.answer) for one in found)
