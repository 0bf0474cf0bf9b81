"""Messages, epochs, accounts and the door, where vectors are not enough."""

from dataclasses import replace

import pytest

from sameboat.protocol import account, asides, doorway, epochs, keys, making, messages
from sameboat.protocol.encoding import decode, enc
from sameboat.protocol.envelope import Header, read_envelope
from sameboat.protocol.failures import Failure
from sameboat.protocol.locks import box, gcm_seal, lock, unbox, unlock
from sameboat.protocol.log import read_event
from sameboat.protocol.primitives import DOMAINS, h, kdf, sign, signature_holds
from sameboat.protocol.tests.cases import bytes_of, flip
from sameboat.protocol.tests.playing import Fixed, read_vectors
from sameboat.protocol.tests.world import START, World, four
from sameboat.protocol.tracker import Tracker
from sameboat.protocol.verify import check_close, check_record_put, check_sealed_size

SAY = ["room", None, None, 0, "hello"]
HOME = "https://boat.example"


def header_of(world: World, name: str, counter: int = 0, prev: bytes | None = None, number: int = 0) -> Header:
    """A header of someone's one stream, without C."""
    state = world.state
    assert state.epoch
    return Header(
        state.circle,
        state.epoch.id,
        state.head,
        world.id(name),
        bytes(16),
        counter,
        prev,
        bytes_of(f"{name} {number}", 16),
        False,
    )


def key_of(world: World) -> bytes:
    """The newest epoch's key."""
    assert world.state.epoch
    return world.keys[world.state.epoch.id]


def sent(world: World, name: str, count: int) -> list[tuple[bytes, Header]]:
    """A row of messages in one stream."""
    made: list[tuple[bytes, Header]] = []
    for counter in range(count):
        header = header_of(world, name, counter, made[-1][1].hash if made else None, counter)
        made.append(messages.seal_message(world.person(name), key_of(world), header, world.now, [], "say", SAY))
    return made


def test_the_sign_in_key_unwraps_nothing_p2() -> None:
    by = account.passphrase_unlocker(HOME, "ana", "seven quiet lanterns")
    wrapped = account.wrap(by, bytes_of("ak", 32), bytes(16), bytes(16))
    for key in (by.sign_in, by.verifier):
        with pytest.raises(Failure, match="cannot_open"):
            account.unwrap(replace(by, wrapping=key), wrapped, bytes(16), bytes(16))
    assert len({by.sign_in, by.wrapping, by.verifier}) == 3


def test_wraps_do_not_change_places_p4() -> None:
    code = account.code_unlocker(HOME, account.new_code())
    again = replace(code, kind=account.PASSPHRASE)
    wrapped = account.wrap(code, bytes_of("ak", 32), b"a" * 16, b"u" * 16)
    for by, who, which in ((again, b"a", b"u"), (code, b"b", b"u"), (code, b"a", b"v")):
        with pytest.raises(Failure, match="cannot_open"):
            account.unwrap(by, wrapped, who * 16, which * 16)


def test_a_record_has_a_size_the_server_knows_p30() -> None:
    size = len(account.seal_record(bytes(32), bytes(16), "mine", [5, "{}"]))
    check_sealed_size("record", size)
    with pytest.raises(Failure, match="bad_padding"):
        check_sealed_size("record", size + 1)


def test_only_the_own_circles_key_signs_for_a_record_p57() -> None:
    own, stranger, sealed = keys.new_member(), keys.new_member(), bytes_of("record", 320)
    said = (bytes(16), "mine", 5, sealed)
    check_record_put(own.sign_pk, *said, making.sign_record_put(own, *said))
    for other in ((b"a" * 16, *said[1:]), (bytes(16), "pins", 5, sealed), (*said[:2], 6, sealed), (*said[:3], b"")):
        with pytest.raises(Failure, match="bad_signature"):
            check_record_put(own.sign_pk, *other, making.sign_record_put(own, *said))
    with pytest.raises(Failure, match="bad_signature"):
        check_record_put(own.sign_pk, *said, making.sign_record_put(stranger, *said))


def test_only_the_own_circles_key_closes_an_account_and_only_now_p57() -> None:
    own, stranger, now = keys.new_member(), keys.new_member(), START
    signature = making.sign_close(own, bytes(16), now)
    check_close(own.sign_pk, bytes(16), now, signature, now=now + 600)
    with pytest.raises(Failure, match="clock"):
        check_close(own.sign_pk, bytes(16), now, signature, now=now + 601)
    for who, when, by in ((b"a" * 16, now, own), (bytes(16), now + 1, own), (bytes(16), now, stranger)):
        with pytest.raises(Failure, match="bad_signature"):
            check_close(by.sign_pk, who, when, signature, now=now)


def test_everything_sealed_has_a_size_the_server_knows_p30() -> None:
    for kind, size in (("box", 80), ("card", 320), ("list", 256), ("preview", 65600), ("knock", 2096), ("aside", 304)):
        check_sealed_size(kind, size)
        for odd in (0, size - 1, size + 1):
            with pytest.raises(Failure, match="bad_padding"):
                check_sealed_size(kind, odd)
    with pytest.raises(Failure, match="bad_padding"):
        check_sealed_size("knock", 4096 + 48)


