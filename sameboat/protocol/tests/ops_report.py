"""Operations on reports."""

from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sameboat.protocol import reports
from sameboat.protocol.log import replay
from sameboat.protocol.tests.playing import op
from sameboat.protocol.verify import check_report_put

Out = dict[str, Any]


@op("read-pick")
def _read_pick(wires: list[bytes], row: list[Any]) -> Out:
    shown = reports.read_pick(replay(wires), row)
    return {"content": shown.content, "hash": shown.header.hash}


@op("read-talk-pick")
def _read_talk_pick(wires: list[bytes], reporter: bytes, talk: list[bytes], row: list[Any]) -> Out:
    shown = reports.read_pick(reports.read_talk(replay(wires), reporter, talk), row)
    return {"content": shown.content, "hash": shown.header.hash}


@op("report-recipients")
def _recipients(wires: list[bytes], reporter: bytes, authors: list[bytes]) -> Out:
    return {"recipients": reports.recipients(replay(wires), reporter, authors)}


@op("open-report")
def _open_report(contact: bytes, circle: bytes, author: bytes, author_pk: bytes, id: bytes, sealed: bytes) -> Out:
    private = X25519PrivateKey.from_private_bytes(contact)
    return {"content": reports.open_report(private, circle, author, author_pk, id, sealed)}


@op("check-report-put")
def _check_report_put(wires: list[bytes], author: bytes, id: bytes, sealed: bytes, signature: bytes) -> Out:
    check_report_put(replay(wires), author, id, sealed, signature)
    return {}


@op("open-answer")
def _open_answer(seed: bytes, circle: bytes, id: bytes, sealed: bytes) -> Out:
    time, words = reports.open_answer(X25519PrivateKey.from_private_bytes(seed), circle, id, sealed)
    return {"time": time, "words": words}
