"""The order of elements and the kinds of attributes in REFI-QDA 1.0, as far as anything kept is given out again.

Taken from the types of Project.xsd (18 March 2019). `fit` makes an element of another program keep to it.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

GUID = re.compile(
    r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
    r"|\{[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\}"
)
TIME = re.compile(r"-?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")
_KINDS = {
    "guid": GUID,
    "time": TIME,
    "text": re.compile(r".*", re.S),
    "integer": re.compile(r"[+-]?\d+"),
    "colour": re.compile(r"#(?:[A-Fa-f0-9]{6}|[A-Fa-f0-9]{3})"),
    "direction": re.compile(r"Associative|OneWay|Bidirectional"),
    "line": re.compile(r"dotted|dashed|solid"),
    "shape": re.compile(
        r"Person|Oval|Rectangle|RoundedRectangle|Star|LeftTriangle|RightTriangle|UpTriangle|DownTriangle|Note"
    ),
}


class Rule(NamedTuple):
    """An element: its attributes with their kinds (`name!` is required), and its children in order with how many."""

    attributes: dict[str, str]
    children: dict[str, int] = {}


_ANY = 10**9
_MADE = {"creatingUser": "guid", "creationDateTime": "time", "modifyingUser": "guid", "modifiedDateTime": "time"}
_NAMED = {"guid!": "guid", "name": "text", **_MADE}
_REF = Rule({"targetGUID!": "guid"})
_TAIL = {"Coding": _ANY, "NoteRef": _ANY}
_FILE = {**_NAMED, "path": "text", "currentPath": "text"}
_TEXT = {**_NAMED, "richTextPath": "text", "plainTextPath": "text"}
_CORNERS = {"firstX!": "integer", "firstY!": "integer"}
_BOX = {**_CORNERS, "secondX!": "integer", "secondY!": "integer"}
_STRING = Rule({})
_MEMBERS = {"MemberCode": _ANY, "MemberSource": _ANY, "MemberNote": _ANY}
_TIMED = {"SyncPoint": _ANY, "TranscriptSelection": _ANY, "NoteRef": _ANY}
_TEXT_RULE = Rule(
    _TEXT, {"Description": 1, "PlainTextContent": 1, "PlainTextSelection": _ANY, **_TAIL, "VariableValue": _ANY}
)
_VALUES = ("TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue")

RULES: dict[str, Rule] = {
    "Description": _STRING,
    "PlainTextContent": _STRING,
    **dict.fromkeys(_VALUES, _STRING),
    **dict.fromkeys(("NoteRef", "CodeRef", "SourceRef", "SelectionRef", "VariableRef"), _REF),
    **dict.fromkeys(("MemberCode", "MemberSource", "MemberNote"), _REF),
    "Coding": Rule(
        {"guid!": "guid", "creatingUser": "guid", "creationDateTime": "time"}, {"CodeRef": 1, "NoteRef": _ANY}
    ),
    "VariableValue": Rule({}, {"VariableRef": 1, **dict.fromkeys(_VALUES, 1)}),
    **dict.fromkeys(("TextSource", "TextDescription", "Representation"), _TEXT_RULE),
    "PlainTextSelection": Rule(
        {**_NAMED, "startPosition!": "integer", "endPosition!": "integer"}, {"Description": 1, **_TAIL}
    ),
    "PictureSource": Rule(
        _FILE, {"Description": 1, "TextDescription": 1, "PictureSelection": _ANY, **_TAIL, "VariableValue": _ANY}
    ),
    "PictureSelection": Rule({**_NAMED, **_BOX}, {"Description": 1, **_TAIL}),
    "PDFSource": Rule(
        _FILE, {"Description": 1, "PDFSelection": _ANY, "Representation": 1, **_TAIL, "VariableValue": _ANY}
    ),
    "PDFSelection": Rule({**_NAMED, "page!": "integer", **_BOX}, {"Description": 1, "Representation": 1, **_TAIL}),
    "AudioSource": Rule(
        _FILE, {"Description": 1, "Transcript": _ANY, "AudioSelection": _ANY, **_TAIL, "VariableValue": _ANY}
    ),
    "VideoSource": Rule(
        _FILE, {"Description": 1, "Transcript": _ANY, "VideoSelection": _ANY, **_TAIL, "VariableValue": _ANY}
    ),
    **dict.fromkeys(
        ("AudioSelection", "VideoSelection"),
        Rule({**_NAMED, "begin!": "integer", "end!": "integer"}, {"Description": 1, **_TAIL}),
    ),
    "Transcript": Rule(_TEXT, {"Description": 1, "PlainTextContent": 1, **_TIMED}),
    "TranscriptSelection": Rule(
        {**_NAMED, "fromSyncPoint": "guid", "toSyncPoint": "guid"}, {"Description": 1, **_TAIL}
    ),
    "SyncPoint": Rule({"guid!": "guid", "timeStamp": "integer", "position": "integer"}),
    "Set": Rule({"guid!": "guid", "name!": "text"}, {"Description": 1, **_MEMBERS}),
    "Link": Rule(
        {"guid!": "guid", "name": "text", "direction": "direction", "color": "colour", "originGUID": "guid",
         "targetGUID": "guid"}, {"NoteRef": _ANY},
    ),
    "Graph": Rule({"guid!": "guid", "name": "text"}, {"Vertex": _ANY, "Edge": _ANY}),
    "Vertex": Rule(
        {"guid!": "guid", "representedGUID": "guid", "name": "text", **_CORNERS, "secondX": "integer",
         "secondY": "integer", "shape": "shape", "color": "colour"},
    ),
    "Edge": Rule(
        {"guid!": "guid", "representedGUID": "guid", "name": "text", "sourceVertex!": "guid", "targetVertex!": "guid",
         "color": "colour", "direction": "direction", "lineStyle": "line"},
    ),
}  # fmt: skip


def local(element: Any) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def fits(kind: str, value: str) -> bool:
    """Whether the value of an attribute is of its kind."""
    return _KINDS[kind].fullmatch(value) is not None


def fit(element: Any, make: Any) -> Any | None:
    """The same element keeping to the rules, made by `make(name, attributes)`; None where it cannot.

    What the standard does not know is dropped, children are put in order, surplus ones go.
    """
    name = local(element)
    rule = RULES.get(name)
    if rule is None:
        return None
    found = {key: element.get(key.rstrip("!")) for key in rule.attributes}
    good = {
        key: value for key, value in found.items() if value is not None and fits(rule.attributes[key], value.strip())
    }
    if any(key.endswith("!") and key not in good for key in rule.attributes):
        return None
    made = make(
        name,
        {key.rstrip("!"): value if rule.attributes[key] == "text" else value.strip() for key, value in good.items()},
    )
    if not rule.children:
        made.text = element.text if rule is _STRING else None
        return made
    for child_name, most in rule.children.items():
        fitted = [fit(child, make) for child in element if local(child) == child_name]
        made.extend([child for child in fitted if child is not None][:most])
    return made if _is_whole(name, made) else None


def _is_whole(name: str, made: Any) -> bool:
    """What the schema asks of children beyond their order."""
    children = [local(child) for child in made]
    if name == "Coding":
        return "CodeRef" in children
    if name == "VariableValue":
        return children[:1] == ["VariableRef"] and len(children) <= 2 and all(map(_value_fits, made[1:]))
    return True


_VALUE_KINDS = {
    "TextValue": re.compile(r".*", re.S),
    "BooleanValue": re.compile(r"true|false|0|1"),
    "IntegerValue": re.compile(r"[+-]?\d+"),
    "FloatValue": re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)"),
    "DateValue": re.compile(r"-?\d{4}-\d\d-\d\d(?:Z|[+-]\d\d:\d\d)?"),
    "DateTimeValue": TIME,
}


def _value_fits(element: Any) -> bool:
    return _VALUE_KINDS[local(element)].fullmatch((element.text or "").strip()) is not None
