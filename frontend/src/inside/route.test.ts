import { expect, test } from 'vitest';
import { joinSecret, parseRoute, pathTo } from './route';
import { SCREENS, type ScreenName } from './screens';

test('every screen has an address of its own that leads back to it', () => {
  const names = Object.keys(SCREENS) as ScreenName[];
  for (const screen of names) {
    const id = SCREENS[screen].about ? 'a_b-9' : undefined;
    expect(parseRoute(pathTo(screen, id))).toEqual({ screen, id: id ?? null });
  }
  expect(new Set(names.map((name) => SCREENS[name].path)).size).toBe(names.length);
});

test.each(['', '#', '#/', '#/nowhere', '#/room/', '#/room/abc', '#/door', '#/door/a/b', '#/door/<b>'])(
  'anything unknown is the first screen: %s',
  (hash) => expect(parseRoute(hash)).toEqual({ screen: 'today', id: null }),
);

test('an invitation is known by its fragment, also when its end was lost', () => {
  expect(joinSecret('#join.abc')).toBe('abc');
  expect(joinSecret('#join.')).toBe('');
  expect(joinSecret('#join')).toBe('');
  expect(joinSecret('#/join')).toBeNull();
});
