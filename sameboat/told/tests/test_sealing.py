"""What a push is sealed with: the example of RFC 8291 byte for byte, and a key that is made once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from sameboat.cli.commands import main
from sameboat.protocol.encoding import un_b64u
from sameboat.told import sealing
from tests.fixtures.telling import Subscription, b64

# RFC 8291, section 5 and Appendix A.
PLAIN = b"When I grow up, I want to be a watermelon"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
RECEIVER = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
SECRET = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
MESSAGE = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
    "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def private(text):
    return ec.derive_private_key(int.from_bytes(un_b64u(text)), ec.SECP256R1())


def test_the_example_of_the_rfc_comes_out_byte_for_byte():
    key = sealing.point(private(RECEIVER).public_key())
    made = sealing.seal(PLAIN, key, un_b64u(SECRET), own=private(SENDER), salt=un_b64u(SALT))
    assert b64(made) == MESSAGE


def test_a_browser_opens_it_and_no_two_are_alike():
    browser = Subscription("", private(RECEIVER), un_b64u(SECRET))
    made = {sealing.seal(PLAIN, browser.key, browser.secret) for _each in range(3)}
    assert len(made) == 3 and {browser.opened(one) for one in made} == {PLAIN}


def test_the_key_is_made_once_and_is_its_owners_only(settings, tmp_path):
    settings.DATA = tmp_path
    assert sealing.own_key() is sealing.own_key()
    file = tmp_path / sealing.KEY_FILE
    assert file.stat().st_mode & 0o777 == 0o600
    assert sealing.is_key(file.read_text())
    settings.PUSH_KEY = SENDER
    assert sealing.own_key().private_numbers() == private(SENDER).private_numbers()


def test_of_many_lines_that_push_for_the_first_time_none_reads_half_a_key(tmp_path):
    file = tmp_path / sealing.KEY_FILE
    with ThreadPoolExecutor(8) as lines:
        found = set(lines.map(sealing._kept, [file] * 8))
    assert found == {file.read_text()} and sealing.is_key(found.pop())
    assert [one.name for one in tmp_path.iterdir()] == [sealing.KEY_FILE]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PUSH_KEY", "short"), ("PUSH_TEST_TO", "http://127.0.0.1:9"), ("TOLD_WORDS", "Self-harm group"),
        ("APP_NAME", "Crisis room"), ("SMTP_HOST", "mail.example"),
    ],
)  # fmt: skip
def test_what_must_be_mended_is_named_before_people_are_let_in(db, settings, capsys, name, value):
    setattr(settings, name, value)
    assert main(["check", "--deploy"]) == 1
    said = capsys.readouterr().out
    assert ("MAIL_FROM" if name == "SMTP_HOST" else name) in said
