"""What the coding screen sends."""

from __future__ import annotations

import uuid
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import ConfigDict

Name = Annotated[str, Field(max_length=2000)]
Words = Annotated[str, Field(max_length=200_000)]
Position = Annotated[int, Field(ge=0, lt=2**31)]


class Sent(Schema):
    """Nothing that is not named here is taken."""

    model_config = ConfigDict(extra="ignore")


class Stretch(Sent):
    """`version` is that of the text in which these positions were counted."""

    start: Position
    end: Position
    version: int | None = None


class NewSpan(Stretch):
    document: uuid.UUID
    code: uuid.UUID
    id: uuid.UUID | None = None


class CodeFields(Sent):
    """What may be said of a code. What is left out stays as it is."""

    definition: Words | None = None
    include: Words | None = None
    exclude: Words | None = None
    example: Words | None = None
    colour: Annotated[str, Field(max_length=7)] | None = None
    pattern: Annotated[str, Field(max_length=12)] | None = None
    kind: Literal["code", "category"] | None = None


class NewCode(CodeFields):
    name: Name
    parent: uuid.UUID | None = None
    id: uuid.UUID | None = None


class EditedCode(CodeFields):
    name: Name | None = None
    properties: dict[str, str] | None = None


class InVivo(Stretch):
    document: uuid.UUID
    code_id: uuid.UUID | None = None
    span_id: uuid.UUID | None = None
    colour: Annotated[str, Field(max_length=7)] | None = None
    pattern: Annotated[str, Field(max_length=12)] | None = None


class Into(Sent):
    into: uuid.UUID


class Split(Sent):
    spans: Annotated[list[uuid.UUID], Field(min_length=1, max_length=100_000)]
    name: Name
    colour: Annotated[str, Field(max_length=7)] | None = None
    pattern: Annotated[str, Field(max_length=12)] | None = None


class Place(Sent):
    parent: uuid.UUID | None = None
    position: Position = 0


class NewMemo(Sent):
    about_kind: Literal["study", "document", "code", "span", "theme", "participant", "group"]
    about_id: uuid.UUID
    title: Name = ""
    text: Words = ""
    id: uuid.UUID | None = None


class EditedMemo(Sent):
    """`version` is the one that was read."""

    version: int
    title: Name | None = None
    text: Words | None = None


class TurnBack(Sent):
    """`before`: pass over this entry, which could not be undone, and go on to an older one."""

    before: int | None = None


def given(sent: Schema, *without: str) -> dict[str, object]:
    """What was really sent, as keyword arguments."""
    return sent.model_dump(exclude_unset=True, exclude_none=True, exclude=set(without))
