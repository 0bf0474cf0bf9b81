"""Every address of the study, from the code itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from ninja.operation import Operation

from sameboat.study.config.api import api

NOBODY = "00000000-0000-4000-8000-000000000000"
# ninja gives UUIDs a converter of its own
MADE_UP = {"int": "7", "uuid": NOBODY, "uuidstr": NOBODY}


@dataclass(frozen=True)
class Route:
    """One thing a request can reach: its address, its methods and the function that answers."""

    path: str
    methods: tuple[str, ...]
    function: Any

    def __str__(self) -> str:
        return f"{'/'.join(self.methods)} /{self.path}"

    def address(self, sid: object = NOBODY) -> str:
        """The address in the study `sid`, with made-up parts in place of its other parameters."""
        named = re.sub(r"[<{](?:\w+:)?sid[>}]", str(sid), self.path)
        plain = re.sub(r"[<{](?:(\w+):)?\w+[>}]", lambda found: MADE_UP.get(found[1] or "", "a" * 22), named)
        return "/" + plain


def routes() -> list[Route]:
    """Every page and every API operation; the library that signs people in guards its own."""
    return [*_views(get_resolver(), ""), *_operations()]


def _views(resolver: URLResolver, prefix: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            if entry.namespace != "api":
                yield from _views(entry, path)
        elif isinstance(entry, URLPattern) and not entry.callback.__module__.startswith("allauth."):
            yield Route(path, ("GET",), entry.callback)


def _operations() -> Iterator[Route]:
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                assert isinstance(operation, Operation)
                whole = "/".join(part.strip("/") for part in ("api", prefix, path) if part.strip("/"))
                yield Route(whole, tuple(operation.methods), operation.view_func)
