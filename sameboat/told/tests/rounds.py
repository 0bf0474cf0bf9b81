"""What is said, and the rounds of telling that follow."""

from sameboat.told.models import Mailbox
from sameboat.told.rounds import tell
from sameboat.told.telling import GRACE, hours_of
from tests.fixtures.asking import now

WORDS = b"Something is waiting"
USUAL = {
    "talks": True, "group": True, "meetings": True, "rings": False, "zone": "Europe/London",
    "quiet_from": None, "quiet_to": None, "break_until": None,
}  # fmt: skip
MAILBOX = "ben@example.org"
# Words that a header's reader opens (RFC 2047): a line break, a letter beyond ASCII, a second address.
ODD = ["=?utf-8?q?=0a?=@x.org", "=?utf-8?q?=C3=A9?=@x.org", "=?utf-8?q?v=40bank.org=2cb?=@x.org"]


def later(seconds=GRACE):
    """A round of telling, so many seconds from now. Returns how many were handed over."""
    return tell(now() + seconds)


def says(group, name="Ana", words="Hello"):
    """Somebody says something, and the round that follows sees it."""
    assert group.say(name, words).status == 201
    assert later(0) == 0, "whoever is just coming in reads it there"


def link_in(letter):
    link = next(word for word in letter.get_payload().split() if "/yes/" in word)
    return link.partition("testserver")[2]


def with_mailbox(group, post_office, address=MAILBOX):
    """Ben gives an address, and says yes to the question that comes there."""
    assert group.people["Ben"].put_way("mailbox", {"address": address}).status == 200
    tell(now())
    path = link_in(post_office.to(address)[-1])
    client = group.people["Ben"].browser.client
    assert client.get(path).status_code == 200
    assert Mailbox.objects.everywhere("test").get().token is not None, "looking at a link says nothing"
    assert client.post(path).status_code == 200
    assert client.get(path).status_code == 404


def fails_in(zone):
    """Weighs everybody's hours but those of one zone."""

    def weighed(wish):
        if wish.zone == zone:
            raise OverflowError
        return hours_of(wish)

    return weighed
