"""`sameboat verify-deployment URL --key FILE`: whether a running site serves what was released, byte by byte.

Needs no server and no account, so that anybody can run it, from anywhere, against anyone's site.
"""

from __future__ import annotations

import argparse
import datetime
import secrets
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from sameboat.cli.compare import Answer, wrong_content, wrong_headers, wrong_parts, wrong_status
from sameboat.protocol.failures import Failure
from sameboat.protocol.release import MOST, Release, read_release

SAME, DIFFERS, NOT_LOOKED = 0, 1, 2
LARGEST = 16 * 1024 * 1024
# Asked once as a browser does and once plainly: a site could serve one thing to each.
BROWSER = {
    "accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "accept-encoding": "gzip, deflate",
    "accept-language": "en-GB,en;q=0.8",
    "user-agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
}
PLAIN = {"accept-encoding": "identity"}
WAYS = (("as a browser asks", BROWSER), ("asked plainly", PLAIN))
LIMITS = "This is what the site answered here and now. It cannot show what somebody else is answered."


class CannotLook(Exception):
    """Nothing could be compared; the message says why."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("url", help="address of the site, such as https://boat.example")
    parser.add_argument("--key", type=Path, required=True, help="file with the public release key")
    parser.add_argument("--list", type=Path, help="the release list; without it, the one the site itself publishes")


def run(options: argparse.Namespace) -> int:
    """Prints what differs. 0: all is the same; 1: something differs; 2: it could not be compared."""
    origin = options.url.rstrip("/")
    try:
        with httpx.Client(base_url=origin, timeout=30, trust_env=False) as site:
            release = _release(site, options.list, public_key(options.key))
            print(_about(release))
            differing = list(differences(site, release, secure=origin.startswith("https://")))
    except CannotLook as problem:
        print(problem, file=sys.stderr)
        return NOT_LOOKED
    print("\n".join(differing) if differing else "Everything is the same.")
    print(LIMITS)
    return DIFFERS if differing else SAME


def public_key(file: Path) -> bytes:
    """The 32 bytes of the public release key in a PEM file. Raises CannotLook."""
    try:
        key = load_pem_public_key(file.read_bytes())
    except (OSError, ValueError):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise CannotLook(f"{file} holds no public Ed25519 key.")
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def differences(site: httpx.Client, release: Release, *, secure: bool) -> Iterator[str]:
    """One line for each thing that is not as released."""
    for one in release.files:
        # The shell stands for every address below it: an address nobody can have foreseen is asked as well.
        for path in [one.path] if one.path != "/in/" else ["/in/", f"/in/{secrets.token_hex(8)}"]:
            for way, headers in WAYS:
                answer = _ask(site, path, headers)
                wanted = {**release.always, **one.headers}
                yield from _lines(f"{path} ({way})", wrong_status(answer, 200))
                yield from _lines(f"{path} ({way})", wrong_content(answer, one.hash))
                yield from _lines(f"{path} ({way})", wrong_headers(answer, wanted, secure=secure))
    for page in release.pages:
        for way, headers in WAYS:
            answer = _ask(site, page.path, headers)
            wanted = {**release.always, **page.headers}
            yield from _lines(f"{page.path} ({way})", wrong_status(answer, page.status))
            yield from _lines(f"{page.path} ({way})", wrong_headers(answer, wanted, secure=secure))
            yield from _lines(f"{page.path} ({way})", wrong_parts(answer, release))


def _lines(where: str, found: Iterator[str]) -> Iterator[str]:
    yield from (f"{where}: {what}" for what in found)


def _release(site: httpx.Client, file: Path | None, key: bytes) -> Release:
    if file is None:
        answer = _ask(site, "/release", PLAIN)
        if answer.status != 200:
            raise CannotLook("The site publishes no release list. Give one with --list FILE.")
        data = answer.content
    else:
        data = _read(file)
    try:
        return read_release(data, key)
    except Failure as problem:
        raise CannotLook(f"This is no list that was signed with this key ({problem.code}).") from None


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()[: MOST + 1]
    except OSError as problem:
        raise CannotLook(f"{file} cannot be read: {problem.strerror}.") from None


def _ask(site: httpx.Client, path: str, headers: dict[str, str]) -> Answer:
    """One answer, at most LARGEST bytes of it, asked without any cookie."""
    site.cookies.clear()
    content = bytearray()
    try:
        with site.stream("GET", path, headers=headers) as answer:
            for part in answer.iter_bytes():
                content += part
                if len(content) > LARGEST:
                    break
    except (httpx.HTTPError, httpx.InvalidURL) as problem:
        raise CannotLook(f"{site.base_url}{path} could not be asked: {type(problem).__name__}.") from None
    told = tuple((name.lower(), value) for name, value in answer.headers.multi_items())
    return Answer(answer.status_code, told, bytes(content))


def _about(release: Release) -> str:
    day = datetime.datetime.fromtimestamp(release.time, datetime.UTC).date()
    return f"Version {release.version}, released on {day}: {len(release.files)} files, {len(release.pages)} pages."
