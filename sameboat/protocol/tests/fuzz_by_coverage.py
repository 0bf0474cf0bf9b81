"""`python -m sameboat.protocol.tests.fuzz_by_coverage -runs=1000000 [FOLDER]`: atheris chooses the inputs.

It starts from the byte strings of the vectors and ends with 0 where no input broke a reader's promise.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

with atheris.instrument_imports():
    from sameboat.protocol.tests.fuzzing import judge, seeds

# Seconds, whole: what is quicker is held by the tests. A machine that is busy elsewhere gets room.
LONGEST = 5


def main() -> None:
    """Ends the process: atheris leaves with 0, or with the input that broke something."""
    with TemporaryDirectory() as folder:
        for number, data in enumerate(seeds()):
            (Path(folder) / str(number)).write_bytes(data)
        atheris.Setup([*sys.argv, f"-timeout={LONGEST}", "-max_len=4096", "-print_final_stats=1", folder], judge)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
