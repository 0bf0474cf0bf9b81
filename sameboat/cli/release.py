"""`sameboat release`: the signed list of everything this version serves. SPEC.md section 14.

The list is what this very program answers, asked address by address. The key belongs to whoever releases and
is kept away from every server: an operator who had it could sign altered code.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import os
import sys
from pathlib import Path

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings

from sameboat.cli.compare import BESIDE
from sameboat.lib import clock
from sameboat.protocol.release import File, Headers, Page, Release, content_hash, write_release
from sameboat.web.assets import gather
from sameboat.web.headers import wanted

# Pages that each site makes itself. `/in/` and the assets are compared byte by byte instead.
HTML = "text/html; charset=utf-8"
JSON = "application/json"
PAGES = {
    "/": (200, HTML),
    "/accessibility": (200, HTML),
    "/api/home": (200, JSON),
    "/api/nothing": (404, JSON),
    "/assets/nothing.js": (404, HTML),
    "/concern": (200, HTML),
    "/concern/look-up": (200, HTML),
    "/find": (200, HTML),
    "/help": (200, HTML),
    "/how-groups-work": (200, HTML),
    "/manifest.webmanifest": (200, "application/manifest+json"),
    "/nothing": (404, HTML),
    "/old-browser": (200, HTML),
    "/operator/sign-in": (200, HTML),
    "/privacy": (200, HTML),
    "/under-18": (200, HTML),
    "/what-stays-here": (200, HTML),
}
# Served beside the assets, the same bytes everywhere.
SHELL = ("/in/", "/in/sw.js", "/in/icon.png")
# What gathering writes for itself; no page names them.
NOT_SERVED = {".fingerprint", "staticfiles.json"}


class BadKey(Exception):
    """The file holds no Ed25519 key; the message says what it should be."""


def arguments(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--key", type=Path, help="file with the private release key")
    which.add_argument("--new-key", type=Path, help="make a key: private half here, public half in FILE.pub")
    parser.add_argument("--to", type=Path, default=settings.RELEASE_FILES[-1], help="where to write the list")


def run(options: argparse.Namespace) -> int:
    """Prints where the list (or the new key) is. 1 where it could not be written."""
    try:
        if options.new_key:
            return _new_key(options.new_key)
        key = private_key(options.key)
        gather()
        release = asyncio.run(this_release())
        options.to.write_bytes(write_release(release, key))
    except (BadKey, OSError) as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"{options.to}: {len(release.files)} files and {len(release.pages)} pages of version {release.version}")
    return 0


def private_key(file: Path) -> Ed25519PrivateKey:
    """The private release key in a PEM file. Raises BadKey."""
    try:
        key = load_pem_private_key(file.read_bytes(), None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise BadKey(f"{file} holds no private Ed25519 key. Make one with: sameboat release --new-key FILE")
    return key


def _new_key(file: Path) -> int:
    key = Ed25519PrivateKey.generate()
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as private:
        private.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public = file.with_name(file.name + ".pub")
    public.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    print(f"{file} signs releases: keep it away from every server.\n{public} is for everyone who checks one.")
    return 0


async def this_release() -> Release:
    """What this program serves: every gathered file and the shell as they are answered."""
    always = {name: value for name, value in wanted("/", secure=True).items() if name != "cache-control"}
    # Named as the server names it, and not before the assets are gathered: it looks for them once, at its start.
    application = importlib.import_module("sameboat.config.asgi").application
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=application), base_url=settings.ORIGIN) as site:
        files = [_file(path, await site.get(path), always) for path in [*SHELL, *_gathered()]]
    pages = [_page(path, status, kind, always) for path, (status, kind) in PAGES.items()]
    now = int(os.environ.get("SOURCE_DATE_EPOCH", clock.now().timestamp()))
    return Release(settings.VERSION, now, always, tuple(files), tuple(pages))


def _gathered() -> list[str]:
    root = Path(settings.STATIC_ROOT)
    found = [file.relative_to(root).as_posix() for file in root.rglob("*") if file.is_file() and file.suffix != ".gz"]
    return [settings.STATIC_URL + name for name in sorted(found) if name not in NOT_SERVED]


def _file(path: str, answer: httpx.Response, always: Headers) -> File:
    if answer.status_code != 200:
        raise RuntimeError(f"{path} is not served")
    own = {name: value for name, value in answer.headers.items() if name not in BESIDE and always.get(name) != value}
    return File(path, content_hash(answer.content), own)


def _page(path: str, status: int, kind: str, always: Headers) -> Page:
    own = {name: value for name, value in wanted(path, secure=True).items() if always.get(name) != value}
    return Page(path, status, {"cache-control": "no-store", **own, "content-type": kind})
