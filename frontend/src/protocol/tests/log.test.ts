/** What vectors cannot say of a log: what is left when a batch was refused. */
import { expect, test } from 'vitest';
import type { Bytes } from '../bytes';
import { extend, replay } from '../log';
import { placesNow } from '../room-words';
import { fromJson, readVectors } from './playing';

interface Replay {
  wires: Bytes[];
}

/** A group's log from the vectors, long enough to be cut. */
function someLog(): Bytes[] {
  const found = readVectors('log').filter(({ op, expect: told }) => op === 'replay' && told === 'success');
  const logs = found.map((one) => (fromJson(one.in) as Replay).wires);
  const long = logs.find(({ length }) => length > 6);
  if (long === undefined) throw new Error('no long log among the vectors');
  return long;
}

function flipped(wire: Bytes): Bytes {
  const other = wire.slice();
  other[other.length - 1] = (other.at(-1) ?? 0) ^ 1;
  return other;
}

test('a batch that is refused changes nothing: p53', async () => {
  const wires = someLog();
  const log = await replay(wires.slice(0, 2));
  const words = placesNow(log);
  const [next, bad] = [wires[2], wires[3]];
  if (next === undefined || bad === undefined) throw new Error('the log is too short');
  await expect(extend(log, [next, flipped(bad)])).rejects.toThrow();
  expect(log.length).toBe(2);
  expect(placesNow(log)).toEqual(words);
  const whole = await extend(log, wires.slice(2));
  expect(whole.length).toBe(wires.length);
  expect(log.length).toBe(2);
});
