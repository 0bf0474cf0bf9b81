"""Libraries that are loaded when they are first used: most pages need none of them, and the program opens sooner."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Later:
    """A module by name; its first use loads it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._name), name)
