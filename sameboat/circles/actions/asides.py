"""Sealed notes from one member to one other (SPEC 9)."""

from __future__ import annotations

import secrets

from django.db import transaction

from sameboat.circles.actions.door import stir
from sameboat.circles.models import Aside, Membership
from sameboat.circles.refusals import Failed
from sameboat.lib.refusals import NotHere
from sameboat.protocol import verify


@transaction.atomic
def put_aside(membership: Membership, recipient: bytes, sealed: bytes, *, now: int) -> Aside:
    """Leaves a note for a member of the same circle. Raises NotHere for anyone else."""
    try:
        verify.check_sealed_size("aside", len(sealed))
    except verify.Failure as failure:
        raise Failed(failure) from None
    circle = Membership.objects.everywhere("who else is here").filter(circle=membership.circle_id)
    if recipient == bytes(membership.member) or not circle.filter(member=recipient).exists():
        raise NotHere
    note = Aside(
        circle_id=membership.circle_id,
        shown_id=secrets.token_bytes(16),
        sender=membership.member,
        recipient=recipient,
        sealed=sealed,
        at=now,
    )
    note.save(force_insert=True)
    stir(bytes(membership.circle_id), "aside", recipient)
    return note
