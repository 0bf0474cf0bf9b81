"""Joining, from both sides of the door: link, preview, invite card, request, knock. SPEC.md section 7."""

from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sameboat.protocol.encoding import Shape, b64u, decode, enc, un_b64u
from sameboat.protocol.epochs import AGREEMENT, NAME, SAFEGUARDING
from sameboat.protocol.failures import Failure, require
from sameboat.protocol.keys import MemberKeys
from sameboat.protocol.locks import CHANCE, Chance, box, lock, unbox, unlock
from sameboat.protocol.log_rules.joining import REQUEST, REQUEST_MOST
from sameboat.protocol.making import Opening, commit
from sameboat.protocol.primitives import h, kdf, pad, sign, signature_holds, unpad
from sameboat.protocol.state import Event, State

PREVIEW_MOST, INVITE_CARD_MOST, KNOCK_MOST = 65536, 1024, 2048
LINK = "/in/#join."
PREVIEW: Shape = ["b32", "b32", NAME, AGREEMENT, SAFEGUARDING, "t64", "t0-64", "t0-200", "b32", "u"]
INVITE_CARD: Shape = ["b32", "t0-64", "b16"]
KNOCK: Shape = ["b", "b64", "b64", NAME, "t0-400"]


@dataclass(frozen=True)
class Link:
    """What follows from a link's secret; only `lookup` and the public key are ever shown to the server."""

    secret: bytes
    key: Ed25519PrivateKey
    lookup: bytes
    preview_key: bytes

    @property
    def link_pk(self) -> bytes:
        """The public key the invite names."""
        return self.key.public_key().public_bytes_raw()

    @property
    def fragment(self) -> str:
        """The 24 characters after `#join.`."""
        return b64u(self.secret + h("link-check", self.secret)[:2])


def link_from(secret: bytes) -> Link:
    """The link of a 16-byte secret."""
    seed = kdf(secret, b"", 32, "link/sign")
    lookup, preview_key = kdf(secret, b"", 16, "link/lookup"), kdf(secret, b"", 32, "link/preview")
    return Link(secret, Ed25519PrivateKey.from_private_bytes(seed), lookup, preview_key)


def read_link(fragment: str) -> Link:
    """The link of the 24 characters someone was given; a slip of the hand is `bad_link`."""
    try:
        content = un_b64u(fragment)
    except Failure:
        raise Failure("bad_link") from None
    secret, check = content[:16], content[16:]
    require(len(content) == 18 and check == h("link-check", secret)[:2], "bad_link")
    return link_from(secret)


def seal_preview(link: Link, body: list[Any], chance: Chance = CHANCE) -> bytes:
    """What the invited sees first."""
    return lock(link.preview_key, pad(enc(body), PREVIEW_MOST), "preview", link.lookup, chance=chance)


def open_preview(link: Link, sealed: bytes) -> list[Any]:
    """`[circle, head, group, agreement, safeguarding, welcomer, for_whom, looks_in, reception_pk, expires]`."""
    padded = unlock(link.preview_key, sealed, "preview", link.lookup)
    body: list[Any] = decode(unpad(padded, PREVIEW_MOST), PREVIEW, PREVIEW_MOST)
    return body


def seal_invite_card(key: bytes, circle: bytes, prev: bytes, body: list[Any], chance: Chance = CHANCE) -> bytes:
    """What the others in the circle know of an invitation, with the key that opens its knock."""
    return lock(key, pad(enc(body), INVITE_CARD_MOST), "invite-card", circle, prev, chance=chance)


def open_invite_card(key: bytes, circle: bytes, prev: bytes, sealed: bytes) -> list[Any]:
    """`[reception_key, for_whom, welcomer]`."""
    padded = unlock(key, sealed, "invite-card", circle, prev)
    body: list[Any] = decode(unpad(padded, INVITE_CARD_MOST), INVITE_CARD, INVITE_CARD_MOST)
    return body


def make_request(
    keys: MemberKeys, link: Link, circle: bytes, invite: bytes, name: bytes, agreement: bytes
) -> list[bytes]:
    """`[request, link_sig, joiner_sig]`: who asks, with which keys, signed by link and by the new key."""
    raw = enc([circle, invite, keys.member, keys.sign_pk, keys.box_pk, name, agreement])
    return [raw, sign(link.key, "join/link", raw), sign(keys.sign, "join/key", raw)]


def seal_knock(
    reception_pk: bytes,
    circle: bytes,
    invite: bytes,
    request: list[bytes],
    name: Opening,
    hello: str,
    chance: Chance = CHANCE,
) -> bytes:
    """A request on its way to those inside, with a name and a word."""
    body = pad(enc([*request, name, hello]), KNOCK_MOST)
    return box(reception_pk, body, "knock", circle, invite, chance=chance)


def open_knock(reception: X25519PrivateKey, state: State, invite: bytes, sealed: bytes) -> list[Any]:
    """`[request, link_sig, joiner_sig, name opening, hello]`, with both signatures and the name checked."""
    padded = unbox(reception, sealed, "knock", state.circle, invite)
    knock: list[Any] = decode(unpad(padded, KNOCK_MOST), KNOCK, KNOCK_MOST)
    raw, link_sig, joiner_sig, name, _ = knock
    request = decode(raw, REQUEST, REQUEST_MOST)
    found = state.invites.get(invite)
    if found is None or request[1] != invite:
        raise Failure("unknown_invite")
    require(request[0] == state.circle, "wrong_circle")
    require(signature_holds(found.link_pk, link_sig, "join/link", raw), "bad_link_signature")
    require(signature_holds(request[3], joiner_sig, "join/key", raw), "bad_joiner_signature")
    require(commit("name", name) == request[5], "bad_commitment")
    return knock


def sign_account_by_link(link: Link, account: bytes) -> bytes:
    """With this the server lets whoever holds a link make an account."""
    return sign(link.key, "account-by-link", link.lookup, account)


def sign_knock_by_link(link: Link, account: bytes, member: bytes, knock: bytes) -> bytes:
    """With this the server takes a knock in."""
    return sign(link.key, "knock-by-link", link.lookup, account, member, h("attachment", knock))


def check_admission(link: Link, keys: MemberKeys, preview: bytes, state: State, invite: bytes, admit: Event) -> None:
    """The joiner's own look, before the room opens: was everything as it was shown?

    `state` is the whole log verified; `preview` the sealed bytes as seen at the door.
    """
    body = open_preview(link, preview)
    found = state.invites.get(invite)
    if found is None:
        raise Failure("unknown_invite")
    require(body[0] == state.circle, "wrong_circle")
    require(body[1] == found.prev, "preview_head")
    seen = (link.link_pk, link.lookup, h("attachment", preview))
    require((found.link_pk, found.lookup, found.preview) == seen, "preview_swapped")
    asked = admit.inside or []
    exact = admit.type == "admit" and asked[1:5] == [invite, keys.member, keys.sign_pk, keys.box_pk]
    require(exact, "key_swapped")
    whats = ("group", "agreement", "safeguarding")
    words = [commit(what, opening) for what, opening in zip(whats, body[2:5], strict=True)]
    require(words == [found.group, found.agreement, found.safeguarding], "preview_swapped")
