"""Ben is told."""

import pytest

from sameboat.told.rounds import tell
from tests.fixtures.asking import now


@pytest.fixture
def bens(group, telling, push_service):
    """Ben, who is told by push from now on."""
    device = push_service.subscribe()
    assert group.people["Ben"].put_way("device", device.body).status == 200
    tell(now())
    return device
