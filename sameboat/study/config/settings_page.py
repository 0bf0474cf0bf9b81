"""Writes `docs/study-settings.md` from the table in `env.py`: `python -m sameboat.study.config.settings_page`."""

from __future__ import annotations

from sameboat.study.config import env

HEAD = """# Settings of the study

Each is an environment variable. This page is made from `sameboat/study/config/env.py` by `make settings-page`;
a test fails when the two differ.

"""


def page() -> str:
    """The whole page, in Markdown."""
    return HEAD + env.rows()


if __name__ == "__main__":
    print(page(), end="")
