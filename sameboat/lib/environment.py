"""Settings from the environment: a table of names, defaults and meanings, and nothing beside it.

The site and the study have a table each, with a prefix of its own; a page of documentation is made from each.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path


class BadSetting(Exception):
    """A setting has a value that cannot be used; the message names it and says what would do."""


@dataclass(frozen=True)
class Setting:
    name: str
    default: str
    help: str
    choices: tuple[str, ...] = ()


class Settings:
    """The settings of one table; each is set by an environment variable, the prefix and its name."""

    def __init__(self, prefix: str, table: tuple[Setting, ...]) -> None:
        self.prefix = prefix
        self.table = table
        self._known = {setting.name: setting for setting in table}

    def read(self, name: str) -> str:
        """The value of a setting of the table. Raises BadSetting outside its choices, KeyError if unknown."""
        setting = self._known[name]
        value = os.environ.get(self.prefix + name, setting.default).strip()
        if setting.choices and value not in setting.choices:
            raise BadSetting(f"{self.prefix}{name} must be one of: {', '.join(setting.choices)}.")
        return value

    def read_port(self, name: str = "PORT") -> int:
        """A port, 1 to 65535. Raises BadSetting otherwise."""
        value = self.read(name)
        if not value.isdigit() or not 0 < int(value) < 65536:
            raise BadSetting(f"{self.prefix}{name} must be a number from 1 to 65535.")
        return int(value)

    def read_origin(self) -> str:
        """The site's one origin without a slash at its end."""
        origin = self.read("ORIGIN").rstrip("/") or f"http://localhost:{self.read_port()}"
        if not origin.startswith(("https://", "http://")) or origin.count("/") != 2:
            raise BadSetting(f"{self.prefix}ORIGIN must look like https://example.org, with no path.")
        return origin

    def data_folder(self) -> Path:
        """The data folder, absolute, made if missing and closed to other accounts of the machine."""
        folder = Path(self.read("DATA")).expanduser().resolve()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder

    def secret(self) -> str:
        """The given secret, or the one in the data folder, made on first use with mode 0600."""
        given = self.read("SECRET")
        if given:
            return given
        kept = self.data_folder() / "secret"
        try:
            with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(48))
        except FileExistsError:
            pass
        return kept.read_text(encoding="ascii")

    def rows(self) -> str:
        """The table in Markdown, for its page of documentation."""
        lines = []
        for setting in self.table:
            choices = f" One of: {', '.join(setting.choices)}." if setting.choices else ""
            default = f"`{setting.default}`" if setting.default else "empty"
            lines.append(f"| `{self.prefix}{setting.name}` | {default} | {setting.help}{choices} |\n")
        return "| Variable | Default | What it does |\n|---|---|---|\n" + "".join(lines)


def for_a_program(given: dict[str, str]) -> dict[str, str]:
    """The environment for another program: this process's own, and what is given and not empty."""
    return {**os.environ, **{name: value for name, value in given.items() if value}}
