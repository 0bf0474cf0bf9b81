/** Times as they are picked in a form. */
import { expect, it } from 'vitest';
import { endOn, isAfterMidnight, localOf, partsOf, withEnd } from './meeting-times';

it('knows an end that is not after its start, and says nothing of times that are still to be picked', () => {
  expect(isAfterMidnight('19:30', '07:30')).toBe(true);
  expect(isAfterMidnight('19:00', '19:00')).toBe(true);
  expect(isAfterMidnight('19:00', '20:30')).toBe(false);
  expect(isAfterMidnight('', '20:30') || isAfterMidnight('19:00', '')).toBe(false);
});

it('ends what goes past midnight on the next day, also at the end of a month', () => {
  expect(endOn('2027-02-28', '22:00', '01:00')).toBe('2027-03-01T01:00');
  expect(endOn('2027-02-28', '19:00', '20:30')).toBe('2027-02-28T20:30');
});

it('takes the last day apart from how a meeting repeats, and puts it back', () => {
  expect(partsOf(withEnd('FREQ=WEEKLY', '2027-06-01'))).toEqual({ repeat: 'FREQ=WEEKLY', until: '2027-06-01' });
  expect(withEnd('FREQ=WEEKLY', '2027-06-01')).toBe('FREQ=WEEKLY;UNTIL=20270601T235959');
  expect(partsOf('FREQ=WEEKLY')).toEqual({ repeat: 'FREQ=WEEKLY', until: '' });
  expect(withEnd('FREQ=WEEKLY', '') + withEnd('', '2027-06-01')).toBe('FREQ=WEEKLY');
});

it('shows a moment by the clocks of another city, and nothing by those of none', () => {
  const moment = Date.UTC(2027, 5, 1, 22, 30) / 1000;
  expect(localOf(moment, 'Europe/Paris')).toBe('2027-06-02T00:30');
  expect(localOf(moment, 'Europe/Atlantis')).toBeNull();
});
