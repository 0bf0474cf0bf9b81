"""Operations on talks: held against the log of the group that both are in."""

from typing import Any

from sameboat.protocol.log import replay
from sameboat.protocol.talks import check_talk, goes_on, standing
from sameboat.protocol.tests.playing import op

Out = dict[str, Any]


@op("talk")
def _talk(wires: list[bytes], talk: list[bytes]) -> Out:
    shared, told = replay(wires), replay(talk)
    check_talk(shared, told)
    return {"standing": standing(shared, told)}


@op("talk-goes-on")
def _goes_on(wires: list[bytes], talks: list[list[bytes]]) -> Out:
    found = goes_on(replay(wires), [replay(talk) for talk in talks])
    return {"circle": found.circle if found else None}
