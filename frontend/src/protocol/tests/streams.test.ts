/** What one person says in one go has one order: a second message in a place is refused, whichever came first. */
import { expect, test } from 'vitest';
import type { Bytes } from '../bytes';
import type { Moment } from '../log-state';
import type { Envelope } from '../message';
import { Streams } from '../streams';

const bytes = (length: number, value: number): Bytes => new Uint8Array(length).fill(value);
const AT = { seq: 7 } as Moment;

/** The one who spoke, in one stream; `name` stands for id and hash. */
function said(counter: number, name: number, prev: number | null): Envelope {
  const [author, stream] = [bytes(16, 1), bytes(16, 2)];
  const told = { author, stream, counter, id: bytes(16, name), hash: bytes(32, name), prev: prev === null ? null : bytes(32, prev) };
  return told as unknown as Envelope;
}

const [first, second, third] = [said(0, 10, null), said(1, 11, 10), said(2, 12, 11)];

test('any order of arrival is the same order in the end: p26', () => {
  for (const row of [[first, second, third], [third, second, first], [second, third, first]]) {
    const streams = new Streams();
    for (const one of row) {
      expect(streams.check(one, AT)).toBe('new');
      streams.take(one, AT);
      expect(streams.check(one, AT)).toBe('known');
    }
  }
});

test('another message in a place, or one that the next does not name, is a fork: p26', () => {
  const streams = new Streams();
  streams.take(second, AT);
  expect(() => streams.check(said(1, 21, 10), AT)).toThrow('stream_fork');
  expect(() => streams.check(said(0, 20, null), AT)).toThrow('stream_fork');
  expect(() => streams.check(said(2, 22, 20), AT)).toThrow('stream_fork');
  expect(streams.check(first, AT)).toBe('new');
});

test('what somebody saw of the log does not go back: p26', () => {
  const streams = new Streams();
  streams.take(second, AT);
  expect(() => streams.check(third, { seq: 6 } as Moment)).toThrow('head_back');
  expect(() => streams.check(first, { seq: 8 } as Moment)).toThrow('head_back');
});
