"""Where rows live: SQLite in the data folder, or PostgreSQL by address."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from sameboat.lib.environment import BadSetting


def database(
    address: str, folder: Path, *, name: str = "sameboat", setting: str = "SAMEBOAT_DATABASE"
) -> dict[str, Any]:
    """Django's settings for one database. `address` is empty or a postgresql:// address; else BadSetting.

    `name` is the file's in the data folder; `setting` is what the address was given in, to say it by name.
    """
    if not address:
        return _sqlite(folder / f"{name}.sqlite3")
    parts = urlsplit(address)
    if parts.scheme not in {"postgresql", "postgres"} or len(parts.path) < 2:
        raise BadSetting(f"{setting} must be empty or look like postgresql://host/name.")
    extra = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": extra.pop("host", parts.hostname or ""),
        "PORT": str(extra.pop("port", parts.port or "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": extra,
    }


def _sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # DEFERRED loses concurrent writers; FULL makes "acknowledged" mean "on the disk".
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                "PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY; "
                # In KiB. The machine keeps the file in its memory once for all; each of our threads need not again.
                "PRAGMA cache_size=-256;"
            ),
        },
    }
