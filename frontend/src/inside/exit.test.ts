import { expect, test, vi } from 'vitest';
import { goOnce, shiftPresses } from './exit';

type Heard = Parameters<ReturnType<typeof shiftPresses>>[0];

function key(type: string, name: string, timeStamp: number, more: { repeat?: boolean; stuck?: boolean } = {}): Heard {
  return { type, key: name, timeStamp, repeat: more.repeat ?? false, getModifierState: () => more.stuck ?? false };
}

function press(times: number[], more: { stuck?: boolean } = {}): boolean[] {
  const pressed = shiftPresses();
  return times.map((time) => {
    pressed(key('keydown', 'Shift', time));
    return pressed(key('keyup', 'Shift', time + 40, more));
  });
}

test('three presses within five seconds leave the page', () => {
  expect(press([0, 900, 4000])).toEqual([false, false, true]);
});

test('three slow presses do not', () => {
  expect(press([0, 3000, 6000])).toEqual([false, false, false]);
});

test('writing capitals does not', () => {
  const pressed = shiftPresses();
  const heard = [0, 300, 600, 900].flatMap((time) => [
    pressed(key('keydown', 'Shift', time)),
    pressed(key('keydown', 'A', time + 10)),
    pressed(key('keyup', 'A', time + 20)),
    pressed(key('keyup', 'Shift', time + 30)),
  ]);
  expect(heard).not.toContain(true);
});

test('a Shift held down does not', () => {
  const pressed = shiftPresses();
  pressed(key('keydown', 'Shift', 0));
  for (const time of [100, 200, 300]) pressed(key('keydown', 'Shift', time, { repeat: true }));
  expect(pressed(key('keyup', 'Shift', 400))).toBe(false);
});

test('sticky keys do not', () => {
  expect(press([0, 500, 1000, 1500], { stuck: true })).not.toContain(true);
});

test('the page goes at once where nothing is kept, and else once it is kept', async () => {
  const gone: string[] = [];
  const go = (to: string) => void gone.push(to);
  void goOnce({ to: 'shared', kept: null }, go);
  expect(gone).toEqual(['shared']);
  let kept = () => {};
  const leaving = goOnce({ to: 'mine', kept: new Promise<void>((done) => (kept = done)) }, go);
  await Promise.resolve();
  expect(gone).toEqual(['shared']);
  kept();
  await leaving;
  expect(gone).toEqual(['shared', 'mine']);
});

test('it goes although keeping fails, or takes too long', async () => {
  vi.useFakeTimers();
  const gone: string[] = [];
  await goOnce({ to: 'failed', kept: Promise.reject(new Error()) }, (to) => gone.push(to));
  const leaving = goOnce({ to: 'late', kept: new Promise(() => {}) }, (to) => gone.push(to));
  await vi.advanceTimersByTimeAsync(2000);
  await leaving;
  vi.useRealTimers();
  expect(gone).toEqual(['failed', 'late']);
});
