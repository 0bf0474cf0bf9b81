"""What django-allauth asks of us: nobody signs up by themselves, no mail is sent, secrets are sealed."""

from __future__ import annotations

import base64
import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest

NONCE = 12


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

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
