/** Whom to ring inside follows the site's country, as the pages outside do; what cannot be rung is not believed. */
import { describe, expect, it } from 'vitest';
import { House } from '../store/home';
import { holdOf, Shelf } from '../store/tests/shelf';
import { read, starter, written } from '../words/agreement';
import { ANYWHERE, ringOf, telOf } from './ring';

const US = { code: 'us', emergency: '911', night: { name: '988 Lifeline', number: '988' } };

it('is what the site says of its country', async () => {
  const shelf = new Shelf();
  shelf.lie = (_, truth) => ({ ...truth, home: 'here', now: Math.floor(Date.now() / 1000), country: US });
  const house = new House(holdOf(shelf));
  expect(house.site.get().ring).toEqual(ANYWHERE);
  await house.look();
  expect(house.site.get().ring).toEqual({ country: 'us', emergency: '911', night: US.night });
  expect(telOf(house.site.get().ring.emergency)).toBe('tel:911');
});

describe('where the site says nothing that could be rung', () => {
  const odd = [undefined, null, {}, 7, { ...US, emergency: '' }, { ...US, emergency: '0900123456' }, { ...US, emergency: 911 }, { ...US, code: '' }];
  it.each(odd)('it is 112 or 999: %s', (told) => {
    expect(ringOf(told)).toEqual(ANYWHERE);
    expect(telOf(ringOf(told).emergency)).toBe('tel:112');
  });

  it.each([null, {}, { name: '', number: '988' }, { name: 'Line', number: 'javascript:' }])('no line is named: %s', (night) => {
    expect(ringOf({ ...US, night })).toEqual({ country: 'us', emergency: '911', night: null });
  });
});

describe('the starter agreement', () => {
  it.each(['999', '112', '911', '000', '111', ANYWHERE.emergency])('names %s, and keeps the two parts that the law asks for', (number) => {
    const again = read(written(starter(number)));
    expect(again).toEqual(starter(number));
    expect(again.filter(({ fixed }) => fixed)).toHaveLength(2);
    expect(written(again)).toContain(number);
  });

  it('does not take for fixed what was changed', () => {
    const changed = written(starter('999')).replace('ring 999 at once', 'ask whether to ring 999 at once');
    expect(read(changed).filter(({ fixed }) => fixed)).toHaveLength(1);
  });
});
