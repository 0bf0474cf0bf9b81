"""Operations on what somebody spoke."""

from typing import Any

from sameboat.protocol.tests.playing import op
from sameboat.protocol.voice import cut, put_together, whole_of

Out = dict[str, Any]


@op("voice-cut")
def _cut(length: int) -> Out:
    return {"sizes": [len(piece) for piece in cut(bytes(length))]}


@op("voice-whole")
def _whole(circle: bytes, author: bytes, voice: bytes, file: bytes) -> Out:
    return {"whole": whole_of(circle, author, voice, file)}


@op("voice-together")
def _together(circle: bytes, author: bytes, note: list[Any], pieces: list[list[Any]]) -> Out:
    voice, parts, ms, whole = note
    return {"file": put_together(circle, author, (voice, parts, ms, whole), [(at, sound) for at, sound in pieces])}
