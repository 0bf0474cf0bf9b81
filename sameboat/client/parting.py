"""Going: leaving, closing an account and changing one's mind, and goodbyes of others (PRODUCT journey Part)."""

from __future__ import annotations

from typing import Any

from sameboat.client.account import Account
from sameboat.client.circle import Batch, Circle
from sameboat.client.http import BadAnswer, Refused, b64, listed, unb64
from sameboat.client.messages import Talk
from sameboat.protocol.failures import Failure
from sameboat.protocol.seal import make_parting, sign_close
from sameboat.protocol.state import DAY


def leave(talk: Talk, account: Account) -> None:
    """Leaves the group. The next who sends makes a key that no longer opens here."""
    try:
        talk.circle.send(lambda batch: batch.add("leave", [None]))
    except Refused as refused:
        if refused.code != "restoring":
            raise
        _go(talk.circle, int(account.clock()))
    account.forget(talk.circle.id)


def _go(circle: Circle, now: int) -> None:
    """While the log takes no `leave`: nothing more is delivered, and another brings the farewell tomorrow."""
    raw, signature = make_parting(circle.keys, circle.state, now)
    circle.wire.post(f"{circle.path}/go", {"bytes": b64(raw), "sig": b64(signature)})


def bring_partings(talk: Talk) -> int:
    """Brings into the log the goodbyes of those whose account is gone by now; says how many."""
    rows = listed(talk.circle.wire.get(f"{talk.circle.path}/partings"), "partings")
    return sum(_bring(talk.circle, row) for row in rows)


def close_account(account: Account, talks: list[Talk], wait: int = 7 * DAY) -> int:
    """Closes the account at once, to be deleted after 7 days, and says goodbye ahead; returns when."""
    partings = []
    for talk in talks:
        talk.look()
        raw, signature = make_parting(talk.circle.keys, talk.circle.state, int(account.clock()) + wait)
        partings.append({"circle": b64(talk.circle.id), "bytes": b64(raw), "sig": b64(signature)})
    now = int(account.clock())
    told = {"partings": partings, "time": now, "sig": b64(sign_close(account.own.keys, account.id, now))}
    return int(account.wire.post("/account/close", told).get("closing_at", 0))


def reopen_account(account: Account, talks: list[Talk]) -> None:
    """Takes a closing back, after coming in again, and says in each group that one is still there."""
    account.wire.post("/account/reopen")
    for talk in talks:
        stay(talk)


def stay(talk: Talk) -> None:
    """Says again what one is called. Whoever acts has not gone: a goodbye signed ahead counts for nothing after it."""

    def build(batch: Batch) -> None:
        batch.add("name", [batch.state.members[batch.keys.member].name])

    talk.circle.send(build)


def _bring(circle: Circle, row: dict[str, Any]) -> bool:
    """One goodbye; one that is no longer good stands in nobody else's way."""
    try:
        parting = [unb64(row.get("bytes")), unb64(row.get("sig"))]
        circle.send(lambda batch: batch.add("leave", [parting]))
    except (Failure, BadAnswer, Refused):
        return False
    return True
