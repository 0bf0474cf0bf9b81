"""Settings for tests in this process: those of a team's server, in a folder that is thrown away.

A test of the laptop sets `settings.TEAM = False`; nobody signs in then.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = tempfile.mkdtemp(prefix="sameboat-study-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["SAMEBOAT_STUDY_DATA"] = _folder
Path(_folder, "assets").mkdir()
os.environ["SAMEBOAT_STUDY_ORIGIN"] = "http://testserver"
os.environ["SAMEBOAT_STUDY_MODE"] = "team"
# Playwright keeps an event loop in the test's thread; Django would take that for an async view.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

from sameboat.study.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["tests.fixtures.hashing.QuickArgon2"]
# A test's transaction is its own thread's; work in another one would not see it. Served studies do it beside.
WORK_BESIDE = False
