"""Operations on meetings by voice."""

from typing import Any

from sameboat.protocol.gatherings import gathering_of, read_said
from sameboat.protocol.tests.playing import op


@op("gathering-of")
def _gathering_of(circle: bytes) -> dict[str, Any]:
    return {"call": gathering_of(circle)}


@op("read-said")
def _read_said(said: bytes) -> dict[str, Any]:
    return {"said": read_said(said)}
