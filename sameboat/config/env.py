"""Every setting, once: its name, its default, and what it does. Nothing else reads the environment.

Each is set by an environment variable `SAMEBOAT_NAME`. `docs/settings.md` is made from this table.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

PREFIX = "SAMEBOAT_"


class BadSetting(Exception):
    """A setting has a value that cannot be used; the message names it and says what would do."""


@dataclass(frozen=True)
class Setting:
    name: str
    default: str
    help: str
    choices: tuple[str, ...] = ()


TABLE = (
    Setting("DATA", "data", "Folder that holds everything: database, secret, backups. Made if missing."),
    Setting(
        "DATABASE",
        "",
        "Empty: SQLite in the data folder. Or an address such as postgresql://name:password@host:5432/sameboat "
        "(a socket folder goes into ?host=).",
    ),
    Setting(
        "SECRET",
        "",
        "Key that signs staff sessions. Empty: made at first start and kept in the data folder, "
        "readable by its owner only.",
    ),
    Setting("PORT", "8000", "Port the server listens on."),
    Setting(
        "BIND",
        "127.0.0.1",
        "Address the server listens on. Keep it local and put a web server with TLS before it.",
    ),
    Setting(
        "ORIGIN",
        "",
        "The one address people type, such as https://example.org. Empty: http://localhost and the port. "
        "The name must not hold the topic.",
    ),
    Setting(
        "PROXIES",
        "127.0.0.1",
        "Addresses of the web servers in front, comma separated; only these may say which address a request came from.",
    ),
    Setting(
        "SITE_NAME",
        "Same Boat",
        "Name in titles and on the first page. Choose one that does not hold the topic.",
    ),
    Setting(
        "EXIT_TO",
        "https://www.bbc.co.uk/weather",
        'Where "Leave this page now" goes: an ordinary page that raises no question.',
    ),
    Setting(
        "START_MODE",
        "code",
        "Who may start a group: with a code from the operator, on request, or anyone.",
        ("code", "request", "open"),
    ),
    Setting("OPERATOR_NAME", "", "Who runs this site, as people would say it. Shown on the privacy page."),
    Setting(
        "OPERATOR_CONTACT",
        "",
        "How to reach the people who run this site: an e-mail address or a telephone number. Shown on public pages.",
    ),
    Setting(
        "COUNTRY",
        "gb",
        'The country whose lines "Get help now" shows first; the others are one link away.',
        ("gb", "ie", "us", "ca", "au", "nz"),
    ),
    Setting("API_DOCS", "off", "Whether /api/docs describes the API.", ("on", "off")),
    Setting(
        "CLOCK_FILE",
        "",
        "For tests only: a file with a number of seconds by which this server's clock is moved. "
        "Refused by `sameboat check --deploy`.",
    ),
)

_KNOWN = {setting.name: setting for setting in TABLE}


def read(name: str) -> str:
    """The value of a setting of the table. Raises BadSetting outside its choices, KeyError if unknown."""
    setting = _KNOWN[name]
    value = os.environ.get(PREFIX + name, setting.default).strip()
    if setting.choices and value not in setting.choices:
        raise BadSetting(f"{PREFIX}{name} must be one of: {', '.join(setting.choices)}.")
    return value


def read_port() -> int:
    """The port, 1 to 65535. Raises BadSetting otherwise."""
    value = read("PORT")
    if not value.isdigit() or not 0 < int(value) < 65536:
        raise BadSetting(f"{PREFIX}PORT must be a number from 1 to 65535.")
    return int(value)


def read_origin() -> str:
    """The site's one origin without a slash at its end."""
    origin = read("ORIGIN").rstrip("/") or f"http://localhost:{read_port()}"
    if not origin.startswith(("https://", "http://")) or origin.count("/") != 2:
        raise BadSetting(f"{PREFIX}ORIGIN must look like https://example.org, with no path.")
    return origin


def data_folder() -> Path:
    """The data folder, absolute, made if missing and closed to other accounts of the machine."""
    folder = Path(read("DATA")).expanduser().resolve()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def secret() -> str:
    """The given secret, or the one in the data folder, made on first use with mode 0600."""
    given = read("SECRET")
    if given:
        return given
    kept = data_folder() / "secret"
    try:
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return kept.read_text(encoding="ascii")


def for_a_program(given: dict[str, str]) -> dict[str, str]:
    """The environment for another program: this process's own, and what is given and not empty."""
    return {**os.environ, **{name: value for name, value in given.items() if value}}
