"""A file of vectors in the making. Each case is played while it is written down, so it says what happens."""

from typing import Any

from sameboat.protocol.tests.playing import from_json, play, stream, to_json, with_log

Case = dict[str, Any]


class Cases(list[Case]):
    """Cases of one file; `add` plays one and holds its author to the expected outcome."""

    def __init__(self, about: str) -> None:
        super().__init__()
        self.about = about
        self.logs: dict[str, list[bytes]] = {}

    def add(self, name: str, op: str, expect: str = "success", /, **inputs: Any) -> dict[str, Any]:
        """Play and keep a case; returns its outputs, for use in the next."""
        assert all(case["name"] != name for case in self), name
        inputs = from_json(to_json(inputs))
        outcome, out = play(op, with_log(inputs, self.logs))
        assert outcome == expect, f"{name}: {outcome}, not {expect}"
        case: Case = {"name": name, "op": op, "expect": expect, "in": to_json(inputs)}
        if out:
            case["out"] = to_json(out)
        self.append(case)
        return out or {}


def bytes_of(what: str, size: int) -> bytes:
    """Bytes for a vector, decided by their name."""
    return stream("vector " + what)(size)


def flip(data: bytes, at: int = -1) -> bytes:
    """The same bytes with one bit turned."""
    changed = bytearray(data)
    changed[at] ^= 1
    return bytes(changed)
