/** Whether anything would come of what was ticked. */
import { describe, expect, it } from 'vitest';
import type { TellingView } from './telling-views';
import { needsIcon, toldOf } from './told-of';

const none: TellingView = {
  talks: true, group: true, meetings: true, rings: true, zone: 'UTC', quietFrom: null, quietTo: null, breakUntil: null, looksAt: null,
  words: 'x', pushes: true, sendsMail: true, isHere: false, isElsewhere: false, mailbox: null,
};
const letters = (isAnswered: boolean) => ({ ...none, mailbox: { address: 'a@b.example', isAnswered, isRefused: false } });

describe('a reminder', () => {
  it('comes to a device, here or elsewhere, and to a mailbox that said yes', () => {
    for (const way of [{ ...none, isHere: true }, { ...none, isElsewhere: true }, letters(true)]) expect(toldOf(way, 'meetings')).toBe('told');
  });

  it('does not come where no way was chosen, or the mailbox has not said yes', () => {
    for (const way of [none, letters(false)]) expect(toldOf(way, 'meetings')).toBe('none');
  });

  it('does not come where meetings are switched off', () => expect(toldOf({ ...none, isHere: true, meetings: false }, 'meetings')).toBe('off'));
});

describe('a ring', () => {
  it('comes to a device, and by no letter', () => {
    expect(toldOf({ ...none, isElsewhere: true }, 'rings')).toBe('told');
    expect(toldOf(letters(true), 'rings')).toBe('none');
    expect(toldOf({ ...none, isHere: true, rings: false }, 'rings')).toBe('off');
  });
});

it('an iPhone needs the icon first, until the page is opened from it; no other browser does', () => {
  expect(needsIcon({ standalone: false, hasPushes: false })).toBe(true);
  expect(needsIcon({ standalone: true, hasPushes: true })).toBe(false);
  for (const hasPushes of [true, false]) expect(needsIcon({ standalone: undefined, hasPushes })).toBe(false);
});
