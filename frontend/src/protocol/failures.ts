/**
 * Every refusal has one name, set in `code`, the same in each language: see protocol/SPEC.md.
 */
export const FAILURES = [
  'not_canonical', 'too_long', 'too_short', 'bad_key', 'bad_signature', 'bad_padding', 'cannot_open',
  'wrong_attachment', 'code_length', 'code_group', 'rolled_back', 'wrong_unlocker', 'bad_device_sign_in',
  'unknown_version', 'unknown_suite', 'unknown_type', 'wrong_circle', 'wrong_seq', 'broken_chain', 'time_backwards',
  'epoch_required', 'wrong_kind', 'not_a_member', 'clock', 'fork', 'wrong_author', 'bad_policy', 'not_distinct',
  'bad_second', 'unknown_head', 'second_expired', 'bad_expiry', 'second_required', 'second_too_new', 'stale_second',
  'not_a_host', 'no_safeguarding', 'stale_agreement', 'key_reused', 'id_taken', 'unknown_invite', 'invite_used',
  'invite_void', 'invite_expired', 'circle_full', 'bad_link_signature', 'bad_joiner_signature', 'too_early',
  'stale_parting', 'bad_parting', 'bad_new_signature', 'bad_term', 'not_authorised', 'unknown_unlocker', 'last_two',
  'wrong_epoch', 'wrong_recipients', 'wrong_closed', 'too_many_epochs', 'bad_box', 'bad_commitment', 'head_back',
  'gap', 'stream_fork', 'after_removal', 'id_reused', 'superseded', 'bad_link', 'preview_head', 'preview_swapped',
  'key_swapped', 'unknown_epoch', 'bad_fork', 'bad_voice', 'part_doubled', 'part_missing', 'wrong_sound',
] as const;

export type FailureCode = (typeof FAILURES)[number];

/** `part` is the number of the wrong group of characters of a recovery code, from 1, or the seq of a fork. */
export class Failure extends Error {
  constructor(
    readonly code: FailureCode,
    readonly part?: number,
  ) {
    super(code);
    this.name = 'Failure';
  }
}

/** Refuses with `code` unless `holds`. */
export function must(holds: boolean, code: FailureCode): asserts holds {
  if (!holds) throw new Failure(code);
}

/** Is this a refusal, and (when a code is given) this one? */
export function isFailure(wrong: unknown, code?: FailureCode): wrong is Failure {
  return wrong instanceof Failure && (code === undefined || wrong.code === code);
}

/** Refusals that mean: this client is too old to judge, so the page is to be loaded again. */
export function needsReload(code: FailureCode): boolean {
  return code === 'unknown_version' || code === 'unknown_suite' || code === 'unknown_type';
}
