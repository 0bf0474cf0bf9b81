"""Somebody at a group's door: hosts are told at once, all members after a day, and whoever waits once they are let in.

Each knock is told once to each; what was told is noted beside it and goes with it.
"""

from __future__ import annotations

from django.db import models

from sameboat.circles import access
from sameboat.circles.models import Invitation, Knock, Membership
from sameboat.protocol import verify
from sameboat.told.models import Doorbell

WHY = "those at the door, and those who may open it"


def newly_told(now: int) -> list[bytes]:
    """Accounts for whom a door has something new since the last look; noted as told in the caller's transaction."""
    found: list[bytes] = []
    # Asked every other second of every site: mostly nobody stands at a door, and no bell that rang waits to be let go.
    if not (Knock.objects.everywhere(WHY).filter(state=Knock.State.WAITING).exists() or Doorbell.objects.exists()):
        return found
    rows = Knock.objects.everywhere(WHY).select_related("invitation__circle")
    bell = Doorbell.objects.filter(knock=models.OuterRef("pk"))
    rows = rows.annotate(rung=models.Exists(bell), all_told=models.Exists(bell.filter(all_told=True)))
    waiting = rows.filter(
        state=Knock.State.WAITING, invitation__state=Invitation.State.OPEN, invitation__expires_at__gt=now
    )
    # Whose hosts were told is looked at again when the others are to be.
    for knock in waiting.filter(all_told=False).exclude(rung=True, since__gt=now - access.OLDER_KNOCK):
        found += _ring(knock, now)
    for knock in rows.filter(state=Knock.State.ADMITTED, rung=True):
        Doorbell.objects.filter(knock=knock).delete()
        found.append(bytes(knock.account_id))
    return found


def _ring(knock: Knock, now: int) -> list[bytes]:
    members = Membership.objects.everywhere(WHY).filter(circle=knock.invitation.circle_id).select_related("circle")
    everybody = knock.invitation.any_member or knock.since <= now - access.OLDER_KNOCK
    Doorbell.objects.update_or_create(knock=knock, defaults={"all_told": everybody})
    return [bytes(one.account_id) for one in members if everybody or access.is_host(one, now=now)]


def waits(account: bytes, now: int) -> bool:
    """Whether somebody stands at a door that they may open; or theirs was opened, and nothing was said since."""
    mine = list(Membership.objects.of(account).filter(circle__kind=verify.GROUP).select_related("circle"))
    if any(access.knocks_for(one, host=access.is_host(one, now=now), now=now) for one in mine):
        return True
    let_in = Knock.objects.of(account).filter(state=Knock.State.ADMITTED)
    fresh = [one.circle_id for one in mine if one.admitted_position == one.circle.position]
    return let_in.filter(invitation__circle__in=fresh).exists()
