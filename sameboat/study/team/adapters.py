"""What django-allauth asks of us: nobody signs up by themselves, no mail is sent, secrets are sealed."""

from __future__ import annotations

import base64
import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from sameboat.lib import clock
from sameboat.lib.limits import Limit

NONCE = 12
RECENTLY = 10 * 60
DOOR = Limit("study-door", burst=60, every=2.0)
TRIES = Limit("study-tries", burst=8, every=10.0)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Slows guessing. Counted per address *and* name, so that a stranger elsewhere shuts nobody out."""
        where = request.META.get("REMOTE_ADDR", "")
        DOOR.spend(where, now=clock.seconds())
        TRIES.spend(f"{where} {str(credentials.get('email', '')).lower()}", now=clock.seconds())

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Nothing asks twice: who came in a few minutes ago is not asked again."""
        request = context.request
        seen = [record["at"] for record in get_authentication_records(request, request.user)]
        return not seen or clock.seconds() - max(seen) > RECENTLY

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        TRIES.spend(str(user.pk), now=clock.seconds())
        return user.check_password(password)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """No mail leaves this server: a lead hands over links."""

    def add_message(self, *given: Any, **named: Any) -> None:
        """Pages say what happened themselves."""


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The secret behind somebody's six figures is sealed under the server's own key, which is not in the database."""

    def encrypt(self, text: str) -> str:
        nonce = secrets.token_bytes(NONCE)
        return base64.b64encode(nonce + _key().encrypt(nonce, text.encode(), None)).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        sealed = base64.b64decode(encrypted_text)
        return _key().decrypt(sealed[:NONCE], sealed[NONCE:], None).decode()


def _key() -> AESGCM:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"study second step")
    return AESGCM(derived.derive(settings.SECRET_KEY.encode()))
