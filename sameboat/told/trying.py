"""Whether a ring would arrive: one push to the very browser that asks for it."""

from __future__ import annotations

import hashlib
import secrets

from sameboat.told.actions import HOUR, MINUTE, send_out
from sameboat.told.models import Device, Errand


def try_device(account: bytes, endpoint: str, *, now: int) -> None:
    """Tells this browser of theirs at once, whatever the hour; nothing where they are not told there."""
    name = hashlib.sha256(endpoint.encode()).digest()
    device = Device.objects.of(account).filter(endpoint_hash=name).first()
    if device is not None:
        mark = secrets.token_bytes(16)
        send_out([Errand(device=device, kind=Errand.Kind.TRY, mark=mark, due_at=now - HOUR, until=now + MINUTE)])
