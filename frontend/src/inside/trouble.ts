/**
 * What can go wrong with a verb of the boat, in words for programs.
 * `words/en/troubles.ts` has one clear sentence for each; a test holds the two together.
 */
export const TROUBLES = [
  // Coming in
  'wrong_name_or_passphrase',
  'code_mistyped', // a recovery code; `part` is the number of the wrong group of characters, from 1
  'code_unknown', // a recovery code that is well formed and opens nothing
  'passkey_not_used', // nobody touched it, or the window was closed
  'passkey_cannot', // it keeps no secret for us
  'passkey_unknown', // it opens nothing here
  'slow_down', // too many tries; `seconds` to wait
  'session_over', // ended elsewhere: come in again
  'passphrase_again', // this verb needs the passphrase typed again, and it was wrong
  // Starting and joining
  'name_taken', // the sign-in name
  'name_in_group_taken',
  'name_empty',
  'passphrase_short',
  'start_code_wrong',
  'start_not_open', // the operator lets nobody start a group in this way
  'invitation_incomplete', // a link without its secret end
  'invitation_mistyped',
  'invitation_over', // expired
  'invitation_used',
  'invitation_void', // taken back, or its maker left
  'invitation_changed', // what the server showed does not match what was signed
  'already_in', // the group this invitation is for
  'group_full',
  // Inside
  'too_long',
  'not_host',
  'needs_second', // two people must say yes to this
  'second_too_new', // the second person joined less than 14 days ago
  'too_many_changes', // six a day by one member; messages go on
  'safeguarding_first', // inviting waits for the safeguarding page
  'restoring', // a copy of the server was put back today: only messages are taken
  'someone_was_faster', // the log moved on; look again
  'gone', // out of reach, or never there: the answer is the same
  'last_way_in', // the last two ways in cannot be removed
  'never_meets', // a series without a single day
  'ends_before_start',
  'lasts_too_long', // more than a day
  'too_far', // more than two years back, or twelve years ahead
  'no_such_day', // 29 February in most years
  'bad_time',
  'unknown_zone',
  'too_many_meetings',
  'bad_title',
  // Around it
  'away', // no connection
  'clock_wrong',
  'storage_full',
  'storage_refused', // a private window, or storage switched off
  'browser_too_old',
  'reload_needed',
  'not_whole', // of what was spoken a piece is not here: none of it is played
  'voice_off', // the group has switched speaking off
  'mic_refused',
  'mic_none',
  'mic_busy', // something else has it
  'cannot_record', // this browser makes no Opus in WebM
  'cannot_play',
  'no_relay', // this site has none: nobody can be rung
  'relay_away', // nobody was rung
  'cannot_call', // this browser has no way to
  'in_a_call',
  'voice_full', // eight are in the meeting by voice
  'talk_closed', // the other wants none
  'unverified', // the site holds something that could not be verified
  'server_trouble',
] as const;

export type TroubleCode = (typeof TROUBLES)[number];

/** The one error a verb throws. `part` and `seconds` are small whole numbers where the code says so. */
export class Trouble extends Error {
  constructor(
    readonly code: TroubleCode,
    readonly more: { part?: number; seconds?: number } = {},
  ) {
    super(code);
    this.name = 'Trouble';
  }
}
