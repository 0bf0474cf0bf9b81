"""Every reader of bytes, against inputs that nobody meant: no crash, no hang, one form only."""

import os

import pytest
from hypothesis import settings

from sameboat.protocol.tests.fuzzing import READERS, SLOWEST, inputs, judge, seeds, slow_readers


@pytest.fixture
def count(request: pytest.FixtureRequest) -> int:
    given = 1_000_000 if request.config.getoption("--deep", default=False) else 200 * settings.default.max_examples
    return int(os.environ.get("FUZZ_INPUTS", given))


def test_odd_inputs_are_refused_by_name_or_are_the_one_form_p66(count: int) -> None:
    for data in inputs(count, 66):
        judge(data)


LONG = (
    b"\x81" * 65536,
    b"\x98\xff" * 20000,
    b"\x99\xff\xfd" + b"\x80" * 65533,
    b"\x79\xff\xfd" + b"a" * 65533,
    b"\x79\xff\xf9" + "\u0301".encode() * 32764 + b"a",
    b"A" * 65536,
)


def test_no_odd_input_takes_long_p66(pytestconfig: pytest.Config) -> None:
    """Held to the figure by `make deep`; beside other tests on a busy machine a hang is what takes five times that."""
    slowest = SLOWEST if pytestconfig.getoption("--deep") else 5 * SLOWEST
    for data in [*LONG, *inputs(20 * settings.default.max_examples, 67)]:
        assert slow_readers(data, slowest) == [], data[:40]


def test_the_inputs_reach_the_insides_of_every_reader_p66() -> None:
    """Some are taken and some refused by each, so that the fuzz does not only knock at the outermost door."""
    verdicts = [judge(data) for data in [*seeds(), *inputs(4_000, 68)]]
    for reader, name in enumerate(READERS):
        said = {one[reader] for one in verdicts}
        assert len(said) > 1, (name, said)
