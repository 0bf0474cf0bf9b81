"""All keys of an account anew, in one act: ways in, own circle and records. For when someone may know the old ones."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from sameboat.accounts import actions as accounts
from sameboat.accounts import passkeys
from sameboat.accounts.models import Account, Record, Session, Unlocker
from sameboat.accounts.refusals import NotSigned, RecordsMissing
from sameboat.accounts.signals import renewed
from sameboat.circles.actions.consequences import follow
from sameboat.circles.actions.log import Batch, is_there, locked, refuse_if_behind, store, verified
from sameboat.circles.actions.ways import ADD, check_unlocker
from sameboat.circles.models import Membership
from sameboat.circles.refusals import Failed
from sameboat.circles.states import states
from sameboat.protocol import verify


@dataclass(frozen=True)
class SignedRecord:
    """A record under the new account key, signed with the own circle's new key."""

    version: int
    sealed: bytes
    signature: bytes


@dataclass(frozen=True)
class Renewal:
    """What takes the place of everything: ways in, and each record that is there."""

    batch: Batch
    unlockers: list[accounts.NewUnlocker]
    records: dict[str, SignedRecord]


@transaction.atomic
def renew_account(session: Session, new: Renewal, *, now: int) -> None:
    """Takes all of it or nothing, and ends every other session (SPEC 3, renewal).

    Raises Failed, Superseded, NotSigned, NameTaken, RecordsMissing, RecordMoved, WrongSize.
    The same batch again, because the answer was lost, is answered like the first time.
    """
    account = session.account
    membership = Membership.objects.of(account).get(circle=account.own_circle)
    circle = locked(bytes(account.own_circle))
    state = states.of(circle)
    if is_there(circle, new.batch):
        return
    refuse_if_behind(membership, circle, new.batch)
    after, events = verified(state, new.batch, author=bytes(membership.member), now=now)
    _require_whole(new, after, events)
    store(circle, after, events, new.batch)
    follow(circle, state, after, events)
    _exchange(account, new.unlockers)
    _replace(account, after.members[bytes(membership.member)].sign_pk, new.records)
    accounts.end_other_sessions(session)
    renewed.send(sender=Account, account=account)


def _require_whole(new: Renewal, after: verify.State, events: list[verify.Event]) -> None:
    """New ways in, the old ones gone, a new key and a new epoch, and nothing else. Raises Failed."""
    *changes, rekey, epoch = events if len(events) > 2 else [None, None]
    if rekey is None or epoch is None or [rekey.type, epoch.type] != ["rekey", "epoch"]:
        raise Failed("epoch_required")
    if any(event is None or event.type != "unlock" for event in changes):
        raise Failed("wrong_kind")
    added = [event for event in changes if event is not None and event.body[0] == ADD]
    if len(added) != len(new.unlockers) or set(after.unlockers) != {one.unlocker for one in new.unlockers}:
        raise Failed("wrong_unlocker")
    for event, one in zip(added, new.unlockers, strict=True):
        check_unlocker(event, one)


def _exchange(account: Account, unlockers: list[accounts.NewUnlocker]) -> None:
    # All that was first: the new passphrase is found by the same name.
    Unlocker.objects.of(account).delete()
    passkeys.drop_all(account)
    for one in unlockers:
        accounts.add_unlocker(account, one)


def _replace(account: Account, key: bytes, records: dict[str, SignedRecord]) -> None:
    """Every record is sealed anew: one that stayed would open for nobody."""
    there = set(Record.objects.of(account).values_list("slot", flat=True))
    if not there <= set(records):
        raise RecordsMissing
    for slot, one in records.items():
        try:
            verify.check_record_put(key, bytes(account.pk), slot, one.version, one.sealed, one.signature)
        except verify.Failure:
            raise NotSigned from None
        accounts.put_record(account, slot, one.version, one.sealed)
