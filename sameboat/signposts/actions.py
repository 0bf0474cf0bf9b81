"""What is done to the help table: two people check a change, one may say that a row still holds."""

import re
from datetime import date, datetime

from django.db import transaction

from sameboat.lib.refusals import Refusal

from .models import Channel, Signpost, SignpostChange

LENGTHS = {"number": 120, "hours": 120, "note": 240, "source": 240}
CHANGED = (*LENGTHS, "shown")
DIALLED = re.compile(r"\+?[0-9](?:[0-9 -]*[0-9])?")
WRITTEN_TO = re.compile(r"[^@\s]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)
OPENED = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[A-Za-z0-9/._-]*)?")
SHAPES = {Channel.RING: DIALLED, Channel.TEXT: DIALLED, Channel.EMAIL: WRITTEN_TO, Channel.PAGE: OPENED}


class NameTheSource(Refusal):
    """Without a source the next person cannot check."""

    code = "name_the_source"
    sentence = "Please say where you looked, so that the next person can look there too."


class CannotBeReached(Refusal):
    """The number cannot be dialled, or the address not be opened, as it stands."""

    code = "cannot_be_reached"
    sentence = "A telephone cannot dial that, or a browser cannot open it. Write it as it is dialled or typed."


class TooLong(Refusal):
    """More than a row of the table holds."""

    code = "too_long"
    sentence = "That is too long for a row. Please say it shorter."


class NeedsASecondPerson(Refusal):
    """Whoever proposed a change cannot also confirm it while somebody else could."""

    status = 409
    code = "needs_a_second_person"
    sentence = "You proposed this. Somebody else here confirms it."


class ChangedMeanwhile(Refusal):
    """The change that was looked at is no longer the one that waits."""

    status = 409
    code = "changed_meanwhile"
    sentence = "This has changed since you looked. Please look again."


def still_true(signpost: Signpost, *, by: str, source: str, today: date) -> None:
    """The row was compared with its source and holds; `by` is the checker's name. Raises NameTheSource, TooLong."""
    said = _fitting("source", source)
    if not said:
        raise NameTheSource
    signpost.checked_on, signpost.checked_by, signpost.source = today, by, said
    signpost.save(update_fields=["checked_on", "checked_by", "source"])


def propose(signpost: Signpost, wanted: dict[str, str | bool], *, by: str, now: datetime) -> SignpostChange:
    """Writes down a change; the page goes on showing the old row until a second person confirms.

    `wanted` holds number, hours, note, source and shown. A newer proposal takes the place of an older one.
    Raises NameTheSource, TooLong, CannotBeReached.
    """
    fields = {name: _fitting(name, str(wanted[name])) for name in LENGTHS}
    if not fields["source"]:
        raise NameTheSource
    if not SHAPES[Channel(signpost.channel)].fullmatch(fields["number"]):
        raise CannotBeReached
    with transaction.atomic():
        # A new row each time, so that nobody confirms what they have not seen.
        SignpostChange.objects.filter(signpost=signpost).delete()
        return SignpostChange.objects.create(
            signpost=signpost, **fields, shown=bool(wanted["shown"]), proposed_by=by, proposed_at=now
        )


@transaction.atomic
def confirm(change: SignpostChange, *, by: str, others_exist: bool, today: date) -> Signpost:
    """Puts a proposed change on the page.

    Alone, one may confirm their own, or a dead number would stay up; the row remembers that one did both.

    Raises NeedsASecondPerson, ChangedMeanwhile.
    """
    if by == change.proposed_by and others_exist:
        raise NeedsASecondPerson
    taken, _rows = SignpostChange.objects.filter(pk=change.pk).delete()
    if not taken:
        raise ChangedMeanwhile
    signpost = change.signpost
    for name in CHANGED:
        setattr(signpost, name, getattr(change, name))
    signpost.checked_on, signpost.checked_by, signpost.confirmed_by = today, change.proposed_by, by
    signpost.save(update_fields=[*CHANGED, "checked_on", "checked_by", "confirmed_by"])
    return signpost


def put_aside(change: SignpostChange) -> None:
    change.delete()


def _fitting(name: str, said: str) -> str:
    if len(said.strip()) > LENGTHS[name]:
        raise TooLong
    return said.strip()
