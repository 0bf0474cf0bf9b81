"""Writes protocol/vectors/*.json anew: `python -m sameboat.protocol.tests.make_vectors`. The same bytes every time."""

import json
from collections.abc import Callable

from sameboat.protocol.tests import (
    cases_account,
    cases_basic,
    cases_epoch,
    cases_gathering,
    cases_governance,
    cases_heal,
    cases_history,
    cases_join,
    cases_meeting,
    cases_message,
    cases_report,
    cases_signal,
    cases_talk,
    cases_voice,
    ops_basic,
    ops_gathering,
    ops_log,
    ops_meeting,
    ops_message,
    ops_report,
    ops_signal,
    ops_talk,
    ops_voice,
    wandering,
)
from sameboat.protocol.tests.cases import Cases
from sameboat.protocol.tests.playing import VECTORS, to_json

PLAYERS = [ops_basic, ops_gathering, ops_log, ops_message, ops_meeting, ops_report, ops_signal, ops_talk, ops_voice]
FILES: dict[str, Callable[[], Cases]] = {
    "encoding": cases_basic.encoding,
    "primitives": cases_basic.primitives,
    "keys": cases_account.member_keys,
    "account": cases_account.accounts,
    "log": cases_governance.log,
    "epoch": cases_epoch.epoch,
    "history": cases_history.history,
    "heal": cases_heal.heal,
    "message": cases_message.message,
    "join": cases_join.join,
    "room-words-cases": cases_epoch.room_words,
    "verdicts": wandering.verdicts,
    "asides": cases_join.room_aside,
    "reports": cases_report.report,
    "meetings": cases_meeting.meeting,
    "talk": cases_talk.talk,
    "voice": cases_voice.voice,
    "gatherings": cases_gathering.gathering,
    "signals": cases_signal.signal,
    "recovery-code": cases_account.recovery_code,
}


def text_of(name: str) -> str:
    """The text of one vector file, one case a line."""
    cases = FILES[name]()
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    logs = ",\n".join(f"{json.dumps(name)}:{json.dumps(to_json(wires))}" for name, wires in cases.logs.items())
    start = f'{{"about":{json.dumps(cases.about)},' + (f'"logs":{{\n{logs}\n}},' if logs else "")
    return f'{start}"cases":[\n{lines}\n]}}\n'


if __name__ == "__main__":
    for each in FILES:
        (VECTORS / f"{each}.json").write_text(text_of(each), encoding="utf-8")
