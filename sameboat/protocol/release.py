"""The signed list of what one release serves: SPEC.md section 14. Whoever holds the public key can compare."""

import itertools
import re
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sameboat.protocol.encoding import Many, Shape, decode, enc
from sameboat.protocol.failures import require
from sameboat.protocol.primitives import check_signature, h, sign

VERSION = 1
MOST = 1048576
HEADERS: Shape = Many(["t64", "t4096"])
FILE: Shape = ["t512", "b32", HEADERS]
PAGE: Shape = ["t512", "u", HEADERS]
MANIFEST: Shape = ["u", "t64", "u", HEADERS, Many(FILE), Many(PAGE)]
_NAME = re.compile(r"[a-z0-9-]+")
_VALUE = re.compile(r"[!-~]([ -~]*[!-~])?")
_PATH = re.compile(r"/[!-~]*")

Headers = dict[str, str]


@dataclass(frozen=True)
class File:
    """An address that answers 200 with exactly these bytes. `hash` is `content_hash` of them."""

    path: str
    hash: bytes
    headers: Headers = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """An address whose words each site makes itself: only its status and headers are fixed."""

    path: str
    status: int
    headers: Headers = field(default_factory=dict)


@dataclass(frozen=True)
class Release:
    """One release. `time` is seconds since 1970; `always` are the headers of every answer."""

    version: str
    time: int
    always: Headers
    files: tuple[File, ...]
    pages: tuple[Page, ...]


def content_hash(content: bytes) -> bytes:
    """How a file's bytes are named in the list."""
    return h("release-file", content)


def write_release(release: Release, key: Ed25519PrivateKey) -> bytes:
    """The list and its signature, as they are published. Raises `not_canonical` for what reading would refuse."""
    files = [[one.path, one.hash, _pairs(one.headers)] for one in sorted(release.files, key=lambda one: one.path)]
    pages = [[one.path, one.status, _pairs(one.headers)] for one in sorted(release.pages, key=lambda one: one.path)]
    manifest = enc([VERSION, release.version, release.time, _pairs(release.always), files, pages])
    _read_manifest(manifest)
    return enc([manifest, sign(key, "release", manifest)])


def read_release(data: bytes, public: bytes) -> Release:
    """The list, if this key signed it. `not_canonical`, `bad_key`, `bad_signature` or `unknown_version`."""
    manifest, signature = decode(data, ["b", "b64"], MOST)
    check_signature(public, signature, "release", manifest)
    return _read_manifest(manifest)


def _read_manifest(manifest: bytes) -> Release:
    begun = decode(manifest, Many("any"), MOST)
    require(bool(begun) and type(begun[0]) is int, "not_canonical")
    require(begun[0] == VERSION, "unknown_version")
    _, version, time, always, files, pages = decode(manifest, MANIFEST, MOST)
    listed = tuple(File(path, digest, _headers(pairs)) for path, digest, pairs in files)
    looked = tuple(Page(path, status, _headers(pairs)) for path, status, pairs in pages)
    for paths in ([one.path for one in listed], [one.path for one in looked]):
        require(_ascending(paths) and all(_PATH.fullmatch(path) for path in paths), "not_canonical")
    require(not {one.path for one in listed} & {one.path for one in looked}, "not_canonical")
    return Release(version, time, _headers(always), listed, looked)


def _pairs(headers: Headers) -> list[list[str]]:
    return [[name, headers[name]] for name in sorted(headers)]


def _headers(pairs: list[list[str]]) -> Headers:
    require(_ascending([name for name, _ in pairs]), "not_canonical")
    require(all(_NAME.fullmatch(name) and _VALUE.fullmatch(value) for name, value in pairs), "not_canonical")
    return {str(name): str(value) for name, value in pairs}


def _ascending(names: list[str]) -> bool:
    return all(one < other for one, other in itertools.pairwise(names))
