"""Vectors of signals, and of what says when somebody may be rung: SPEC.md section 18; of meetings by voice: 20."""

from dataclasses import replace
from typing import Any

from sameboat.protocol import signals
from sameboat.protocol.encoding import enc
from sameboat.protocol.gatherings import gathering_of
from sameboat.protocol.locks import box
from sameboat.protocol.primitives import pad
from sameboat.protocol.tests.cases import Cases, bytes_of, flip
from sameboat.protocol.tests.cases_epoch import raw_keys
from sameboat.protocol.tests.cases_message import Room, _add_sealed, _odd
from sameboat.protocol.tests.world import four

CALL, DEVICE = bytes_of("call", 16), bytes_of("device", 16)
PRINT = ":".join(["A0"] * 32)
CANDIDATE = "a=candidate:1 1 udp 41885439 192.0.2.7 50002 typ relay raddr 0.0.0.0 rport 0 generation 0"
VOICE = ["v=0", "s=-", "m=audio 9 UDP/TLS/RTP/SAVPF 111", f"a=fingerprint:sha-256 {PRINT}", CANDIDATE, ""]
# The same, with a channel beside, as two pages of a meeting by voice have it.
CHANNEL = "m=application 9 UDP/DTLS/SCTP webrtc-datachannel"
SHARED = [*VOICE[:5], CHANNEL, VOICE[3], ""]
HOURS = [[1, 1200, 1380], [5, 1320, 60]]
ODD_VOICES = {
    "without a candidate": [line for line in VOICE if line != CANDIDATE],
    "with one's own address": [*VOICE[:4], CANDIDATE.replace("relay", "host"), ""],
    "with both addresses": [*VOICE[:4], CANDIDATE.replace("0.0.0.0 rport 0", "198.51.100.4 rport 9"), ""],
    "with two fingerprints": [*VOICE[:4], VOICE[3], CANDIDATE, ""],
    "without a fingerprint": [*VOICE[:3], CANDIDATE, ""],
    "with a weaker fingerprint": [*VOICE[:3], "a=fingerprint:sha-1 " + PRINT[:59], CANDIDATE, ""],
    "with a picture": [*VOICE[:2], "m=video 9 UDP/TLS/RTP/SAVPF 96", *VOICE[3:]],
    "with a picture beside": [*VOICE[:5], "m=video 9 UDP/TLS/RTP/SAVPF 96", ""],
    "with a key in plain": [*VOICE[:5], "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x", ""],
    "with other ends of lines": ["\n".join(VOICE)],
    "with one other end of a line": [*VOICE[:5], "a=sendrecv\na=mid:0", ""],
}  # fmt: skip
ODD_SHARED = {
    "alone": VOICE,
    "with another fingerprint for the channel": [*SHARED[:6], VOICE[3].replace("A0", "B1", 1), ""],
    "with three fingerprints": [*SHARED[:6], VOICE[3], VOICE[3], ""],
    "with the channel first": [*VOICE[:2], CHANNEL, VOICE[2], VOICE[3], CANDIDATE, ""],
    "with a channel of another kind": [*VOICE[:5], CHANNEL.replace("DTLS/", ""), VOICE[3], ""],
    "with two channels": [*SHARED[:7], CHANNEL, ""],
    "with a picture and a channel": [*SHARED[:7], "m=video 9 UDP/TLS/RTP/SAVPF 96", ""],
    "with one's own address for the channel": [*SHARED[:7], CANDIDATE.replace("relay", "srflx"), ""],
}  # fmt: skip


def signal() -> Cases:
    """SPEC.md section 18."""
    cases = Cases("Signals of calls, opened by the one of `keys`; messages about when to ring. SPEC.md section 18.")
    room = Room(cases, four("signals"), "signals")
    cases.add("what a test ring reached", "rings-to", address="https://push.example.org/a/device")
    _signals(room)
    _odd_signals(room)
    _messages(room)
    _gatherings(room)
    return cases


def _sealed(room: Room, content: list[Any], call: bytes = CALL, **changed: Any) -> bytes:
    w = room.world
    ben = replace(w.person("ben"), **changed)
    return signals.seal_signal(
        ben, w.state.circle, w.id("cleo"), w.person("cleo").box_pk, call, [w.now, *content], w.chance
    )


def _what(room: Room) -> dict[str, Any]:
    ben = room.world.person("ben")
    return {
        "keys": raw_keys(room.world, "cleo"), "circle": room.world.state.circle, "author": ben.member,
        "author_pk": ben.sign_pk, "call": CALL,
    }  # fmt: skip


