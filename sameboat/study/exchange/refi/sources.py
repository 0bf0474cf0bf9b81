"""Texts of a REFI-QDA project with the passages in them, wherever the file keeps them."""

from __future__ import annotations

from typing import Any

from sameboat.study.exchange.positions import Passage, settle
from sameboat.study.exchange.refi.grammar import local
from sameboat.study.exchange.refi.guids import Guids
from sameboat.study.exchange.refi.parts import attribute, child_text, children, time_of, value_of, whole_number
from sameboat.study.exchange.refi.texts import Texts
from sameboat.study.exchange.shapes import Account, Coding, Selection, Source, Value
from sameboat.study.text.plain import storable

# Where each kind of source keeps a text of its own.
TEXT_WITHIN = {
    "PictureSource": "TextDescription",
    "PDFSource": "Representation",
    "AudioSource": "Transcript",
    "VideoSource": "Transcript",
}


class Sources:
    """Reads texts. Codes, users, notes and variables must be known to `guids` before."""

    def __init__(self, guids: Guids, texts: Texts, account: Account) -> None:
        self._guids, self._texts, self._account = guids, texts, account

    def source(self, element: Any, guid: str, name: str) -> Source | None:
        """A text with its passages under this GUID and name, or None where the file has no text for it."""
        raw = self._raw(element)
        if raw is None:
            return None
        made = Source(guid, name, description=child_text(element, "Description"))
        made.user, made.at = self._user(element), time_of(element)
        self._passages(element, raw, made)
        made.codings = self.codings(element)
        made.notes = self.notes(element)
        made.values = self.values(element)
        return made

    def _raw(self, element: Any) -> str | None:
        content = next(children(element, "PlainTextContent"), None)
        if content is not None and (content.text or not attribute(element, "plainTextPath")):
            return "".join(content.itertext())
        path = attribute(element, "plainTextPath")
        return self._texts.raw(path) if path else None

    def _passages(self, element: Any, raw: str, made: Source) -> None:
        moments = {attribute(point, "guid"): point for point in children(element, "SyncPoint")}
        elements = list(children(element, "PlainTextSelection", "TranscriptSelection"))
        passages = [self._passage(one, moments) for one in elements]
        timed = [(at, whole_number(one, "timeStamp")) for one in moments.values() if (at := _at(one)) is not None]
        settled = settle(raw, passages, points=[at for at, _ in timed])
        made.text = settled.text
        if settled.counted:
            self._account.mend(f"“{made.name}” counts {settled.counted}; its passages were put right.")
        for one, place in zip(elements, settled.places, strict=True):
            if place is None:
                self._account.leave_out(f"“{made.name}”: {_how_many(settled.places)} outside of its text.")
                continue
            if place.cut:
                self._account.mend(f"“{made.name}”: a passage that went on past the end was cut there.")
            made.selections.append(self._selection(one, place.start, place.end))
        made.moments = [
            (at, when / 1000) for at, (_, when) in zip(settled.points, timed, strict=True) if when is not None
        ]

    def _passage(self, element: Any, moments: dict[str, Any]) -> Passage:
        says = attribute(element, "name") or child_text(element, "Description")
        if local(element) == "TranscriptSelection":
            ends = [moments.get(attribute(element, end)) for end in ("fromSyncPoint", "toSyncPoint")]
            start, end = (None if one is None else _at(one) for one in ends)
        else:
            start, end = whole_number(element, "startPosition"), whole_number(element, "endPosition")
        return Passage(-1 if start is None else start, -1 if end is None else end, says)

    def _selection(self, element: Any, start: int, end: int) -> Selection:
        guid = self._guids.own("selection", attribute(element, "guid"))
        made = Selection(guid, start, end, attribute(element, "name"), child_text(element, "Description"))
        made.user, made.at = self._user(element), time_of(element)
        made.codings, made.notes = self.codings(element), self.notes(element)
        return made

    def codings(self, element: Any) -> list[Coding]:
        """Codes that are put on an element, as far as they are in the codebook."""
        found = []
        for one in children(element, "Coding"):
            target = next(children(one, "CodeRef"), None)
            code = self._guids.ref("code", attribute(target, "targetGUID")) if target is not None else None
            if code is None:
                self._account.leave_out("Some passages name a code that is not in the codebook.")
                continue
            guid = self._guids.own("coding", attribute(one, "guid"))
            found.append(Coding(guid, code, self._user(one), time_of(one), self.notes(one)))
        return found

    def _user(self, element: Any) -> str | None:
        written = attribute(element, "creatingUser") or attribute(element, "modifyingUser")
        user = self._guids.ref("user", written)
        if written and user is None:
            self._account.leave_out("Some work is by people who are not in the list of users.")
        return user

    def notes(self, element: Any) -> list[str]:
        """Notes that an element refers to, as far as they are there."""
        found = [self._guids.ref("note", attribute(one, "targetGUID")) for one in children(element, "NoteRef")]
        if None in found:
            self._account.leave_out("Some notes that are referred to are not in the file.")
        return [one for one in found if one is not None]

    def values(self, element: Any) -> list[Value]:
        """Values of variables, as far as the variables are there."""
        found = []
        for one in children(element, "VariableValue"):
            target = next(children(one, "VariableRef"), None)
            variable = self._guids.ref("variable", attribute(target, "targetGUID")) if target is not None else None
            value = value_of(one)
            if variable is None:
                self._account.leave_out("Some values belong to a variable that is not in the file.")
            elif value is not None:
                found.append(Value(variable, value))
        return found


def _at(point: Any) -> int | None:
    return whole_number(point, "position")


def _how_many(places: list[Any]) -> str:
    count = places.count(None)
    return f"{count} passages lie" if count > 1 else "a passage lies"


def name_of(element: Any, otherwise: str) -> str:
    """The name of an element, on one line."""
    return " ".join(storable(attribute(element, "name")).split()) or otherwise
