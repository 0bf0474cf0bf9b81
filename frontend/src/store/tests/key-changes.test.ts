/** What members read about their keys is what the log says, for every way in which a log changes them. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { append, Log, toBase64, type Event } from '../../protocol';
import { keyChanges } from '../key-changes';

interface Hex {
  hex: string;
}
interface LogCase {
  name: string;
  in: { log: string; take: number; then?: Hex[] };
}
const page = new URL('../../../../protocol/vectors/log.json', import.meta.url);
const vectors = JSON.parse(readFileSync(page, 'utf8')) as { logs: Record<string, Hex[]>; cases: LogCase[] };

/** The log of the vector of this name, replayed. */
async function replayed(name: string) {
  const given = vectors.cases.find((one) => one.name === name)?.in;
  const wires = given === undefined ? vectors.logs[name] : [...(vectors.logs[given.log] ?? []).slice(0, given.take), ...(given.then ?? [])];
  const log = new Log();
  const events: Event[] = [];
  for (const { hex } of wires ?? []) events.push(await append(log, Uint8Array.from(hex.match(/../g) ?? [], (byte) => parseInt(byte, 16))));
  return { log, events };
}

it.each([
  ['four', ['came', 'came', 'came', 'began']],
  ['remove', ['removed', 'came', 'came', 'came', 'began']],
  ['a new phone', ['newPhone', 'came', 'came', 'came', 'began']],
  ['after rekey', ['newKeys', 'came', 'came', 'came', 'began']],
  ['leave', ['left', 'came', 'came', 'came', 'began']],
])('says what changed the room words: %s', async (name, whats) => {
  expect(keyChanges(await replayed(name)).map(({ what }) => what)).toEqual(whats);
});

it.each(['remove', 'a new phone'])('names the two who decided or checked, and neither is the one it is about: %s', async (name) => {
  const [newest] = keyChanges(await replayed(name));
  expect(new Set([newest?.who, ...(newest?.by ?? [])]).size).toBe(3);
});

it('a goodbye that another brings is of whoever left', async () => {
  const { log, events } = await replayed('parting brought by another');
  const [newest] = keyChanges({ log, events });
  const last = events.findLast(({ type }) => type === 'leave');
  expect(newest?.what).toBe('left');
  expect(newest?.who).not.toBe(last && toBase64(last.author));
});
