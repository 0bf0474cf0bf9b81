/** One clear sentence for each trouble: what is so, and what to do next. */
import type { Trouble, TroubleCode } from '../../inside/trouble';

const minutes = (seconds: number) => {
  const whole = Math.max(1, Math.ceil(seconds / 60));
  return whole === 1 ? 'a minute' : `${whole} minutes`;
};

export type Sentence = string | ((more: Trouble['more']) => string);

/** What coming in, reading and writing can meet; the rest stands in troubles-later.ts and comes with its screens. */
const first = {
  wrong_name_or_passphrase: 'The name or the passphrase is not right. Try again, or use your recovery code.',
  code_mistyped: ({ part }) =>
    part ? `Something is mistyped in part ${part} of the code. Look at that part again: five letters and figures.` : 'A letter or a figure is missing, or there is one too many. The code has seven parts of five.',
  code_unknown: 'This code opens nothing here. It may be an older one. Look for a newer code, or use your passphrase.',
  passkey_not_used: 'The passkey was not used, and nothing has changed. Try again, or use another way in.',
  passkey_cannot: 'This passkey cannot keep the key to the room. Try one on another device, or use another way in.',
  passkey_unknown: 'This passkey opens nothing here. It may have been taken away. Use another way in.',
  slow_down: ({ seconds }) => `There were many tries. You are not locked out. Wait ${minutes(seconds ?? 60)}, then try again.`,
  session_over: 'You were signed out, here or from another device. Come in again; what you wrote is kept.',
  name_empty: 'Write a name first. Any name will do.',
  too_long: 'This is longer than one message can be. Send it in two.',
  gone: 'This is not here any more, or never was.',
  away: 'There is no connection just now. Nothing is lost. Try again when it is back.',
  clock_wrong: 'The date on this device looks wrong. Put it right in the device’s settings, then try again.',
  storage_full: 'This device is full. Free some space, then try again. What you wrote is still here.',
  storage_refused: 'This window may not keep anything. Open the page in a usual window, not a private one.',
  browser_too_old: 'This browser is too old for what keeps your words sealed. A newer one will work.',
  reload_needed: 'There is a newer version of this page. Open the page again; what you wrote is kept.',
  unverified: 'Something could not be verified, so it was not done. Try again; if it stays so, tell a host.',
  restoring: 'This site was put back to an earlier copy today. This has to wait until tomorrow. Messages go on.',
  server_trouble: 'Something went wrong on our side. Nothing is lost. Wait a little, then try again.',
} satisfies Partial<Record<TroubleCode, Sentence>>;

export type LaterCode = Exclude<TroubleCode, keyof typeof first>;
/** All that are here so far. */
export const sentences: Partial<Record<TroubleCode, Sentence>> = { ...first };

export const troubles = {
  unknown: 'Something went wrong on our side. Nothing is lost. Wait a little, then try again.',
  /** The sentence for a code; `more` fills in what the code carries. */
  of(code: TroubleCode, more: Trouble['more'] = {}): string {
    const sentence = sentences[code] ?? troubles.unknown;
    return typeof sentence === 'string' ? sentence : sentence(more);
  },
  said(trouble: Trouble): string {
    return troubles.of(trouble.code, trouble.more);
  },
};
