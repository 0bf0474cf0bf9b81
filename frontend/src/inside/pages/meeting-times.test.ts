/** Times as they are picked in a form. */
import { expect, it } from 'vitest';
import { endOn, isAfterMidnight } from './meeting-times';

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
