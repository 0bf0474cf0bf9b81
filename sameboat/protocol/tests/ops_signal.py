"""Operations on signals of calls."""

from typing import Any

from sameboat.protocol import signals
from sameboat.protocol.tests.ops_message import _keys
from sameboat.protocol.tests.playing import op


@op("rings-to")
def _rings_to(address: str) -> dict[str, Any]:
    return {"named": signals.rings_to(address)}


@op("open-signal")
def _open_signal(
    keys: list[bytes], circle: bytes, author: bytes, author_pk: bytes, call: bytes, sealed: bytes
) -> dict[str, Any]:
    own = _keys(keys)
    return {"content": signals.open_signal(own.box, circle, author, author_pk, own.member, call, sealed)}
