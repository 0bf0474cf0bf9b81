"""Operations on plans of meetings."""

from typing import Any

from sameboat.protocol.log import read_event, replay
from sameboat.protocol.meetings import check_plan, plan_hash, read_plan
from sameboat.protocol.tests.playing import op

Out = dict[str, Any]


@op("open-plan")
def _open_plan(wires: list[bytes], author: bytes, plan: bytes, signature: bytes) -> Out:
    time = read_plan(plan).time
    then = [wire for wire in wires if read_event(wire).time <= time]
    found = check_plan(replay(then), author, plan, signature)
    return {
        "start": found.start, "rule": found.rule, "changes": found.changes, "version": found.version,
        "hash": plan_hash(plan),
    }  # fmt: skip
