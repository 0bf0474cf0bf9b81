/** Plays every vector that the Python package plays. An unknown operation, or a file nobody names, fails. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { accountOps, basicOps } from './ops-basic';
import { gatheringOps } from './ops-gathering';
import { logOps } from './ops-log';
import { doorOps, epochOps, messageOps } from './ops-message';
import { meetingOps } from './ops-meeting';
import { reportOps } from './ops-report';
import { signalOps } from './ops-signal';
import { talkOps } from './ops-talk';
import { voiceOps } from './ops-voice';
import { play, readVectors, type Ops } from './playing';

const ops: Ops = { ...basicOps, ...accountOps, ...logOps, ...epochOps, ...messageOps, ...doorOps, ...reportOps, ...meetingOps, ...signalOps, ...gatheringOps, ...talkOps, ...voiceOps };
const folder = new URL('../../../../protocol/vectors/', import.meta.url);
/** A list of words, and nothing to play. */
const WORD_LIST = 'room-words.json';
const files = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== WORD_LIST);

describe.each(files.map((name) => name.replace(/\.json$/, '')))('vectors %s', (name) => {
  it.each(readVectors(name))('$name', async (vector) => {
    const { verdict, out } = await play(ops, vector);
    expect(verdict).toBe(vector.expect);
    if (vector.out !== undefined) expect(out).toEqual(vector.out);
  });
});

it('has 1,024 room words, each once', () => {
  const { words } = JSON.parse(readFileSync(new URL(WORD_LIST, folder), 'utf8')) as { words: string[] };
  expect(new Set(words).size).toBe(1024);
  expect(words.length).toBe(1024);
});

it('finds the vectors', () => expect(files.length).toBeGreaterThan(0));
