"""Settings for tests in this process: the real ones, in a folder that is thrown away."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = tempfile.mkdtemp(prefix="sameboat-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["SAMEBOAT_DATA"] = _folder
Path(_folder, "assets").mkdir()
os.environ["SAMEBOAT_ORIGIN"] = "http://testserver"
os.environ["SAMEBOAT_API_DOCS"] = "on"
# Playwright keeps an event loop in the test's thread; Django would take that for an async view.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

from sameboat.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["tests.fixtures.hashing.QuickArgon2"]
