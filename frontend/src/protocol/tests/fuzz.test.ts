/** Every reader of bytes, against inputs that nobody meant: no crash, no hang, one form only. */
import { describe, expect, test } from 'vitest';
import { fromHex, join, textBytes } from '../bytes';
import { inputs, READERS, seeds, slowReaders, verdict } from './fuzzing';

/** `make deep` asks for more. */
const COUNT = Number(process.env['FUZZ_INPUTS'] ?? 20_000);
const PATIENCE = 120_000 + 3 * COUNT;
const pool = seeds();
// A refusal is asked for its name alone: writing down a million times where it came from takes longer than the reading.
Error.stackTraceLimit = 0;

const many = (head: string, byte: number, count: number) => join(fromHex(head), new Uint8Array(count).fill(byte));

describe('inputs that nobody meant', () => {
  test('are refused by name, or are the one form: p66', { timeout: PATIENCE }, () => {
    for (const data of inputs(COUNT, 66, pool)) {
      for (const reader of Object.values(READERS)) verdict(reader, data);
    }
  });

  test('take no time: p66', { timeout: PATIENCE }, () => {
    const accents = join(fromHex('79fff9'), textBytes('\u0301'.repeat(32_764)), textBytes('a'));
    const long = [many('', 0x81, 65_536), many('99fffd', 0x80, 65_533), many('79fffd', 0x61, 65_533), accents];
    for (const data of [...long, ...inputs(2000, 67, pool)]) expect(slowReaders(data)).toEqual([]);
  });

  test('reach the inside of every reader: p66', () => {
    const given = [...pool, ...inputs(4000, 68, pool)];
    for (const reader of Object.values(READERS)) {
      expect(new Set(given.map((data) => verdict(reader, data))).size).toBeGreaterThan(1);
    }
  });
});
