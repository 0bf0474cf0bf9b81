"""An account and its own circle: made together, its ways in changed together, closed and let go together."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from sameboat.accounts import access as accounts_access
from sameboat.accounts import actions as accounts
from sameboat.accounts.models import Account, Session, Unlocker
from sameboat.accounts.refusals import AccountTaken, BadRight, NameTaken
from sameboat.circles import access
from sameboat.circles.actions import door
from sameboat.circles.actions.log import (
    Batch,
    begin,
    is_there,
    locked,
    read_first,
    refuse_if_behind,
    store,
    verified,
)
from sameboat.circles.models import Circle, Membership, Parting
from sameboat.circles.refusals import BadParting, CannotStart, CircleTaken, Failed
from sameboat.circles.states import states
from sameboat.lib.refusals import NotHere
from sameboat.protocol import verify
from sameboat.protocol.account import name_id

OPEN_MODE = "open"
ADD, REMOVE = 1, 2


@dataclass(frozen=True)
class Right:
    """Why somebody may have an account: an operator's code, or an invitation's link."""

    start_code: str = ""
    lookup: bytes = b""
    link_sig: bytes = b""


@dataclass(frozen=True)
class SignUp:
    """All that makes an account. `right` is None where the operator lets anybody start."""

    account: bytes
    name: str
    consent_version: str
    unlocker: accounts.NewUnlocker
    record: tuple[int, bytes]
    batch: Batch
    right: Right | None


def _check_right(new: SignUp, mode: str, *, now: int) -> bool:
    """Whether the account may start a group. Raises BadRight where it may not even be made."""
    right = new.right
    if right and right.lookup:
        try:
            invitation = access.invitation(right.lookup)
        except NotHere:
            raise BadRight from None
        door.require_open(invitation, now=now)
        try:
            verify.check_account_by_link(bytes(invitation.link_key), right.lookup, new.account, right.link_sig)
        except verify.Failure:
            raise BadRight from None
        return mode == OPEN_MODE
    if right and right.start_code:
        accounts.spend_start_code(right.start_code, now=now)
        return True
    if mode != OPEN_MODE:
        raise BadRight
    return True


def check_unlocker(event: verify.Event, new: accounts.NewUnlocker) -> None:
    """Raises Failed unless this event adds exactly this way in."""
    try:
        verify.check_unlocker(event, new.wrap, new.verifier, new.lookup)
    except verify.Failure as failure:
        raise Failed(failure) from None
    if event.body[:3] != [ADD, new.kind, new.unlocker]:
        raise Failed("wrong_unlocker")


def sign_up(new: SignUp, device: str, *, mode: str, now: int) -> tuple[str, Session]:
    """Makes an account with its own circle and first unlocker, and signs it in.

    The same bytes again, because the answer was lost, are answered like the first time.
    Raises BadRight, NameTaken, AccountTaken, WrongSize, Failed or a refusal of its batch.
    """
    try:
        return _sign_up(new, device, mode=mode, now=now)
    except (BadRight, NameTaken, AccountTaken):
        account = _made_before(new, now=now)
        if account is None:
            raise
    return accounts.open_session(account, device, now=now)


def _made_before(new: SignUp, *, now: int) -> Account | None:
    """The account that these very bytes made a moment ago; whoever has them is the one who made it."""
    first = read_first(new.batch)
    try:
        # Later, what the server stores must not be enough to come in with.
        verify.check_clock(first.time, now)
    except verify.Failure:
        return None
    account = Account.objects.filter(pk=new.account, own_circle=first.id, closing_at=None).first()
    if account is None or not is_there(Circle.objects.get(pk=first.id), new.batch):
        return None
    given = new.unlocker
    same = {"unlocker": given.unlocker, "lookup": given.lookup, "verifier": given.verifier, "wrap": given.wrap}
    return account if Unlocker.objects.of(account).filter(**same).exists() else None


@transaction.atomic
def _sign_up(new: SignUp, device: str, *, mode: str, now: int) -> tuple[str, Session]:
    can_start = _check_right(new, mode, now=now)
    try:
        lookup = name_id(accounts_access.home(), new.name)
    except verify.Failure as failure:
        raise Failed(failure) from None
    if new.unlocker.kind != Unlocker.Kind.PASSPHRASE or new.unlocker.lookup != lookup:
        raise Failed("wrong_unlocker")
    after, events = verified(verify.State(), new.batch, author=read_first(new.batch).author, now=now)
    if after.kind != verify.OWN or [event.type for event in events] != ["create", "epoch", "unlock"]:
        raise Failed("wrong_kind")
    check_unlocker(events[2], new.unlocker)
    creator = next(iter(after.members.values()))
    newcomer = accounts.Newcomer(new.account, after.circle, creator.sign_pk, new.consent_version, can_start)
    account = accounts.add_account(newcomer, new.unlocker, new.record, now=now)
    try:
        begin(account, new.batch, verify.OWN, now=now)
    except CircleTaken:
        raise AccountTaken from None
    return accounts.open_session(account, device, now=now)


def start_group(account: Account, batch: Batch, code: str, *, mode: str, now: int) -> bytes:
    """Makes a group. The right to start is used up by it. Raises CannotStart, BadRight, Failed, CircleTaken.

    The same bytes again, because the answer was lost, are answered like the first time.
    """
    try:
        return _start_group(account, batch, code, mode=mode, now=now)
    except (BadRight, CannotStart, CircleTaken):
        first = read_first(batch)
        mine = Membership.objects.of(account).select_related("circle").filter(circle=first.id, member=first.author)
        made = mine.first()
        if made is None or not is_there(made.circle, batch):
            raise
    return first.id


@transaction.atomic
def _start_group(account: Account, batch: Batch, code: str, *, mode: str, now: int) -> bytes:
    if code:
        accounts.spend_start_code(code, now=now)
    elif mode != OPEN_MODE and not Account.objects.filter(pk=account.pk, can_start=True).update(can_start=False):
        raise CannotStart
    circle, _, events = begin(account, batch, verify.GROUP, now=now)
    if [event.type for event in events][:2] != ["create", "epoch"]:
        raise Failed("epoch_required")
    return bytes(circle.pk)


@transaction.atomic
def change_unlockers(
    session: Session, batch: Batch, add: accounts.NewUnlocker | None, remove: bytes | None, *, now: int
) -> None:
    """Adds a way in, takes one away, or both at once, as signed `unlock` events say (P57).

    A passphrase that replaces another ends all other sessions. Raises Failed, Superseded, NameTaken, NotHere.
    """
    account = session.account
    membership = Membership.objects.of(account).get(circle=account.own_circle)
    circle = locked(bytes(account.own_circle))
    state = states.of(circle)
    if is_there(circle, batch):
        return
    refuse_if_behind(membership, circle, batch)
    after, events = verified(state, batch, author=bytes(membership.member), now=now)
    wanted = ([ADD] if add else []) + ([REMOVE] if remove else [])
    if [event.type for event in events] != ["unlock"] * len(wanted) or [e.body[0] for e in events] != wanted:
        raise Failed("wrong_unlocker")
    old = Unlocker.objects.of(account).filter(unlocker=remove).first() if remove else None
    if remove and (old is None or events[-1].body[2] != remove):
        raise NotHere
    store(circle, after, events, batch)
    replaced = bool(add and old and bytes(old.lookup) == add.lookup)
    if old and replaced:
        accounts.remove_unlocker(account, bytes(old.unlocker))
    if add:
        check_unlocker(events[0], add)
        accounts.add_unlocker(account, add)
    if old and not replaced:
        accounts.remove_unlocker(account, bytes(old.unlocker))
    if old and old.kind == Unlocker.Kind.PASSPHRASE:
        accounts.end_other_sessions(session)


# Closing ---------------------------------------------------------------------------------------------


@transaction.atomic
def close(account: Account, partings: list[tuple[bytes, bytes, bytes]], *, now: int) -> int:
    """Closes at once and keeps everything sealed for seven days. Each of one's groups needs a signed farewell.

    `partings`: (circle, bytes, signature). Returns when the account is deleted. Raises BadParting.
    """
    groups = {bytes(m.circle_id): m for m in access.my_memberships(account) if m.circle.kind == verify.GROUP}
    if {circle for circle, _, _ in partings} != set(groups) or len(partings) != len(groups):
        raise BadParting
    for circle, body, signature in partings:
        membership = groups[circle]
        _check_parting(membership, body, signature, now=now)
        Parting.objects.everywhere("one's own").filter(circle=circle, member=membership.member).delete()
        Parting.objects.everywhere("one's own").create(
            circle_id=circle, member=membership.member, account=account, body=body, signature=signature
        )
    return accounts.begin_closing(account, now=now)


def _check_parting(membership: Membership, body: bytes, signature: bytes, *, now: int) -> None:
    state = states.of(membership.circle)
    try:
        not_before = verify.check_parting(state, bytes(membership.member), body, signature)
    except verify.Failure:
        raise BadParting from None
    if not_before > now + accounts.CLOSING_SECONDS + verify.CLOCK:
        raise BadParting


@transaction.atomic
def reopen(account: Account) -> None:
    """Takes a closing back: everything is as it was."""
    Parting.objects.everywhere("one's own").filter(account=account).delete()
    accounts.keep_account(account)
