"""GUIDs as other programs write them: with braces or without, in capitals or not, used twice, or no GUID at all."""

from __future__ import annotations

import uuid
from collections import defaultdict

from sameboat.study.exchange.refi.grammar import GUID
from sameboat.study.exchange.shapes import Account

_OURS = uuid.UUID("6f6b2f7e-6a5e-5a49-9f0d-0b6f3c0f6a11")


def derived(*parts: str) -> str:
    """A GUID that the same parts always give."""
    return str(uuid.uuid5(_OURS, "\n".join(parts)))


def plain_guid(written: str) -> str:
    """A GUID in small letters without braces; what is none becomes one that is always the same."""
    written = written.strip()
    return written.strip("{}").lower() if GUID.fullmatch(written) else derived("written", written)


class Guids:
    """The GUIDs of one file: each thing of a kind gets one of its own."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._seen: dict[str, set[str]] = defaultdict(set)

    def own(self, kind: str, written: str | None) -> str:
        """The GUID of a thing itself. A missing or repeated one is replaced, and the account says so."""
        seen = self._seen[kind]
        guid = plain_guid(written) if written else derived(kind, str(len(seen)))
        if written and not GUID.fullmatch(written.strip()):
            self._account.mend("Some ids were not GUIDs; they were given new ones.")
        if guid in seen:
            self._account.mend("Some ids were used more than once; the later ones were given new ones.")
            guid = derived(kind, guid, str(len(seen)))
        seen.add(guid)
        return guid

    def ref(self, kind: str, written: str | None) -> str | None:
        """The GUID that is referred to, if there is such a thing."""
        guid = plain_guid(written) if written else None
        return guid if guid in self._seen[kind] else None
