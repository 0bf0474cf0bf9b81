"""`sameboat study invite EMAIL`: a link for somebody who may start studies here, or who lost their passphrase."""

from __future__ import annotations

import sys

from django.conf import settings
from django.urls import reverse

from sameboat.lib import clock
from sameboat.lib.tables import bring_up_to_date
from sameboat.study.desk.invitations import DAYS, open_the_door


def invite(email: str) -> int:
    """Prints the link. 1 on a laptop, where nobody signs in."""
    if not settings.TEAM:
        print("On a laptop nobody signs in. For a team: sameboat study --team invite EMAIL", file=sys.stderr)
        return 1
    bring_up_to_date()
    token = open_the_door(email, now=clock.now())
    print(f"{settings.ORIGIN}{reverse('study-invitation', kwargs={'token': token})}")
    print(f"Hand it to {email}. It works once, for {DAYS} days.")
    return 0
