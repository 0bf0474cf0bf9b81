"""Where a push may go and where never (P41): what somebody writes as their push address cannot aim this server."""

import socket
import threading

import pytest

from sameboat.told import ports
from sameboat.told.carrying import carry
from sameboat.told.models import Device, Errand
from sameboat.told.rounds import tell
from sameboat.told.telling import GRACE
from tests.fixtures.asking import now
from tests.fixtures.telling import b64

GOOD = "https://updates.push.services.mozilla.com/wpush/v2/abc"
BAD = [
    "http://updates.push.services.mozilla.com/x",
    "https://updates.push.services.mozilla.com:8443/x",
    "https://user@updates.push.services.mozilla.com/x",
    "https://updates.push.services.mozilla.com@127.0.0.1/x",
    "https://updates.push.services.mozilla.com.evil.example/x",
    "https://evil.example/updates.push.services.mozilla.com",
    "https://push.apple.com/x",
    "https://evilpush.apple.com/x",
    "https://localhost/x",
    "https://127.0.0.1/x",
    "https://2130706433/x",
    "https://[::1]/x",
    "https://169.254.169.254/latest/meta-data",
    "https://[::ffff:127.0.0.1]/x",
    "https://fcm.googleapis.com\\@127.0.0.1/x",
    "https://fcm.googleapis.com /x",
    "https://fcm.googleapis.com/x\r\nHost: 127.0.0.1",
    "https://fcm.googleapis.com:port/x",
    "https://ﬁcm.googleapis.com/x",
    "file:///etc/passwd",
    "ftp://fcm.googleapis.com/x",
    "//fcm.googleapis.com/x",
    "https://fcm.googleapis.com/" + "x" * 1_024,
]
NOT_PUBLIC = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a00:1::",
    "2001:0:a00:1::80ff:fffe", "not an address",
]  # fmt: skip


def test_the_push_services_of_today_are_allowed(settings):
    for endpoint in (
        GOOD,
        "https://fcm.googleapis.com/fcm/send/a:b",
        "https://web.push.apple.com/Q",
        "https://wns2-par02p.notify.windows.com/w/?token=a",
    ):
        assert ports.port_of(endpoint).number == 443


@pytest.mark.parametrize("endpoint", BAD)
def test_any_other_address_is_refused_when_it_is_given_p41(group, endpoint, push_service):
    body = push_service.subscribe().body | {"endpoint": endpoint}
    answer = group.people["Ben"].put_way("device", body)
    assert answer.status == 400
    assert not Device.objects.everywhere("test").exists()


@pytest.mark.parametrize("key", [b"\x04" + bytes(64), b"\x05" + b"a" * 64])
def test_a_key_that_is_no_point_of_the_curve_is_refused(group, telling, push_service, key):
    body = push_service.subscribe().body | {"key": b64(key)}
    assert group.people["Ben"].put_way("device", body).code == "no_such_push"


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_that_is_not_of_the_open_internet_is_none_p41(address):
    assert not ports.is_public(address)


def test_addresses_of_the_open_internet_are_taken():
    assert ports.is_public("142.250.1.95") and ports.is_public("2a00:1450:4009:81f::200a")


def resolves_to(monkeypatch, *answers):
    """What a name leads to, one list of addresses for each time it is looked up; counts how often it was."""
    asked = []

    def lookup(host, number, **_kind):
        addresses = answers[min(len(asked), len(answers) - 1)]
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, number)) for address in addresses]

    monkeypatch.setattr(ports.socket, "getaddrinfo", lookup)
    return asked


def connections(monkeypatch):
    """Every address that was connected to; nothing is reached."""
    made = []

    def connect(address, **_kind):
        made.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(ports.socket, "create_connection", connect)
    return made


@pytest.fixture
def bens(group, push_service):
    """Ben is told through a push service that exists, and something waits for him."""
    body = push_service.subscribe().body | {"endpoint": GOOD}
    assert group.people["Ben"].put_way("device", body).status == 200
    group.say("Ana")
    tell(now())


def test_a_name_that_leads_to_this_machine_is_not_connected_to_p41(bens, monkeypatch):
    resolves_to(monkeypatch, ["142.250.1.95", "127.0.0.1"])
    made = connections(monkeypatch)
    assert tell(now() + GRACE) == 0
    assert made == [] and not Errand.objects.exists()


def test_the_connection_is_made_to_the_address_that_was_judged_p41(bens, monkeypatch):
    """A name that leads elsewhere the second time it is looked up (DNS rebinding) is looked up once."""
    asked = resolves_to(monkeypatch, ["142.250.1.95"], ["127.0.0.1"])
    made = connections(monkeypatch)
    assert tell(now() + GRACE) == 0
    assert made == [("142.250.1.95", 443)] and len(asked) == 1


def test_a_host_taken_off_the_list_is_not_sent_to_p41(bens, monkeypatch, settings):
    made = connections(monkeypatch)
    settings.PUSH_HOSTS = ["fcm.googleapis.com"]
    assert tell(now() + GRACE) == 0
    assert made == [] and not Errand.objects.exists()


def test_an_answer_that_sends_elsewhere_is_not_followed_p41(group, telling, push_service):
    device = push_service.subscribe()
    group.people["Ben"].put_way("device", device.body)
    push_service.everywhere = 307
    group.say("Ana")
    tell(now())
    tell(now() + GRACE)
    assert len(push_service.pushes) == 1
    assert not Errand.objects.exists()


def test_a_certificate_of_another_name_ends_it_before_anything_is_said_p41(bens, monkeypatch):
    """The address is public by name, but who answers there cannot show that it is that name."""
    heard = bytearray()
    door = socket.create_server(("127.0.0.1", 0))

    def answer():
        line, _from = door.accept()
        heard.extend(line.recv(4_096))
        line.close()

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    resolves_to(monkeypatch, ["142.250.1.95"])
    real = socket.socket
    monkeypatch.setattr(ports.socket, "create_connection", lambda *_a, **_k: _to(real, door.getsockname()))
    assert carry(now() + GRACE) == tell(now() + GRACE) == 0
    thread.join(20)
    assert b"POST" not in heard and heard[:1] == b"\x16"
    door.close()


def _to(kind, address):
    line = kind()
    line.connect(address)
    return line
