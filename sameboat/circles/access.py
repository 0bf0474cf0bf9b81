"""The only ways to get a circle or something of it: through one's own membership, or through a link.

Whatever is out of reach raises NotHere, exactly as if it did not exist.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from sameboat.accounts.models import Account
from sameboat.circles.models import (
    Aside,
    Attachment,
    Circle,
    Envelope,
    Invitation,
    Knock,
    LogEvent,
    Membership,
    Parting,
    Talk,
    Wanted,
)
from sameboat.circles.states import states
from sameboat.lib.refusals import NotHere
from sameboat.lib.rows import Rows
from sameboat.protocol.encoding import b64u, un_b64u
from sameboat.protocol.failures import Failure
from sameboat.protocol.state import TALK

OLDER_KNOCK = 86_400
FOR_ONE = (Attachment.Kind.BOX, Attachment.Kind.HISTORY_BOX)
MINE = Rows(Membership, "account_id = %s AND circle_id = %s")


def raw(text: str, size: int) -> bytes:
    """The bytes of an id in an address; what is no id does not exist."""
    try:
        found = un_b64u(text)
    except Failure:
        raise NotHere from None
    if len(found) != size:
        raise NotHere
    return found


def my_membership(account: Account, circle: str) -> Membership:
    """This account's membership; a circle it is not in looks like none at all."""
    mine = MINE.first(account.pk, raw(circle, 32))
    if mine is None:
        raise NotHere
    return mine


def my_memberships(account: Account) -> list[Membership]:
    """Everywhere this account belongs, oldest first."""
    return list(Membership.objects.of(account).select_related("circle", "circle__talk").order_by("pk"))


def talk_of(circle: Circle) -> Talk | None:
    """What is known of a talk; None for groups and own pages."""
    return getattr(circle, "talk", None) if circle.kind == TALK else None


def my_message(membership: Membership, message_hash: str) -> Envelope:
    """A message of which this member is the author."""
    mine = Envelope.objects.within(membership).filter(hash=raw(message_hash, 32), author=membership.member)
    found = mine.first()
    if found is None:
        raise NotHere
    return found


def my_knock(account: Account, lookup: str) -> Knock:
    """This account's own knock with that invitation."""
    mine = Knock.objects.of(account).select_related("invitation").filter(invitation__lookup=raw(lookup, 16))
    found = mine.first()
    if found is None:
        raise NotHere
    return found


def my_aside(membership: Membership, shown_id: str) -> Aside:
    """A note to this member."""
    mine = Aside.objects.within(membership).filter(recipient=membership.member, shown_id=raw(shown_id, 16))
    found = mine.first()
    if found is None:
        raise NotHere
    return found


def invitation(lookup: bytes) -> Invitation:
    """The invitation whose link derives this; holding the link is the right to see it."""
    links = Invitation.objects.everywhere("the link is the proof")
    found = links.select_related("circle").filter(lookup=lookup).first()
    if found is None:
        raise NotHere
    return found


def my_invitation(membership: Membership, invite: str, *, host: bool = False) -> Invitation:
    """An invitation of one's circle, by the id of its event: one that one made oneself, as a host any."""
    of_circle = Invitation.objects.within(membership).filter(event=raw(invite, 32))
    found = of_circle.first()
    state = states.of(membership.circle)
    if found is None or not (host or state.invites[bytes(found.event)].author == bytes(membership.member)):
        raise NotHere
    return found


def is_host(membership: Membership, *, now: int) -> bool:
    """Whether this member holds the host's task."""
    return states.of(membership.circle).is_host(bytes(membership.member), now)


def knocks_for(membership: Membership, *, host: bool, now: int) -> list[Knock]:
    """Who waits, for those who may open: hosts at once, where the invitation says so anybody, else after a day."""
    waiting = Knock.objects.everywhere("at the door of a circle one belongs to").select_related("invitation")
    waiting = waiting.filter(invitation__circle=membership.circle_id, state=Knock.State.WAITING).order_by("since")
    # With an invitation that is over nobody can be let in any more.
    waiting = waiting.filter(invitation__state=Invitation.State.OPEN, invitation__expires_at__gt=now)
    return [knock for knock in waiting if host or knock.invitation.any_member or knock.since <= now - OLDER_KNOCK]


def knock_at(membership: Membership, invite: str, *, host: bool, now: int) -> Knock:
    """One of the knocks this member may answer, by the id of its invitation's event."""
    wanted = raw(invite, 32)
    for knock in knocks_for(membership, host=host, now=now):
        if bytes(knock.invitation.event) == wanted:
            return knock
    raise NotHere


def partings_for(membership: Membership, *, now: int) -> list[Parting]:
    """Farewells of those whose account is gone, or over; before that they may still change their mind."""
    rows = Parting.objects.within(membership).order_by("pk")
    return list(rows.filter(models.Q(account=None) | models.Q(account__closing_at__lte=now)))


def events_for(membership: Membership, *, after: int, most: int) -> tuple[list[dict[str, Any]], bool]:
    """A page of the log after `after`, with the attachments this member is given, and whether there is more."""
    rows = list(LogEvent.objects.within(membership).filter(seq__gt=after).order_by("seq")[: most + 1])
    more = len(rows) > most
    rows = rows[:most]
    given: dict[int, dict[str, str]] = {row.seq: {} for row in rows}
    if rows:
        attached = Attachment.objects.within(membership).filter(seq__gte=rows[0].seq, seq__lte=rows[-1].seq)
        attached = attached.exclude(kind=Attachment.Kind.PREVIEW)
        for one in attached.order_by("pk"):
            if one.kind not in FOR_ONE or bytes(one.member) == bytes(membership.member):
                given[one.seq][b64u(one.hash)] = b64u(one.body)
    return [{"seq": row.seq, "event": b64u(row.wire), "attachments": given[row.seq]} for row in rows], more


def wanted_from(membership: Membership) -> list[str]:
    """Hashes that a mended log names and the server lacks: those for all, and this member's own."""
    rows = Wanted.objects.within(membership).order_by("seq", "pk")
    mine = [one for one in rows if one.kind not in FOR_ONE or bytes(one.member) == bytes(membership.member)]
    return [b64u(one.hash) for one in mine]


def messages_for(
    membership: Membership, *, before: int | None, after: int | None, most: int
) -> tuple[list[Envelope], bool]:
    """A page of messages in order of position, and whether there is more that way. Without bounds: the newest."""
    rows = Envelope.objects.within(membership).filter(position__gt=membership.admitted_position)
    if after is not None:
        page = list(rows.filter(position__gt=after).order_by("position")[: most + 1])
        return page[:most], len(page) > most
    if before is not None:
        rows = rows.filter(position__lt=before)
    page = list(rows.order_by("-position")[: most + 1])
    return page[:most][::-1], len(page) > most
