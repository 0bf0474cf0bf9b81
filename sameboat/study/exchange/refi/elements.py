"""Elements of REFI-QDA: attributes and values written as XML Schema asks."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sameboat.study.exchange.shapes import Code, Plain
from sameboat.study.readers.later import etree
from sameboat.study.text.plain import storable


class Elements:
    """Makes elements of one of the two namespaces."""

    def __init__(self, space: str) -> None:
        self._space = space

    def make(self, name: str, attributes: dict[str, Any], text: str | None = None) -> Any:
        """An element. Attributes that are None or empty are left away, but for those whose name ends with "!"."""
        element = etree.Element(f"{{{self._space}}}{name}", nsmap={None: self._space})
        for key, value in attributes.items():
            if value is not None and (value != "" or key.endswith("!")):
                element.set(key.rstrip("!"), as_written(value))
        if text is not None:
            element.text = storable(text)
        return element

    def described(self, name: str, attributes: dict[str, Any], description: str) -> Any:
        """An element that may begin with a description."""
        element = self.make(name, attributes)
        if description:
            element.append(self.make("Description", {}, description))
        return element

    def refs(self, name: str, guids: Iterable[str]) -> list[Any]:
        """References, one for each GUID."""
        return [self.make(name, {"targetGUID": guid}) for guid in guids]

    def group(self, parent: Any, name: str, members: list[Any]) -> None:
        """A container around its members; none where there are none."""
        if members:
            container = self.make(name, {})
            container.extend(members)
            parent.append(container)

    def codes(self, codes: list[Code], with_notes: bool) -> Any:
        """`Codes` with the codes in one another. A code whose parent is not among them stands at the top."""
        top, made = self.make("Codes", {}), {}
        for code in codes:
            attributes = {"guid": code.guid, "name!": code.name, "isCodable": not code.category, "color": code.colour}
            element = self.described("Code", attributes, code.description)
            element.extend(self.refs("NoteRef", code.notes) if with_notes else [])
            made[code.guid] = element
            (made[code.parent] if code.parent in made and code.parent != code.guid else top).append(element)
        return top


def as_written(value: Plain) -> str:
    """A value as XML Schema writes it; times in UTC, whole seconds."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else storable(str(value))


_ELEMENTS: tuple[tuple[type, str], ...] = (
    (bool, "BooleanValue"),
    (int, "IntegerValue"),
    (Decimal, "FloatValue"),
    (datetime.datetime, "DateTimeValue"),
    (datetime.date, "DateValue"),
)


def element_of(value: Plain) -> str:
    """Which element holds a value of this kind."""
    return next((name for kind, name in _ELEMENTS if isinstance(value, kind)), "TextValue")
