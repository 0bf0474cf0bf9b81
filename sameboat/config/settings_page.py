"""Writes `docs/settings.md` from the table in `env.py`: `python -m sameboat.config.settings_page`."""

from __future__ import annotations

from sameboat.config.env import PREFIX, TABLE

HEAD = """# Settings

Each is an environment variable. This page is made from `sameboat/config/env.py` by `make settings-page`;
a test fails when the two differ.

| Variable | Default | What it does |
|---|---|---|
"""


def page() -> str:
    """The whole page, in Markdown."""
    rows = []
    for setting in TABLE:
        choices = f" One of: {', '.join(setting.choices)}." if setting.choices else ""
        default = f"`{setting.default}`" if setting.default else "empty"
        rows.append(f"| `{PREFIX}{setting.name}` | {default} | {setting.help}{choices} |\n")
    return HEAD + "".join(rows)


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201