def test_a_swapped_public_key_yields_no_key_to_sign_with_p5() -> None:
    ak, mine, other = bytes_of("ak", 32), keys.new_member(), keys.new_member()
    entry = keys.seal_entry(ak, bytes(16), bytes(32), 2, mine)
    for at, public in ((3, other.sign_pk), (4, other.box_pk)):
        with pytest.raises(Failure, match="bad_key"):
            keys.open_entry(ak, bytes(16), [*entry[:at], public, *entry[at + 1 :]])
    assert keys.open_entry(ak, bytes(16), entry).sign_pk == mine.sign_pk


def test_each_header_field_is_bound_p25() -> None:
    world = four()
    wire, full = sent(world, "ben", 1)[0]
    envelope = read_envelope(wire)
    values = {"counter": 1, "prev": bytes(32), "keep": True}
    for name, value in vars(full).items():
        other = values[name] if name in values else flip(value)
        moved = replace(envelope, header=replace(full, **{name: other}))
        with pytest.raises(Failure, match="cannot_open"):
            messages.open_message(key_of(world), moved, world.person("ben").sign_pk)


def test_another_circle_with_the_same_key_opens_nothing_p25() -> None:
    world = four()
    envelope = read_envelope(sent(world, "ben", 1)[0][0])
    with pytest.raises(Failure, match="wrong_circle"):
        Tracker().accept(four("elsewhere").state, envelope.header)


def test_missing_messages_show_and_late_ones_mend_p26() -> None:
    world = four()
    row = [header for _, header in sent(world, "ben", 5)]
    for missing in range(4):
        tracker = Tracker()
        for header in row[:missing] + row[missing + 1 :]:
            tracker.accept(world.state, header)
        assert tracker.gaps() == {row[missing].hash}
        tracker.accept(world.state, row[missing])
        assert not tracker.gaps()


def test_a_withheld_stream_shows_with_the_next_page_p26_p61() -> None:
    world = four()
    first = sent(world, "ben", 2)
    nxt = replace(header_of(world, "ben", 0, first[-1][1].hash, 9), stream=b"s" * 16, commitment=bytes(32))
    tracker = Tracker()
    tracker.accept(world.state, nxt)
    assert tracker.gaps() == {first[-1][1].hash}
    tracker.account_for([first[-1][1].hash])
    assert not tracker.gaps()


def test_nobody_speaks_as_another_p27() -> None:
    world = four()
    header = header_of(world, "ben")
    wire, _ = messages.seal_message(world.person("cleo"), key_of(world), header, world.now, [], "say", SAY)
    with pytest.raises(Failure, match="bad_signature"):
        messages.open_message(key_of(world), read_envelope(wire), world.person("ben").sign_pk)


def test_no_key_and_nonce_twice_in_100000_messages_with_retries_p28() -> None:
    key, header = bytes_of("key", 32), header_of(four(), "ben")
    seen = set()
    for number in range(50000):
        first = replace(header, id=number.to_bytes(16, "big"), commitment=bytes(32))
        retry = replace(first, commitment=b"\1" * 32)
        seen.update((messages.message_keys(key, first), messages.message_keys(key, retry)))
    assert len(seen) == 100000


def test_a_retry_with_other_text_has_another_key_and_with_the_same_the_same_bytes_p44() -> None:
    world = four()
    header = header_of(world, "ben")

    def seal(text: str, head: bytes = header.head) -> tuple[bytes, Header]:
        changed = replace(header, head=head)
        return messages.seal_message(
            world.person("ben"), key_of(world), changed, world.now, [], "say", [*SAY[:4], text]
        )

    one, same, other, later = seal("a"), seal("a"), seal("b"), seal("a", world.state.ids[0])
    assert one == same
    used = {messages.message_keys(key_of(world), full) for _, full in (one, other, later)}
    assert len(used) == 3


def test_a_text_for_two_keys_is_refused_p29() -> None:
    world = four()
    wire, full = sent(world, "ben", 1)[0]
    with pytest.raises(Failure, match="cannot_open"):
        messages.open_message(flip(key_of(world)), read_envelope(wire), world.person("ben").sign_pk)
    other_key = flip(key_of(world))
    padded = gcm_seal(*messages.message_keys(other_key, full), bytes(256), full.raw)
    forged = read_envelope(enc([full.raw, padded]))
    with pytest.raises(Failure, match=r"bad_padding|bad_commitment|not_canonical"):
        messages.open_message(other_key, forged, world.person("ben").sign_pk)


