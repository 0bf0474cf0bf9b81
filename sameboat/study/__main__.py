"""`python -m sameboat.study [serve | demo | invite]`: the study's own program, which `sameboat study` starts."""

import sys

from sameboat.study.config.commands import main

sys.exit(main())
