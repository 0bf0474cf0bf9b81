/** What a room holds: nobody takes back another's words, and a hole says so only when nobody explains it (P26, P61). */
import { describe, expect, it } from 'vitest';
import { fromBase64, toBase64, type Bytes, type Content, type Envelope } from '../../protocol';
import type { KeptMessage, Read } from '../feed-entries';
import { Folded } from '../feed-fold';
import { NOTHING_OUTSIDE, talkView } from '../talk-view';

const bytes = (n: number): Bytes => new Uint8Array(32).fill(n);
const id = (n: number): string => toBase64(bytes(n));
const ANA = 'ana';
const BEN = 'ben';

function read(n: number, author: string, content: Content, prev: number | null = null): Read {
  const message = { hash: bytes(n), prev: prev === null ? null : bytes(prev), stream: bytes(90), counter: n } as Envelope;
  return { position: n, at: n, hash: id(n), message, author, content, contentBytes: bytes(0) };
}

const say = (text: string, reply: number | null = null, after: number[] = []): Content => {
  return { type: 'say', time: 0, after: after.map(bytes), rest: ['room', reply === null ? null : bytes(reply), null, 0, text] };
};
const takeBack = (n: number): Content => ({ type: 'take-back', time: 0, after: [], rest: [fromBase64(id(n))] });
const hear = (n: number): Content => ({ type: 'hear', time: 0, after: [], rest: [fromBase64(id(n))] });
const hole = (n: number, gone: 'taken' | 'faded'): KeptMessage => {
  return { position: n, at: n, envelope: null, hash: id(n), gone, logLength: 0 };
};
const ALL = { upTo: 100, isOlder: () => false, mayHaveFaded: () => false };
const texts = (folded: Folded) => folded.rows.room.map((row) => (row.isMissing ? 'missing' : row.text));

describe('a room', () => {
  it('stands in order, whichever part came first', () => {
    const folded = new Folded();
    folded.fold([read(5, ANA, say('five')), read(6, BEN, say('six'))]);
    folded.fold([read(2, ANA, say('two')), read(1, BEN, say('one'))]);
    folded.fold([read(4, ANA, say('four'))]);
    expect(texts(folded)).toEqual(['one', 'two', 'four', 'five', 'six']);
  });

  it('lets only the author take a message back', () => {
    const folded = new Folded();
    folded.fold([read(1, ANA, say('mine')), read(2, BEN, takeBack(1))]);
    expect(folded.isTakenBack(id(1), ANA)).toBe(false);
    folded.fold([read(3, ANA, takeBack(1))]);
    expect(folded.isTakenBack(id(1), ANA)).toBe(true);
  });

  it('forgets a Hear that was taken back', () => {
    const folded = new Folded();
    folded.fold([read(1, ANA, say('hello')), read(2, BEN, hear(1))]);
    expect(folded.heardBy(id(1))).toEqual([BEN]);
    folded.fold([read(3, BEN, takeBack(2))]);
    expect(folded.heardBy(id(1))).toEqual([]);
  });

  it('shows a message that was never told, and says nothing of one that was taken back', () => {
    const folded = new Folded();
    folded.fold([read(2, ANA, say('two'), 1), read(5, BEN, say('five'), 4), read(6, BEN, takeBack(4))]);
    folded.lose(hole(4, 'taken'));
    folded.findMissing(ALL);
    expect(texts(folded)).toEqual(['missing', 'two', 'five']);
  });

  it('believes that something has faded only when it may have', () => {
    const folded = new Folded();
    folded.fold([read(9, ANA, say('nine'))]);
    folded.lose(hole(1, 'faded'));
    folded.lose(hole(8, 'faded'));
    folded.findMissing({ ...ALL, mayHaveFaded: (at) => at < 5 });
    expect(texts(folded)).toEqual(['missing', 'nine']);
  });

  it('says nothing of what came before a newcomer', () => {
    const folded = new Folded();
    folded.fold([read(2, ANA, say('two'), 1)]);
    folded.findMissing({ ...ALL, isOlder: () => true });
    expect(texts(folded)).toEqual(['two']);
  });

  it('misses what others name, and nothing once it has come', () => {
    const folded = new Folded();
    folded.fold([read(5, BEN, say('five', 2)), read(7, BEN, say('seven', null, [3, 5])), read(8, ANA, hear(4))]);
    expect(folded.findMissing(ALL)).toBe(true);
    expect(texts(folded)).toEqual(['missing', 'five', 'missing', 'seven', 'missing']);
    folded.fold([read(2, ANA, say('two')), read(3, ANA, say('three')), read(4, ANA, say('four'))]);
    expect(texts(folded)).toEqual(['two', 'three', 'four', 'five', 'seven']);
    expect(folded.findMissing(ALL)).toBe(false);
  });

  it('misses nothing before it was asked for', () => {
    const folded = new Folded();
    folded.fold([read(9, BEN, say('nine', 2))]);
    folded.findMissing({ ...ALL, upTo: 8 });
    expect(texts(folded)).toEqual(['nine']);
    folded.findMissing({ ...ALL, upTo: 9 });
    expect(texts(folded)).toEqual(['missing', 'nine']);
  });

  it('does not take another\'s word for what somebody has taken back', () => {
    const folded = new Folded();
    folded.fold([read(4, ANA, say('four'), 3), read(6, BEN, takeBack(3))]);
    folded.lose(hole(3, 'taken'));
    folded.findMissing(ALL);
    expect(texts(folded)).toEqual(['missing', 'four']);
  });
});

it('shows nothing as said tomorrow: what a device with a wrong date wrote stands at the time it came', () => {
  const [now, day] = [1_000_000, 86_400];
  const folded = new Folded();
  const timed = (n: number, time: number, at: number): Read => ({ ...read(n, ANA, { ...say('words'), time } as Content), at });
  folded.fold([timed(1, now + day, now - 60), timed(2, now - 90, now - 60), timed(3, now + 300, now), timed(4, now + day, now + 2 * day)]);
  const talk = talkView('room', { ...NOTHING_OUTSIDE, folded, me: BEN, isReady: true, isCaughtUp: true, now });
  // By the clock of a reader that lags behind, what came is still not later than its author says.
  expect([0, 1, 2, 3].map((row) => talk.at(row)?.time)).toEqual([now - 60, now - 90, now + 300, now + day]);
});
