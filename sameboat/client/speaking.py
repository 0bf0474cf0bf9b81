"""What members speak: a sound in pieces with a line of words beside it, played whole or not at all (SPEC 19)."""

from __future__ import annotations

import os

from sameboat.client.messages import Message, Talk
from sameboat.protocol.failures import Failure, require
from sameboat.protocol.voice import PARTS_MOST, cut, put_together, whole_of

ROOM = "room"


def speak(talk: Talk, words: str, sound: bytes, ms: int, *, place: str = ROOM, reply: bytes | None = None) -> Message:
    """Says a sound of `ms` thousandths of a second with a line of words; answers with its `voice` message.

    Raises Away where it could not all be said: then nothing of it is shown to anybody, and it can be said anew.
    """
    voice, pieces = os.urandom(16), cut(sound)
    for at, piece in enumerate(pieces):
        talk.send("voice-part", [voice, at, piece], keep=False)
    whole = whole_of(talk.circle.id, talk.circle.keys.member, voice, sound)
    return talk.send("voice", [place, reply, None, 0, words, voice, len(pieces), ms, whole], keep=False)


def pieces_of(talk: Talk, said: Message) -> list[Message]:
    """The pieces that are held of a `voice`, in their places; of anything else there are none."""
    if said.type != "voice":
        return []
    voice = said.rest[5]
    held = [one for one in talk.messages.values() if one.type == "voice-part" and one.author == said.author]
    return sorted((one for one in held if one.rest[0] == voice), key=lambda one: int(one.rest[1]))


def spoken(talk: Talk, said: Message) -> bytes:
    """The whole sound. Raises Failure where a piece was withheld, changed or doubled: then none of it is played."""
    if said.type != "voice":
        raise Failure("bad_voice")
    voice, parts, ms, whole = said.rest[5:]
    pieces = [(one.rest[1], one.rest[2]) for one in pieces_of(talk, said)]
    require(len(pieces) <= 2 * PARTS_MOST, "part_doubled")
    return put_together(talk.circle.id, said.author, (voice, parts, ms, whole), pieces)
