"""The relay itself, set up as docs/operate.md says: it takes a member to its own other end, and nowhere else."""

import contextlib
import hashlib
import hmac
import os
import socket
import struct

from django.test import override_settings

from sameboat.relay.passes import make_pass
from tests.fixtures.asking import now

COOKIE = 0x2112A442
ALLOCATE, PERMIT, UDP = 0x0003, 0x0008, b"\x11\0\0\0"
WORKED = 0x0100
TRIES = 30
TRANSPORT, PEER, USERNAME, REALM, NONCE, INTEGRITY, ERROR = 0x0019, 0x0012, 0x0006, 0x0014, 0x0015, 0x0008, 0x0009


class Member:
    """Speaks to a relay with a pass of this site (RFC 8489, 8656)."""

    def __init__(self, relay):
        with override_settings(**{**relay.settings, "TURN_URLS": [relay.settings["TURN_URLS"]]}):
            self.given = make_pass(now=now())
        self.line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.line.settimeout(1)
        self.line.connect(("127.0.0.1", relay.port))
        self.known = {}

    def ask(self, kind, *attributes):
        body = b"".join(packed(*one) for one in attributes)
        number = os.urandom(12)
        if self.known:
            name = self.given.username.encode()
            realm = self.known[REALM]
            body += packed(USERNAME, name) + packed(REALM, realm) + packed(NONCE, self.known[NONCE])
            key = hashlib.md5(b":".join([name, realm, self.given.credential.encode()]), usedforsecurity=False).digest()
            said = struct.pack("!HHI", kind, len(body) + 24, COOKIE) + number + body
            body += packed(INTEGRITY, hmac.new(key, said, hashlib.sha1).digest())
        answer = self.answered(struct.pack("!HHI", kind, len(body), COOKIE) + number + body)
        found = dict(unpacked(answer[20:]))
        if struct.unpack("!H", answer[:2])[0] == kind | WORKED:
            return 0
        self.known = self.known or found
        return found[ERROR][2] * 100 + found[ERROR][3]

    def answered(self, asked):
        """Asked again every second, as the protocol has it, for a packet may be lost; an answer bears its number."""
        for _ in range(TRIES):
            with contextlib.suppress(TimeoutError, ConnectionRefusedError):
                self.line.send(asked)
                while (answer := self.line.recv(2_048))[8:20] != asked[8:20]:
                    pass
                return answer
        raise TimeoutError

    def permit(self, address):
        port, place = 9 ^ (COOKIE >> 16), struct.unpack("!I", socket.inet_aton(address))[0] ^ COOKIE
        return self.ask(PERMIT, (PEER, struct.pack("!xBHI", 1, port, place)))


def packed(kind, value):
    return struct.pack("!HH", kind, len(value)) + value + bytes(-len(value) % 4)


def unpacked(raw):
    while raw:
        kind, size = struct.unpack("!HH", raw[:4])
        yield kind, raw[4 : 4 + size]
        raw = raw[4 + size + -size % 4 :]


def test_whoever_has_a_pass_is_taken_to_the_relays_own_address_and_nowhere_else(relay):
    member = Member(relay)
    try:
        assert member.ask(ALLOCATE, (TRANSPORT, UDP)) == 401
        assert member.ask(ALLOCATE, (TRANSPORT, UDP)) == 0
        assert member.permit("127.0.0.1") == 0
        elsewhere = ("169.254.169.254", "10.0.0.1", "192.168.0.1", "100.64.0.1", "127.0.0.2", "198.51.100.7")
        assert {address: member.permit(address) for address in elsewhere} == dict.fromkeys(elsewhere, 403)
    finally:
        member.line.close()
