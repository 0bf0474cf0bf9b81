"""Libraries that are loaded with the first file that needs them: most pages need none, and the program opens sooner."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Later:
    """A module by name; its first use loads it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._name), name)


etree: Any = Later("lxml.etree")
charset_normalizer: Any = Later("charset_normalizer")