def test_only_buckets_show_p30() -> None:
    world = four()
    sizes = set()
    for length in (1, 40, 200, 600, 2000, 7000):
        header = replace(header_of(world, "ben"), id=bytes_of(str(length), 16))
        rest = [*SAY[:4], "a" * length]
        wire, _ = messages.seal_message(world.person("ben"), key_of(world), header, world.now, [], "say", rest)
        sizes.add(len(read_envelope(wire).sealed) - 16)
    assert sizes <= {256 * 2**k for k in range(7)}
    for attachment in world.attachments.values():
        inner = len(attachment) - (64 if len(attachment) > 80 else 0)
        assert inner == 80 or inner in {256 * 2**k for k in range(11)}


def test_every_seal_of_one_kind_is_refused_as_any_other_p32() -> None:
    key, person = bytes_of("key", 32), keys.new_member()
    parts = [bytes(32), bytes(16)]
    locked, boxed = lock(key, b"m", "card", *parts), box(person.box_pk, b"m", "box", *parts)
    signed = sign(person.sign, "event", *parts)
    assert unlock(key, locked, "card", *parts) == unbox(person.box, boxed, "box", *parts) == b"m"
    assert signature_holds(person.sign_pk, signed, "event", *parts)
    for domain in DOMAINS - {"card"}:
        with pytest.raises(Failure, match="cannot_open"):
            unlock(key, locked, domain, *parts)
    for domain in DOMAINS - {"box"}:
        with pytest.raises(Failure, match="cannot_open"):
            unbox(person.box, boxed, domain, *parts)
    assert not any(signature_holds(person.sign_pk, signed, domain, *parts) for domain in DOMAINS - {"event"})
    assert (
        len({h(domain, *parts) for domain in DOMAINS}) == len({kdf(key, b"", 32, d) for d in DOMAINS}) == len(DOMAINS)
    )


def test_a_backdated_message_is_not_shown_p56() -> None:
    world = four()
    known, backdated = sent(world, "dee", 2)
    wire = world.event("ana", "remove", world.remove_body("ana", "ben", "dee"))
    made = world.epoch("ana", wire, known={world.id("dee"): [known[1].hash]})
    world.take(wire, made.wire)
    event = read_event(made.wire)
    listed = epochs.open_list(event, world.id("dee"), made.attachments[event.body[4][0][1]])
    tracker = Tracker()
    tracker.close(world.id("dee"), listed)
    assert tracker.accept(world.state, known[1])
    with pytest.raises(Failure, match="after_removal"):
        tracker.accept(world.state, backdated[1])


def test_a_removed_member_gets_no_box_p20() -> None:
    world = four()
    wire = world.event("ana", "remove", world.remove_body("ana", "ben", "dee"))
    made = world.epoch("ana", wire)
    world.take(wire, made.wire)
    for sealed in made.attachments.values():
        with pytest.raises(Failure):
            epochs.open_box(world.person("dee"), read_event(made.wire), sealed)


def test_an_altered_card_is_unverified_p59() -> None:
    world = four()
    card = world.card(world.state)
    said = epochs.read_card(world.state, card)
    assert said.group == "The Lighthouse"
    assert not said.unverified
    altered = epochs.read_card(world.state, [[card[0][0], "The Harbour"], *card[1:]])
    assert altered.group is None
    assert altered.unverified == ["group"]
    lines = [[member, [opening[0], "Somebody else"], affirmed] for member, opening, affirmed in card[3]]
    renamed = epochs.read_card(world.state, [*card[:3], lines])
    assert not renamed.names
    assert renamed.unverified == sorted(world.state.members)


def test_a_knock_opens_for_the_reception_key_only_p13() -> None:
    world = four()
    link, reception = world.link(), keys.new_member()
    invite = world.do("ana", "invite", world.invite_body(link))
    request = world.request("eli", link, invite)
    knock = doorway.seal_knock(reception.box_pk, world.state.circle, invite, request, world.names["eli"], "Hello")
    assert doorway.open_knock(reception.box, world.state, invite, knock)[4] == "Hello"
    with pytest.raises(Failure, match="cannot_open"):
        doorway.open_knock(world.person("ben").box, world.state, invite, knock)


def test_fresh_boxes_of_the_library_open_p42() -> None:
    world = four()
    ben, cleo = world.person("ben"), world.person("cleo")
    sealed = asides.seal_aside(ben, world.state.circle, cleo.member, cleo.box_pk, [1, "may-know", bytes(32), "Yes"])
    opened = asides.open_aside(cleo.box, world.state.circle, ben.member, ben.sign_pk, cleo.member, sealed)
    assert opened[3] == "Yes"
    made = epochs.make_epoch(ben, world.state, world.now, world.card(world.state))
    boxes = dict(read_event(made.wire).body[1])
    assert epochs.open_box(cleo, read_event(made.wire), made.attachments[boxes[cleo.member]]) == made.key


def test_vectors_hold_nothing_that_differs_from_decode_p42() -> None:
    envelopes = [case["in"]["envelope"] for case in read_vectors("message") if case["op"] == "open-message"]
    for envelope in envelopes:
        assert enc(decode(envelope, ["b", "b"], 17408)) == envelope
    assert Fixed("a").take(8) == Fixed("a").take(8)
