"""One table: every type of event, its form, where it may stand and the rule it follows. SPEC.md section 4."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sameboat.protocol.encoding import Shape
from sameboat.protocol.log_rules import epoch, heal, history, joining, leaving, persons, policy, start, unlock
from sameboat.protocol.primitives import check_box_key, check_sign_key
from sameboat.protocol.state import GROUP, OWN, TALK, Event, State

KeyChecks = list[tuple[Callable[[bytes], None], bytes]]


@dataclass(frozen=True)
class Rule:
    """A row. `keys` names the keys in the body, `inside` reads bytes that stand in it, `apply` judges and takes in."""

    shape: Shape
    kinds: tuple[int, ...]
    apply: Callable[[State, Event], None]
    needs_epoch: bool = False
    keys: Callable[[Event], KeyChecks] | None = None
    inside: Callable[[list[Any]], list[Any] | None] | None = None


def _pair(sign_pk: bytes, box_pk: bytes) -> KeyChecks:
    return [(check_sign_key, sign_pk), (check_box_key, box_pk)]


def _create_keys(event: Event) -> KeyChecks:
    pair = start.pair_of(event)
    return _pair(event.body[3], event.body[4]) + (_pair(pair[3], pair[4]) if pair else [])


def _invite_keys(event: Event) -> KeyChecks:
    return [(check_sign_key, event.body[0])]


def _admit_keys(event: Event) -> KeyChecks:
    asked = event.inside or []
    return _pair(asked[3], asked[4])


def _rekey_keys(event: Event) -> KeyChecks:
    return _pair(event.body[0], event.body[1])


_ALL, _BOTH, _SHARED, _GROUPS, _OWN = (OWN, TALK, GROUP), (OWN, GROUP), (TALK, GROUP), (GROUP,), (OWN,)

RULES: dict[str, Rule] = {
    "create": Rule(start.SHAPE, _ALL, start.apply, True, _create_keys),
    "invite": Rule(joining.INVITE, _GROUPS, joining.apply_invite, keys=_invite_keys),
    "admit": Rule(joining.ADMIT, _GROUPS, joining.apply_admit, True, _admit_keys, joining.read_request),
    "remove": Rule(leaving.REMOVE, _GROUPS, leaving.apply_remove, True),
    "leave": Rule(leaving.LEAVE, _GROUPS, leaving.apply_leave, inside=leaving.read_parting),
    "name": Rule(persons.NAME, _GROUPS, persons.apply_name),
    "rekey": Rule(persons.REKEY, _BOTH, persons.apply_rekey, True, _rekey_keys),
    "role": Rule(persons.ROLE, _GROUPS, persons.apply_role),
    "policy": Rule(policy.SHAPE, _GROUPS, policy.apply),
    "epoch": Rule(epoch.SHAPE, _ALL, epoch.apply),
    "heal": Rule(heal.SHAPE, _ALL, heal.apply, True),
    "history": Rule(history.SHAPE, _SHARED, history.apply),
    "unlock": Rule(unlock.SHAPE, _OWN, unlock.apply),
}
