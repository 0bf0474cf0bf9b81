/** What went wrong, from the server's or the protocol's name to the one that screens know. */
import { Trouble, type TroubleCode } from '../inside/trouble';
import { isFailure, needsReload, type FailureCode } from '../protocol';

/** The server's own no. `more` is the rest of its answer. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly more: Readonly<Record<string, unknown>>,
  ) {
    super(code);
    this.name = 'Refused';
  }
}

const MAY_PASS = [401, 408, 409, 423, 425, 429];

/** Will it be the same however often one asks? A page of somebody else's on the way says nothing. */
export function isFinal(status: number, code: string): boolean {
  return code === 'talk_over' || (status >= 400 && status < 500 && !MAY_PASS.includes(status) && code !== 'broken');
}

const BY_CODE: Readonly<Record<string, TroubleCode>> = {
  not_known: 'wrong_name_or_passphrase',
  not_signed_in: 'session_over',
  name_taken: 'name_taken',
  bad_right: 'start_code_wrong',
  nothing_here: 'gone',
  closing: 'session_over',
  not_signed: 'session_over',
  no_knock: 'gone',
  not_a_member: 'gone',
  second_expired: 'gone',
  superseded: 'someone_was_faster',
  unknown_head: 'someone_was_faster',
  restoring: 'restoring',
  stale_second: 'someone_was_faster',
  stale_agreement: 'someone_was_faster',
  record_moved: 'someone_was_faster',
  clock: 'clock_wrong',
  time_backwards: 'clock_wrong',
  too_early: 'clock_wrong',
  unknown_version: 'reload_needed',
  unknown_suite: 'reload_needed',
  unknown_type: 'reload_needed',
  too_long: 'too_long',
  too_short: 'passphrase_short',
  not_a_host: 'not_host',
  not_authorised: 'not_host',
  second_required: 'needs_second',
  second_too_new: 'second_too_new',
  no_safeguarding: 'safeguarding_first',
  circle_full: 'group_full',
  too_many_epochs: 'too_many_changes',
  invite_used: 'invitation_used',
  already_knocked: 'invitation_used',
  unknown_invite: 'invitation_void',
  already_in: 'already_in',
  invite_void: 'invitation_void',
  invite_expired: 'invitation_over',
  bad_link: 'invitation_mistyped',
  preview_head: 'invitation_changed',
  preview_swapped: 'invitation_changed',
  key_swapped: 'invitation_changed',
  last_two: 'last_way_in',
  no_relay: 'no_relay',
  talk_closed: 'talk_closed',
  talk_over: 'gone',
  code_length: 'code_mistyped',
  code_group: 'code_mistyped',
};

/** Failures after which nothing the server holds here is to be believed. */
const DISTRUST: readonly FailureCode[] = [
  'bad_signature', 'broken_chain', 'fork', 'rolled_back', 'bad_key', 'wrong_circle', 'cannot_open', 'not_canonical',
];

export function troubleOf(wrong: unknown): Trouble {
  if (wrong instanceof Trouble) return wrong;
  if (wrong instanceof Refused) return refusedTrouble(wrong);
  if (isFailure(wrong)) {
    if (needsReload(wrong.code)) return new Trouble('reload_needed');
    const known = BY_CODE[wrong.code];
    if (known !== undefined) return new Trouble(known, wrong.part === undefined ? {} : { part: wrong.part });
    if (DISTRUST.includes(wrong.code)) return new Trouble('unverified');
  }
  if (wrong instanceof DOMException && wrong.name === 'QuotaExceededError') return new Trouble('storage_full');
  return new Trouble('server_trouble');
}

function refusedTrouble({ status, code, more }: Refused): Trouble {
  if (status === 429) return new Trouble('slow_down', { seconds: Number(more['wait_s'] ?? 30) });
  return new Trouble(BY_CODE[code] ?? 'server_trouble');
}

/** Runs a verb so that whatever goes wrong in it is a `Trouble`. */
export async function asTrouble<T>(verb: () => Promise<T>): Promise<T> {
  try {
    return await verb();
  } catch (wrong) {
    throw troubleOf(wrong);
  }
}
