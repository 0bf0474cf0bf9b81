/** One clear sentence for each trouble: what is so, and what to do next. */
import type { Trouble, TroubleCode } from '../../inside/trouble';

const minutes = (seconds: number) => {
  const whole = Math.max(1, Math.ceil(seconds / 60));
  return whole === 1 ? 'a minute' : `${whole} minutes`;
};

type Sentence = string | ((more: Trouble['more']) => string);

export const sentences: Record<TroubleCode, Sentence> = {
  wrong_name_or_passphrase: 'The name or the passphrase is not right. Try again, or use your recovery code.',
  code_mistyped: ({ part }) =>
    part ? `Something is mistyped in part ${part} of the code. Look at that part again.` : 'Something in the code is mistyped. Look at each part again.',
  code_unknown: 'This code opens nothing here. It may be an older one. Look for a newer code, or use your passphrase.',
  passkey_not_used: 'The passkey was not used, and nothing has changed. Try again, or use another way in.',
  passkey_cannot: 'This passkey cannot keep the key to the room. Try one on another device, or use another way in.',
  passkey_unknown: 'This passkey opens nothing here. It may have been taken away. Use another way in.',
  slow_down: ({ seconds }) => `There were many tries. You are not locked out. Wait ${minutes(seconds ?? 60)}, then try again.`,
  session_over: 'You were signed out, here or from another device. Come in again; what you wrote is kept.',
  passphrase_again: 'That passphrase is not right. Type the one you come in with now.',
  name_taken: 'Someone has this sign-in name already. Choose another.',
  name_in_group_taken: 'Someone in the group has this name already. Choose another, or add a letter.',
  name_empty: 'Write a name first. Any name will do.',
  passphrase_short: 'This is too short to keep others out. Use three words or more.',
  start_code_wrong: 'This code is not right, or it was used already. Look at it again, or ask whoever gave it to you.',
  start_not_open: 'New groups are not open here just now. Ask the people who run this site.',
  invitation_incomplete: 'A part of the link is missing. Open the whole link again, or ask for it once more.',
  invitation_mistyped: 'The link is not quite right. Copy it again, or ask for it once more.',
  invitation_over: 'This invitation is too old. Ask for a new one; that is quite usual.',
  invitation_used: 'This invitation was used already. Each is for one person. Ask for a new one.',
  invitation_void: 'This invitation was taken back. Ask the person who gave it to you.',
  invitation_changed: 'What the site showed does not match what the group signed. Nothing was sent. Ask the person who invited you.',
  already_in: 'You are in this group already. Come in, and it is there.',
  group_full: 'The group is full just now. Ask the person who invited you.',
  too_long: 'This is longer than one message can be. Send it in two.',
  not_host: 'Only a host can do this just now. Ask one, or do it with another member.',
  needs_second: 'This needs a second member to say yes.',
  second_too_new: 'The second person has to have been here for two weeks. Ask someone else.',
  too_many_changes: 'You have changed many things here today. Wait a day, then try again. Messages go on as usual.',
  safeguarding_first: 'Fill in the safeguarding page first. Then you can invite.',
  someone_was_faster: 'Someone changed something at the same moment. Look again, then try once more.',
  gone: 'This is not here any more, or never was.',
  last_way_in: 'You need two ways in, so that you are never shut out. Make a new one first.',
  away: 'There is no connection just now. Nothing is lost. Try again when it is back.',
  clock_wrong: 'The date on this device looks wrong. Put it right in the device’s settings, then try again.',
  storage_full: 'This device is full. Free some space, then try again. What you wrote is still here.',
  storage_refused: 'This window may not keep anything. Open the page in a usual window, not a private one.',
  browser_too_old: 'This browser is too old for what keeps your words sealed. A newer one will work.',
  reload_needed: 'There is a newer version of this page. Open the page again; what you wrote is kept.',
  unverified: 'Something could not be verified, so it was not done. Try again; if it stays so, tell a host.',
  restoring: 'This site was put back to an earlier copy today. This has to wait until tomorrow. Messages go on.',
  server_trouble: 'Something went wrong on our side. Nothing is lost. Wait a little, then try again.',
};

export const troubles = {
  unknown: 'Something went wrong on our side. Nothing is lost. Wait a little, then try again.',
  /** The sentence for a code; `more` fills in what the code carries. */
  of(code: TroubleCode, more: Trouble['more'] = {}): string {
    const sentence = sentences[code];
    return typeof sentence === 'string' ? sentence : sentence(more);
  },
  said(trouble: Trouble): string {
    return troubles.of(trouble.code, trouble.more);
  },
};
