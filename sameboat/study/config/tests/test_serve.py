"""What somebody reads who opens the study a second time."""

import socket

import pytest
from django.conf import settings

from sameboat.study.config import serve


def test_a_port_in_use_is_said_with_the_address_where_the_study_may_be_open(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server((settings.BIND, 0)) as taken:
        monkeypatch.setattr(settings, "PORT", taken.getsockname()[1])
        with pytest.raises(serve.PortInUse, match=settings.ORIGIN):
            serve._door()
