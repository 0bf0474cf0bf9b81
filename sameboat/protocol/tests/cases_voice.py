"""Vectors of what somebody spoke: SPEC.md section 19."""

from typing import Any

from sameboat.protocol.tests.cases import Cases, bytes_of, flip
from sameboat.protocol.tests.cases_message import Room, _add_sealed
from sameboat.protocol.tests.world import four
from sameboat.protocol.voice import MS_MOST, PARTS_MOST, PIECE

CIRCLE, AUTHOR, VOICE = bytes_of("circle", 32), bytes_of("author", 16), bytes_of("voice", 16)
PIECES = [[0, b"one "], [1, b"two "], [2, b"three"]]
FILE = b"one two three"
MS = 4200


def voice() -> Cases:
    """SPEC.md section 19."""
    cases = Cases("Voice notes: `note` is voice, parts, ms, whole; `pieces` are at and sound. SPEC.md section 19.")
    _messages(cases)
    for length in (1, PIECE, PIECE + 1, PIECE * PARTS_MOST):
        cases.add(f"{length} bytes", "voice-cut", length=length)
    cases.add("nothing", "voice-cut", "bad_voice", length=0)
    cases.add("a byte too many", "voice-cut", "too_long", length=PIECE * PARTS_MOST + 1)
    _together(cases)
    return cases


def _messages(cases: Cases) -> None:
    room = Room(cases, four("voice"), "voice")
    said = ["room", None, None, 1, "How today was.", VOICE, 3, MS, bytes_of("whole", 32)]
    for type_, rest in {"voice": said, "voice-part": [VOICE, 0, bytes_of("sound", 300)]}.items():
        made = _add_sealed(room, f"seal {type_}", "ben", room.header("ben"), type_, rest)
        sign_pk = room.world.person("ben").sign_pk
        cases.add(f"open {type_}", "open-message", key=room.key, envelope=made["envelope"], sign_pk=sign_pk)
    wordless = [*said[:4], "", *said[5:]]
    _add_sealed(room, "without a line of words", "ben", room.header("ben"), "voice", wordless, "not_canonical")
    long = [*said[:4], "a" * 401, *said[5:]]
    _add_sealed(room, "with more than a line", "ben", room.header("ben"), "voice", long, "not_canonical")


def _together(cases: Cases) -> None:
    whole = cases.add("the hash", "voice-whole", circle=CIRCLE, author=AUTHOR, voice=VOICE, file=FILE)["whole"]
    note = [VOICE, 3, MS, whole]

    def ask(name: str, expect: str, pieces: list[list[Any]], note: list[Any] = note, **other: bytes) -> None:
        whose = {"circle": CIRCLE, "author": AUTHOR, **other}
        cases.add(name, "voice-together", expect, **whose, note=note, pieces=pieces)

    ask("put together", "success", PIECES)
    ask("in another order", "success", PIECES[::-1])
    ask("the same piece twice", "success", [*PIECES, PIECES[1]])
    for at in range(3):
        ask(f"without piece {at}", "part_missing", [piece for piece in PIECES if piece[0] != at])
    ask("without any", "part_missing", [])
    ask("two at one place", "part_doubled", [*PIECES, [1, b"too "]])
    ask("two at a place behind", "part_doubled", [*PIECES, [3, b"a"], [3, b"b"]])
    ask("one piece changed", "wrong_sound", [PIECES[0], [1, flip(PIECES[1][1])], PIECES[2]])
    ask("two pieces swapped", "wrong_sound", [[0, PIECES[1][1]], [1, PIECES[0][1]], PIECES[2]])
    ask("one piece more", "wrong_sound", [*PIECES, [3, b""]])
    ask("of another author", "wrong_sound", PIECES, author=flip(AUTHOR))
    ask("of another circle", "wrong_sound", PIECES, circle=flip(CIRCLE))
    ask("under another name", "wrong_sound", PIECES, [flip(VOICE), *note[1:]])
    many = [[at, b"a"] for at in range(PARTS_MOST + 1)]
    ask("too many parts", "bad_voice", many, [VOICE, PARTS_MOST + 1, MS, whole])
    ask("no parts", "bad_voice", [], [VOICE, 0, MS, whole])
    ask("no time", "bad_voice", PIECES, [VOICE, 3, 0, whole])
    ask("longer than a minute", "bad_voice", PIECES, [VOICE, 3, MS_MOST + 1, whole])