def _signals(room: Room) -> None:
    voice, what, w = "\r\n".join(VOICE), _what(room), room.world
    contents: list[list[Any]] = [
        ["ring", False], ["take", DEVICE, voice], ["answer", DEVICE, voice], ["no"], ["over"],
    ]  # fmt: skip
    for content in contents:
        room.cases.add(content[0], "open-signal", sealed=_sealed(room, content), **what)
    sealed = _sealed(room, ["take", DEVICE, voice])
    odd: dict[str, dict[str, Any]] = {
        "as if by another": {"author": w.id("ana")},
        "in another circle": {"circle": bytes(32)},
        "to another": {"keys": raw_keys(w, "dee")},
        "of another call": {"call": bytes(16)},
    }
    room.cases.add("changed", "open-signal", "cannot_open", sealed=flip(sealed), **what)
    for name, changed in odd.items():
        room.cases.add(name, "open-signal", "cannot_open", sealed=sealed, **{**what, **changed})
    anas = w.person("ana")
    room.cases.add(
        "another's key", "open-signal", "bad_signature", sealed=sealed, **{**what, "author_pk": anas.sign_pk}
    )
    forged = _sealed(room, ["ring", False], sign=anas.sign)
    room.cases.add("signed by another", "open-signal", "bad_signature", sealed=forged, **what)


def _odd_signals(room: Room) -> None:
    what, w = _what(room), room.world
    for name, lines in ODD_VOICES.items():
        content = ["answer", DEVICE, "\r\n".join(lines)]
        room.cases.add(name, "open-signal", "not_canonical", sealed=_sealed(room, content), **what)
    odd: dict[str, list[Any]] = {"too little": ["ring"], "too much": ["no", 1], "no type": []}
    for name, content in odd.items():
        room.cases.add(name, "open-signal", "not_canonical", sealed=_sealed(room, content), **what)
    room.cases.add("a later type", "open-signal", "unknown_type", sealed=_sealed(room, ["later"]), **what)
    cleo, ben = w.person("cleo"), w.person("ben")
    for name, expect, padded in [
        ("bad padding", "bad_padding", b"\1" * 256), ("not a pair", "not_canonical", pad(enc([b"a"]), 16384)),
    ]:  # fmt: skip
        sealed = box(cleo.box_pk, padded, "signal", w.state.circle, ben.member, cleo.member, CALL, chance=w.chance)
        room.cases.add(name, "open-signal", expect, sealed=sealed, **what)


def _gatherings(room: Room) -> None:
    """SPEC.md section 20."""
    what, shared, now = _what(room), "\r\n".join(SHARED), room.world.now
    meeting = gathering_of(room.world.state.circle)
    what["call"] = meeting
    theirs = bytes_of("their device", 16)
    contents: list[list[Any]] = [
        ["here", DEVICE, now - 60], ["offer", DEVICE, theirs, 1, shared], ["accept", DEVICE, theirs, 1, shared],
        ["gone", DEVICE],
    ]  # fmt: skip
    for content in contents:
        room.cases.add(content[0], "open-signal", sealed=_sealed(room, content, meeting), **what)
        elsewhere = {**what, "call": CALL, "sealed": _sealed(room, content)}
        room.cases.add(f"{content[0]} in a call", "open-signal", "not_canonical", **elsewhere)
    for name, odd in {"ring": ["ring", False], "over": ["over"], "here, without since": ["here", DEVICE]}.items():
        sealed = _sealed(room, odd, meeting)
        room.cases.add(f"{name} in a meeting by voice", "open-signal", "not_canonical", sealed=sealed, **what)
    for name, lines in ODD_SHARED.items():
        sealed = _sealed(room, ["accept", DEVICE, theirs, 1, "\r\n".join(lines)], meeting)
        room.cases.add(f"a line {name}", "open-signal", "not_canonical", sealed=sealed, **what)
    shared_in_call = _sealed(room, ["take", DEVICE, shared])
    room.cases.add(
        "a channel in a call", "open-signal", "not_canonical", sealed=shared_in_call, **{**what, "call": CALL}
    )


def _messages(room: Room) -> None:
    kept, fading = room.header("ben", keep=True), room.header("ben")
    sent: list[tuple[str, str, list[Any]]] = [
        ("up for", "up-for", ["Europe/London", HOURS, 0, False, True]),
        ("up for, nothing", "up-for", ["Europe/London", [], room.world.now, True, False]),
        ("a number", "number", ["01632 960 001"]),
        ("no number", "number", [""]),
    ]
    for name, type_, rest in sent:
        _add_sealed(room, name, "ben", kept, type_, rest)
    refused: list[tuple[str, str, list[Any]]] = [
        ("too many hours", "up-for", ["Europe/London", HOURS * 15, 0, False, True]),
        ("half an hour", "up-for", ["Europe/London", [[1, 1200]], 0, False, True]),
        ("no zone", "up-for", ["", HOURS, 0, False, True]),
        ("a long number", "number", ["1" * 41]),
    ]
    for name, type_, rest in refused:
        _add_sealed(room, name, "ben", kept, type_, rest, "not_canonical")
    for name, type_, rest in sent[0], sent[2]:
        envelope = _odd(room, "ben", fading, content=enc([room.world.now, [], type_, *rest]))
        what = {"key": room.key, "envelope": envelope, "sign_pk": room.world.person("ben").sign_pk}
        room.cases.add(f"{name}, fading", "open-message", "not_canonical", **what)
