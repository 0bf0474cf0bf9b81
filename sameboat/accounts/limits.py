"""How often the door may be tried. Guessing is slowed; nobody can be shut out by somebody else.

One counter is per name *and* address, so a stranger elsewhere does not use up a person's own tries. The
cost of guessing lies in Argon2id, which only the browser computes.
"""

from __future__ import annotations

import ipaddress

from django.http import HttpRequest

from sameboat.lib.limits import Limit

SIGN_IN = Limit("sign-in", burst=8, every=5.0)
DOOR = Limit("door", burst=2_000, every=0.05)
CODES = Limit("start-code", burst=20, every=10.0)
# What one account changes in all: far more than a person writes, far less than fills a disk.
CHANGES = Limit("changes", burst=12_000, every=0.5)


def where_from(request: HttpRequest) -> str:
    """The network a request came from: the address, of IPv6 its first half. Counted for a day, never stored."""
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return "nowhere"
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
