"""`python -m sameboat.cli` is the same as `sameboat`."""

import sys

from sameboat.cli import main

sys.exit(main())
