"""The list of who became whom, sealed under a passphrase that is kept nowhere.

Argon2id (RFC 9106) makes the key, AES-256-GCM seals. Without the passphrase the list is lost, which may be the wish.
"""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from argon2.low_level import Type, hash_secret_raw

from sameboat.lib.refusals import Refusal
from sameboat.study.team.models import Study
from sameboat.study.text.later import Later
from sameboat.study.transcripts.anonymising import Replacement
from sameboat.study.transcripts.models import ReplacementKey

ciphers: Any = Later("cryptography.hazmat.primitives.ciphers.aead")
failures: Any = Later("cryptography.exceptions")
NONCE = 12
SHORTEST = 12
MEMORY_KIB, PASSES, LANES = 65_536, 3, 1


class WrongPassphrase(Refusal):
    status = 403
    code = "wrong_passphrase"
    sentence = "This is not the passphrase that the list of names was locked with."


class PassphraseTooShort(Refusal):
    status = 422
    code = "passphrase_too_short"
    sentence = f"Please choose at least {SHORTEST} characters. A few words that do not belong together are good."


def _key(passphrase: str, salt: bytes) -> bytes:
    return hash_secret_raw(
        passphrase.strip().encode(), salt, time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES, hash_len=32,
        type=Type.ID,
    )  # fmt: skip


def exists(study: Study) -> bool:
    """Whether a list was locked before."""
    return ReplacementKey.objects.filter(study=study).exists()


def opened(study: Study, passphrase: str) -> list[Replacement]:
    """The list; empty where there is none yet. Raises WrongPassphrase."""
    row = ReplacementKey.objects.filter(study=study).first()
    if row is None:
        return []
    sealed = bytes(row.sealed)
    try:
        plain = ciphers.AESGCM(_key(passphrase, bytes(row.salt))).decrypt(
            sealed[:NONCE], sealed[NONCE:], study.id.bytes
        )
    except failures.InvalidTag:
        raise WrongPassphrase from None
    return [Replacement(**one) for one in json.loads(plain)]


def locked(study: Study, passphrase: str, wanted: Sequence[Replacement], *, now: datetime.datetime) -> None:
    """Locks the list, in place of the one before. Raises PassphraseTooShort."""
    if len(passphrase.strip()) < SHORTEST:
        raise PassphraseTooShort
    salt, nonce = os.urandom(16), os.urandom(NONCE)
    plain = json.dumps([asdict(one) for one in wanted]).encode()
    sealed = nonce + ciphers.AESGCM(_key(passphrase, salt)).encrypt(nonce, plain, study.id.bytes)
    ReplacementKey.objects.update_or_create(study=study, defaults={"sealed": sealed, "salt": salt, "updated_at": now})
