"""What two named people can do without reading: propose, confirm, put aside. Each is kept with its reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from sameboat.accounts.actions import begin_closing
from sameboat.accounts.models import Account
from sameboat.circles.actions.messages import delete_message
from sameboat.circles.hub import hub
from sameboat.circles.models import Circle, Envelope, Membership
from sameboat.circles.rounds import delete_closed
from sameboat.circles.states import states
from sameboat.lib.refusals import NotHere
from sameboat.oversight.models import LOG_KEPT, Act
from sameboat.oversight.refusals import NeedsAnotherPerson, NothingUnderCode, NotWaiting, SayWhy
from sameboat.protocol.encoding import b64u, un_b64u
from sameboat.protocol.failures import Failure
from sameboat.protocol.verify import GROUP

Kind = Act.Kind
SIZES = {"circle": 32, "member": 16, "message": 32}
# Which codes each kind asks for, in the order in which the page asks.
ASKED: dict[str, tuple[str, ...]] = {
    Kind.MESSAGE: ("circle", "message"),
    Kind.ACCOUNT: ("circle", "member"),
    Kind.GROUP: ("circle",),
    Kind.HAND_OVER_ACCOUNT: ("circle", "member"),
    Kind.HAND_OVER_GROUP: ("circle",),
    Kind.REHEARSAL: (),
}
WHY = "two named people, by a code they were given"


@dataclass(frozen=True)
class Wanted:
    """What somebody proposes: codes as they were typed, by name, and the reason that is kept."""

    kind: str
    codes: dict[str, str]
    reason: str


def propose(wanted: Wanted, *, by: str, now: int) -> Act:
    """Writes down what somebody wants done; nothing happens until another person confirms it.

    Raises SayWhy, NothingUnderCode.
    """
    if not wanted.reason.strip():
        raise SayWhy
    found = {name: _raw(wanted.codes.get(name, ""), SIZES[name]) for name in ASKED[wanted.kind]}
    act = Act(kind=wanted.kind, reason=wanted.reason.strip()[:2000], proposed_by=by, proposed_at=now, **found)
    if "member" in found:
        # Whose account it is stands only here, and is kept: the row that says it goes with the account.
        act.account = bytes(_membership(act).account_id)
    _require_there(act)
    act.save(force_insert=True)
    return act


@transaction.atomic
def confirm(act: Act, *, by: str, now: int) -> Act:
    """A second person agrees, and it is done. Raises NeedsAnotherPerson, NotWaiting, NothingUnderCode."""
    waiting = Act.objects.select_for_update().waiting(now).filter(pk=act.pk).first()
    if waiting is None:
        raise NotWaiting
    if waiting.proposed_by == by:
        raise NeedsAnotherPerson
    _require_there(waiting)
    does = DOES.get(waiting.kind)
    if does:
        does(waiting, now)
    waiting.done_by, waiting.done_at = by, now
    waiting.save(update_fields=["done_by", "done_at"])
    return waiting


def put_aside(act: Act, *, by: str, now: int) -> None:
    """It is not done, and who said so is kept. Either of the two may. Raises NotWaiting."""
    if not Act.objects.waiting(now).filter(pk=act.pk).update(aside_by=by, aside_at=now):
        raise NotWaiting


def forget_acts(*, now: int) -> int:
    """Deletes what was proposed more than two years ago; returns how many."""
    deleted, _by_model = Act.objects.filter(proposed_at__lte=now - LOG_KEPT).delete()
    return deleted


def codes_of(act: Act) -> dict[str, str]:
    """The codes an act was proposed with, as they are typed."""
    return {name: b64u(bytes(getattr(act, name))) for name in ASKED[act.kind]}


def _raw(code: str, size: int) -> bytes:
    try:
        found = un_b64u("".join(code.split()))
    except Failure:
        raise NothingUnderCode from None
    if len(found) != size:
        raise NothingUnderCode
    return found


def _membership(act: Act) -> Membership:
    rows = Membership.objects.everywhere(WHY).filter(circle=bytes(act.circle), member=bytes(act.member))
    found = rows.filter(circle__kind=GROUP).first()
    if found is None:
        raise NothingUnderCode
    return found


def _require_there(act: Act) -> None:
    """What the act is about still exists; between proposing and confirming, people leave and talk fades."""
    if act.account:
        there = Account.objects.filter(pk=bytes(act.account)).exists()
    elif act.message:
        rows = Envelope.objects.everywhere(WHY).filter(circle=bytes(act.circle), hash=bytes(act.message), gone="")
        there = rows.exists()
    else:
        there = not act.circle or Circle.objects.filter(pk=bytes(act.circle), kind=GROUP).exists()
    if not there:
        raise NothingUnderCode


def _delete_message(act: Act, now: int) -> None:
    try:
        delete_message(bytes(act.circle), bytes(act.message))
    except NotHere:
        raise NothingUnderCode from None


def _end_account(act: Act, now: int) -> None:
    account = Account.objects.get(pk=bytes(act.account))
    begin_closing(account, now=now)
    Account.objects.filter(pk=account.pk).update(closing_at=now)
    delete_closed(now)
    transaction.on_commit(hub.look_soon, robust=True)


def _end_group(act: Act, now: int) -> None:
    circle = bytes(act.circle)
    Circle.objects.filter(pk=circle).delete()
    states.forget(circle)
    transaction.on_commit(hub.look_soon, robust=True)


DOES: dict[str, Callable[[Act, int], None]] = {
    Kind.MESSAGE: _delete_message,
    Kind.ACCOUNT: _end_account,
    Kind.GROUP: _end_group,
}
