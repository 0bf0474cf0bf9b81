"""The `sameboat` command: serve, check, backup, restore, operator.

Runs on the operator's machine with the operator's rights; it can copy sealed rows, and open none.
"""

from sameboat.cli.commands import main

__all__ = ["main"]
