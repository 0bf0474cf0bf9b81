"""Which addresses of the study give out a file, from the code itself: those whose view can come to name one.

Whatever leaves as a file says so in a header. A view leads to a file where it, or anything of the study that it names,
however far below, has that header's name in it.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any

from tests.study.contracts.routes import Route, routes

HEADER = "Content-Disposition"
OURS = "sameboat.study"


def file_routes() -> list[Route]:
    """Every address that may give out a file."""
    return [route for route in routes() if _gives_a_file(inspect.unwrap(route.function), set())]


def _gives_a_file(function: FunctionType, seen: set[FunctionType]) -> bool:
    seen.add(function)
    codes = list(_codes(function.__code__))
    if any(HEADER in code.co_consts for code in codes):
        return True
    names = {name for code in codes for name in code.co_names}
    named = {
        one for name in names if name in function.__globals__ for one in _functions(function.__globals__[name], names)
    }
    return any(_gives_a_file(one, seen) for one in named if one not in seen)


def _codes(code: CodeType) -> Iterator[CodeType]:
    """A function's code, and that of what is written inside it."""
    yield code
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _codes(inner)


def _functions(named: Any, names: set[str]) -> Iterator[FunctionType]:
    """The functions of ours that a name may lead to: itself, those of a class or of a table, or of a module."""
    if isinstance(named, ModuleType):
        for name in names & set(vars(named)) if named.__name__.startswith(OURS) else ():
            if not isinstance(vars(named)[name], ModuleType):
                yield from _functions(vars(named)[name], names)
    elif isinstance(named, dict):
        for one in named.values():
            yield from _functions(one, names)
    elif isinstance(named, type) and named.__module__.startswith(OURS):
        yield from (one for one in vars(named).values() if isinstance(one, FunctionType))
    elif (
        callable(named)
        and isinstance(found := inspect.unwrap(named), FunctionType)
        and found.__module__.startswith(OURS)
    ):
        yield found
