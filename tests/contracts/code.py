"""What the contracts read: files of the tree, the import graph, routes."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from ninja.operation import Operation

from sameboat.config.api import api
from tools.check import statements
from tools.machine import ROOT


def tree() -> list[Path]:
    """Every file that a commit of this tree would hold, and that exists."""
    wanted = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(wanted, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def text_of(file: Path) -> str | None:
    """The file's text, or None where it is not text."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def python_files(*tops: str) -> list[Path]:
    return [
        file for file in tree()
        if file.suffix == ".py" and file.relative_to(ROOT).parts[0] in tops and "migrations" not in file.parts
    ]  # fmt: skip


def imports_of(file: Path) -> Iterator[tuple[str, ast.stmt]]:
    """Absolute dotted names that a Python file imports, with the statement."""
    for node in statements(file):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module, node
            yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)


def find_cycle(graph: dict[str, set[str]]) -> list[str]:
    """One cycle of the graph as a list of names, or an empty list."""
    settled: set[str] = set()

    def walk(name: str, path: list[str]) -> list[str]:
        if name in path:
            return [*path[path.index(name) :], name]
        if name in settled:
            return []
        for below in sorted(graph.get(name, set())):
            if found := walk(below, [*path, name]):
                return found
        settled.add(name)
        return []

    return next((found for name in sorted(graph) if (found := walk(name, []))), [])


@dataclass(frozen=True)
class Route:
    """One thing a request can reach: its address, its methods and the function that answers."""

    path: str
    methods: tuple[str, ...]
    function: Any

    def __str__(self) -> str:
        return f"{'/'.join(self.methods)} /{self.path}"


def routes() -> list[Route]:
    """Every Django view and every API operation, from the code itself."""
    return [*_views(get_resolver(), ""), *_operations()]


def _views(resolver: URLResolver, prefix: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            if entry.namespace != "api":
                yield from _views(entry, path)
        elif isinstance(entry, URLPattern):
            yield Route(path, ("GET",), entry.callback)


def _operations() -> Iterator[Route]:
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                assert isinstance(operation, Operation)
                whole = "/".join(part.strip("/") for part in ("api", prefix, path) if part.strip("/"))
                yield Route(whole, tuple(operation.methods), operation.view_func)
