"""Build hook: a wheel carries the built browser part, so that who installs it needs no Node."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WheelAssets(BuildHookInterface):  # type: ignore[type-arg]
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds the assets, or stops the build of the wheel."""
        if version == "editable" or self.target_name != "wheel":
            return
        subprocess.run([sys.executable, "-m", "tools.assets"], cwd=self.root, check=True)
