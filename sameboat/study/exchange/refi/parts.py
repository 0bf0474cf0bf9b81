"""Small things of REFI-QDA elements, read leniently."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from sameboat.study.exchange.refi.grammar import local
from sameboat.study.exchange.shapes import Plain
from sameboat.study.text.plain import storable

_COLOUR = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")


def children(element: Any, *names: str) -> Iterator[Any]:
    """Children of these names, whatever their namespace."""
    return (child for child in element if local(child) in names)


def child_text(element: Any, name: str) -> str:
    """The text of the first child of this name, or nothing."""
    found = next(children(element, name), None)
    return "" if found is None else storable("".join(found.itertext()))


def attribute(element: Any, name: str) -> str:
    """An attribute, or nothing."""
    return storable(element.get(name) or element.get(name.lower()) or element.get(name.upper()) or "").strip()


def whole_number(element: Any, name: str) -> int | None:
    """An attribute as a whole number, if it is one."""
    try:
        return int(Decimal(attribute(element, name)))
    except (InvalidOperation, ValueError, OverflowError):
        return None


def time_of(element: Any, name: str = "creationDateTime") -> datetime.datetime | None:
    """An attribute as a time in UTC; one without a zone is taken as UTC. None where it is none."""
    try:
        found = datetime.datetime.fromisoformat(attribute(element, name))
        found = found if found.tzinfo else found.replace(tzinfo=datetime.UTC)
        return found.astimezone(datetime.UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        return None


def colour_of(written: str) -> str:
    """ "#rrggbb" of what is written, or nothing."""
    found = _COLOUR.fullmatch(written.strip())
    if not found:
        return ""
    digits = found[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def value_of(element: Any) -> Plain | None:
    """The value in a `VariableValue`; a value that is not of its kind is kept as text, None where there is none."""
    for child in element:
        text, name = storable("".join(child.itertext())), local(child)
        if name.endswith("Value"):
            try:
                value: Plain = _READ.get(name, str)(text)
                return value
            except (ValueError, InvalidOperation, OverflowError):
                return text
    return None


def _boolean(text: str) -> bool:
    known = {"true": True, "1": True, "false": False, "0": False}
    if text.strip().lower() not in known:
        raise ValueError(text)
    return known[text.strip().lower()]


def _decimal(text: str) -> Decimal:
    found = Decimal(text.strip())
    if not found.is_finite():
        raise ValueError(text)
    return found


def _moment(text: str) -> datetime.datetime:
    found = datetime.datetime.fromisoformat(text.strip())
    return (found if found.tzinfo else found.replace(tzinfo=datetime.UTC)).astimezone(datetime.UTC)


_READ: dict[str, Any] = {
    "BooleanValue": _boolean,
    "IntegerValue": lambda text: int(text.strip()),
    "FloatValue": _decimal,
    "DateValue": lambda text: datetime.date.fromisoformat(text.strip()[:10]),
    "DateTimeValue": _moment,
}
