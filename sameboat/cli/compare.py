"""Holds one answer of a running site against the release list and says plainly what differs. Asks nothing itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from sameboat.protocol.release import Headers, Release, content_hash

# Headers that say how an answer travelled, not what it does in a browser. SPEC.md section 14.
BESIDE = frozenset(
    (
        "accept-ranges", "age", "alt-svc", "connection", "content-encoding", "content-length", "date", "etag",
        "keep-alive", "last-modified", "server", "transfer-encoding", "vary", "via",
    )
)  # fmt: skip
HTTPS_ONLY = "strict-transport-security"
# Elements that bring in something of another place, or that change what an address means.
NEVER = frozenset(("base", "embed", "frame", "iframe", "object", "applet", "portal", "template"))
RUNS = frozenset(("script", "style"))


@dataclass(frozen=True)
class Answer:
    """One answer as it came. Names of headers in lower case; one that came twice stands twice."""

    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes


def wrong_status(answer: Answer, status: int) -> Iterator[str]:
    """A sentence where the status is another than the release's."""
    if answer.status != status:
        yield f"answers {answer.status}, and the release answers {status}"


def wrong_content(answer: Answer, wanted: bytes) -> Iterator[str]:
    """A sentence where the bytes are not the release's."""
    if content_hash(answer.content) != wanted:
        yield f"its {len(answer.content)} bytes are not those of the release"


def wrong_headers(answer: Answer, wanted: Headers, *, secure: bool) -> Iterator[str]:
    """A sentence for each header that is missing, different, twice, or not the release's at all."""
    expected = {name: value for name, value in wanted.items() if secure or name != HTTPS_ONLY}
    for name, value in expected.items():
        found = [given for header, given in answer.headers if header == name]
        if not found:
            yield f"the header {name} is missing"
        elif len(found) > 1:
            yield f"the header {name} is there {len(found)} times"
        elif found[0] != value:
            yield f'the header {name} is "{found[0]}", and the release says "{value}"'
    for name in sorted({header for header, _ in answer.headers} - set(expected) - BESIDE):
        yield f"the header {name} is not part of the release"


def wrong_parts(answer: Answer, release: Release) -> Iterator[str]:
    """A sentence for each thing that a page runs, or brings in, and that is not of the release."""
    if not any(name == "content-type" and value.startswith("text/html") for name, value in answer.headers):
        return
    reader = _Reader({one.path for one in release.files})
    reader.feed(answer.content.decode("utf-8", "replace"))
    reader.close()
    yield from reader.found


class _Reader(HTMLParser):
    def __init__(self, known: set[str]) -> None:
        super().__init__()
        self.known, self.found, self.inside = known, list[str](), ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.inside = tag if tag in RUNS else self.inside
        if tag in NEVER:
            self.found.append(f"a <{tag}> that is not part of the release")
        if tag == "meta" and "http-equiv" in given:
            self.found.append(f"a <meta http-equiv> that is not part of the release: {given['http-equiv']}")
        if tag == "script" and given.get("src", "") not in self.known:
            self.found.append(f"a script that is not part of the release: {given.get('src') or 'written in the page'}")
        if tag == "link" and "icon" not in given.get("rel", "") and given.get("href", "") not in self.known:
            self.found.append(f"a link that is not part of the release: {given.get('href', '')}")
        for name in given:
            if name.startswith("on") or name == "style":
                self.found.append(f"an attribute that runs or styles, which is not part of the release: {name}")

    def handle_endtag(self, tag: str) -> None:
        self.inside = "" if tag == self.inside else self.inside

    def handle_data(self, data: str) -> None:
        if self.inside and data.strip():
            self.found.append(f"words inside a <{self.inside}>, which are not part of the release")
