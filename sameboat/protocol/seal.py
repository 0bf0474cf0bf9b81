"""All that opens and seals, in one place: for the client and for tests. The server may not import it.

Every refusal is a `Failure` whose `code` is a name of SPEC.md. Whatever takes `chance` draws fresh random bytes.
"""

from sameboat.protocol.account import (
    PASSKEY,
    PASSPHRASE,
    RECOVERY_CODE,
    Unlocker,
    code_unlocker,
    name_id,
    new_code,
    open_local,
    open_record,
    passphrase_unlocker,
    read_code,
    seal_local,
    seal_record,
    sign_in_name,
    unwrap,
    wrap,
)
from sameboat.protocol.asides import open_aside, seal_aside
from sameboat.protocol.doorway import (
    LINK,
    Link,
    check_admission,
    link_from,
    make_request,
    open_invite_card,
    open_knock,
    open_preview,
    read_link,
    seal_invite_card,
    seal_knock,
    seal_preview,
    sign_account_by_link,
    sign_knock_by_link,
)
from sameboat.protocol.epochs import (
    Card,
    MadeEpoch,
    affirm,
    make_epoch,
    open_box,
    open_card,
    open_list,
    read_card,
)
from sameboat.protocol.keys import MemberKeys, member_keys, new_member, open_entry, pkcs8, seal_entry
from sameboat.protocol.locks import CHANCE, Chance
from sameboat.protocol.making import (
    commit,
    make_create,
    make_event,
    make_parting,
    new_opening,
    rekey_body,
    second_policy,
    second_remove,
    second_replaces,
    second_role,
    sign_device_sign_in,
    unlock_body,
)
from sameboat.protocol.messages import Opened, open_message, seal_message
from sameboat.protocol.tracker import Tracker, author_at_head
from sameboat.protocol.words import room_words, word_numbers

__all__ = [
    "CHANCE", "LINK", "PASSKEY", "PASSPHRASE", "RECOVERY_CODE", "Card", "Chance", "Link", "MadeEpoch", "MemberKeys",
    "Opened", "Tracker", "Unlocker", "affirm", "author_at_head", "check_admission", "code_unlocker", "commit",
    "link_from", "make_create", "make_epoch", "make_event", "make_parting", "make_request", "member_keys", "name_id",
    "new_code", "new_member", "new_opening", "open_aside", "open_box", "open_card", "open_entry", "open_invite_card",
    "open_knock", "open_list", "open_local", "open_message", "open_preview", "open_record", "passphrase_unlocker",
    "pkcs8", "read_card", "read_code", "read_link", "rekey_body", "room_words", "seal_aside", "seal_entry",
    "seal_invite_card", "seal_knock", "seal_local", "seal_message", "seal_preview", "seal_record", "second_policy",
    "second_remove", "second_replaces", "second_role", "sign_account_by_link", "sign_device_sign_in", "sign_in_name",
    "sign_knock_by_link", "unlock_body", "unwrap", "word_numbers", "wrap",
]  # fmt: skip
