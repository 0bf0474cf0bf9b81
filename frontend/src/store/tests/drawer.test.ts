/** What a page keeps in memory on a shared device answers like what is kept on one's own. */
import { expect, it } from 'vitest';
import { passingDrawer } from '../drawer';

it('answers with a span of one circle, in order, from either end', async () => {
  const drawer = passingDrawer();
  await drawer.putAll('messages', [3, 1, 2, 10].map((n) => [['a', n], n]));
  await drawer.put('messages', ['b', 5], 'other');
  expect(await drawer.span('messages', { circle: 'a' })).toEqual([1, 2, 3, 10]);
  expect(await drawer.span('messages', { circle: 'a', before: 10, limit: 2, newest: true })).toEqual([2, 3]);
  expect(await drawer.span('messages', { circle: 'a', after: 1, limit: 1 })).toEqual([2]);
});

it('keeps nothing of what is removed or wiped', async () => {
  const drawer = passingDrawer();
  await drawer.put('messages', ['a', 1], 1);
  await drawer.put('facts', 'name', 'x');
  await drawer.removeSpan('messages', 'a');
  expect(await drawer.all('messages')).toEqual([]);
  await drawer.wipe();
  expect(await drawer.get('facts', 'name')).toBeUndefined();
});
