"""Every way the protocol says no. SPEC.md names them; both languages use the same names."""

_NAMES = """
not_canonical too_long too_short bad_key bad_signature bad_padding cannot_open wrong_attachment
code_length code_group rolled_back wrong_unlocker bad_device_sign_in unknown_version unknown_suite
unknown_type wrong_circle wrong_seq broken_chain time_backwards epoch_required wrong_kind
not_a_member clock fork wrong_author bad_policy not_distinct bad_second unknown_head second_expired
bad_expiry second_required second_too_new stale_second not_a_host no_safeguarding stale_agreement
key_reused id_taken unknown_invite invite_used invite_void invite_expired circle_full
bad_link_signature bad_joiner_signature too_early stale_parting bad_parting bad_new_signature
bad_term not_authorised unknown_unlocker last_two wrong_epoch wrong_recipients wrong_closed
too_many_epochs bad_box bad_commitment head_back gap stream_fork after_removal id_reused superseded
bad_link preview_head preview_swapped key_swapped unknown_epoch bad_fork
bad_voice part_doubled part_missing wrong_sound
"""
NAMES = frozenset(_NAMES.split())


class Failure(Exception):
    """One named refusal. `code` is one of NAMES; `detail` a small fact, such as which group."""

    def __init__(self, code: str, detail: object = None) -> None:
        if code not in NAMES:
            raise ValueError(f"{code} is no failure of the specification")
        super().__init__(code)
        self.code = code
        self.detail = detail


def require(holds: bool, code: str) -> None:
    """Refuse with `code` unless the condition holds."""
    if not holds:
        raise Failure(code)
