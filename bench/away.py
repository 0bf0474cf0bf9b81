"""People who are away from the page and wish to be told, as rows of a site's database, beside or without its server.

Their plans are signed by a host (SPEC 17); what they never use here, such as their logs, is not made. Run as
`python -m bench.away alone|beside ORIGIN KEY PUSHES LETTERS`, in the environment of a site: see `main`.
"""

from __future__ import annotations

# isort: off
import sameboat.config.ready  # noqa: F401
# isort: on

import datetime
import os
import secrets
import sys
import time
from dataclasses import dataclass

from django.core.management import call_command
from django.db import transaction

from sameboat.accounts.models import Account
from sameboat.circles.models import Circle, Envelope, Membership
from sameboat.meetings.models import Meeting, Reminder
from sameboat.protocol.meetings import MEETING, Plan
from sameboat.protocol.seal import MemberKeys, new_member, sign_plan
from sameboat.protocol.verify import GROUP
from sameboat.told.models import Device, Errand, Mailbox, Wish
from sameboat.told.rounds import tell
from sameboat.told.telling import GRACE

AT_ONCE = 100
EIGHT = 8
TWO_HOURS = datetime.timedelta(hours=2)
LASTS = datetime.timedelta(minutes=90)
LOOK_EVERY = 0.1
WHY = "bench"


@dataclass(frozen=True)
class Group:
    """Eight people; the first is the host, and these are the host's keys."""

    keys: MemberKeys
    members: list[Membership]


@dataclass(frozen=True)
class Ways:
    """Where they are told: so many by push at an origin, whose browsers have this key, and so many by e-mail."""

    origin: str
    key: bytes
    pushes: int
    letters: int


def people_in_groups(ways: Ways) -> list[Group]:
    """Groups of eight, in which everybody wishes to be told, and of meetings two hours before."""
    people = [_account() for _ in range(ways.pushes + ways.letters)]
    groups = [_group(people[first : first + EIGHT]) for first in range(0, len(people), EIGHT)]
    members = [one for group in groups for one in group.members]
    by_mail = [one for number, one in enumerate(people) if _is_by_mail(number, ways)]
    by_push = [one for number, one in enumerate(people) if not _is_by_mail(number, ways)]
    with transaction.atomic():
        Account.objects.bulk_create(people, AT_ONCE)
        Circle.objects.bulk_create([group.members[0].circle for group in groups], AT_ONCE)
        Membership.objects.everywhere(WHY).bulk_create(members, AT_ONCE)
        Wish.objects.everywhere(WHY).bulk_create([Wish(account=one) for one in people], AT_ONCE)
        Reminder.objects.everywhere(WHY).bulk_create([_reminder(one) for one in members], AT_ONCE)
        Mailbox.objects.everywhere(WHY).bulk_create([_mailbox(one) for one in by_mail], AT_ONCE)
        Device.objects.everywhere(WHY).bulk_create([_device(one, ways) for one in by_push], AT_ONCE)
    return groups


def _is_by_mail(number: int, ways: Ways) -> bool:
    """Spreads the letters evenly among the people."""
    whole = ways.pushes + ways.letters
    return (number + 1) * ways.letters // whole > number * ways.letters // whole


def _account() -> Account:
    return Account(
        id=secrets.token_bytes(16), own_circle=secrets.token_bytes(32), own_key=secrets.token_bytes(32),
        made_on="2026-01-01", consent_on="2026-01-01", consent_version="1",
    )  # fmt: skip


def _group(people: list[Account]) -> Group:
    circle = Circle(id=secrets.token_bytes(32), kind=GROUP, head=secrets.token_bytes(32), head_seq=0)
    keys = [new_member() for _ in people]
    members = [
        Membership(account=one, circle=circle, member=own.member, admitted_seq=0)
        for one, own in zip(people, keys, strict=True)
    ]
    return Group(keys[0], members)


def _reminder(membership: Membership) -> Reminder:
    return Reminder(account_id=membership.account_id, membership=membership, day_before=False, two_hours_before=True)


def _mailbox(account: Account) -> Mailbox:
    return Mailbox(account=account, address=f"{bytes(account.id).hex()}@example.org", asked_at=0)


def _device(account: Account, ways: Ways) -> Device:
    return Device(
        account=account, endpoint=f"{ways.origin}/to/{bytes(account.id).hex()}",
        endpoint_hash=secrets.token_bytes(32), key=ways.key, secret=secrets.token_bytes(16),
    )  # fmt: skip


def plans_fall_due(groups: list[Group], now: int) -> None:
    """A weekly meeting of each group, signed by its host, of which everybody is to be told since this minute began."""
    minute = now - now % 60
    start = datetime.datetime.fromtimestamp(minute, datetime.UTC) + TWO_HOURS
    meetings = [_meeting(group, start, minute) for group in groups]
    Meeting.objects.everywhere(WHY).bulk_create(meetings, AT_ONCE)


def _meeting(group: Group, start: datetime.datetime, due: int) -> Meeting:
    circle, keys = group.members[0].circle_id, group.keys
    first, last = (when.strftime("%Y-%m-%dT%H:%M") for when in (start, start + LASTS))
    plan = Plan(bytes(circle), os.urandom(16), 1, MEETING, first, last, "UTC", "FREQ=WEEKLY", [], False, due - 86_400)
    return Meeting(
        circle_id=circle, meeting=plan.meeting, version=1, author=keys.member, plan=plan.raw,
        signature=sign_plan(keys, plan), remind_at=due,
    )  # fmt: skip


def is_any_taken(groups: int) -> bool:
    """Whether the site's round has begun with them."""
    return Meeting.objects.everywhere(WHY).filter(remind_at__lte=time.time()).count() < groups


def something_is_said(groups: list[Group], now: int) -> None:
    """In each group, by somebody who has left since: all eight are to hear of it."""
    said = [
        Envelope(
            circle=group.members[0].circle, position=1, message=secrets.token_bytes(16), hash=secrets.token_bytes(32),
            author=secrets.token_bytes(16), epoch_seq=0, at=now, keep=False, wire=secrets.token_bytes(400),
        )
        for group in groups
    ]  # fmt: skip
    Envelope.objects.everywhere(WHY).bulk_create(said, AT_ONCE)
    Circle.objects.filter(kind=GROUP).update(position=1)


def alone(ways: Ways) -> None:
    """Something is said, and the site's own rounds tell everybody. Prints how many, and the seconds it took."""
    call_command("migrate", verbosity=0)
    now = int(time.time())
    something_is_said(people_in_groups(ways), now)
    began = time.perf_counter()
    done = tell(now) + tell(now + GRACE)
    print(done, time.perf_counter() - began, flush=True)


def beside(ways: Ways) -> None:
    """Beside a server: makes the people; a line in, and their reminders fall due; a line in, and what is left is told.

    Prints a word when they are made, the moment at which the server began with the reminders, and what is left.
    """
    groups = people_in_groups(ways)
    print("made", flush=True)
    sys.stdin.readline()
    plans_fall_due(groups, int(time.time()))
    while not is_any_taken(len(groups)):
        time.sleep(LOOK_EVERY)
    print(time.time(), flush=True)
    sys.stdin.readline()
    left = Meeting.objects.everywhere(WHY).filter(remind_at__lte=time.time()).count() + Errand.objects.count()
    print(left, flush=True)


def main() -> int:
    how, origin, key, *many = sys.argv[1:]
    pushes, letters = map(int, many)
    {"alone": alone, "beside": beside}[how](Ways(origin, bytes.fromhex(key), pushes, letters))
    return 0


if __name__ == "__main__":
    sys.exit(main())
