/** A screen reader is told what is shown, and no more: neither at once nor when a message is closed later. */
import { beforeEach, expect, it } from 'vitest';
import { words } from '../../words/en';
import type { MessageView, TalkView } from '../model';
import { Announcing } from './announcing';

const NOW = 1_790_000_000;
const HARD = 'Something hard to hear.';
const text = words.room;
const muted = new Set<string>();
let announcing: Announcing;

beforeEach(() => {
  muted.clear();
  announcing = new Announcing();
  announcing.take(talk(message('old', {})), listener());
});

function listener() {
  return { hides: ({ author }: MessageView) => muted.has(author), nameOf: (author: string) => author, now: NOW };
}

function message(id: string, changed: Partial<MessageView>): MessageView {
  return {
    id, author: 'Mo', place: 'room', time: NOW, text: HARD, note: null, wants: null, spoken: null, replyTo: null, heardBy: [],
    mine: false, state: 'sent', quietUntil: null, isNew: true, ...changed,
  };
}

function talk(...rows: MessageView[]): TalkView {
  return {
    count: rows.length, isReady: true, isCaughtUp: true, firstNew: null, idAt: (row) => rows[row]?.id ?? '',
    at: (row) => rows[row] ?? null, indexOf: (id) => rows.findIndex((row) => row.id === id),
  };
}

/** What stands to be read out once a message has come, or has become another. */
function saidOf(changed: Partial<MessageView>): string {
  announcing.take(talk(message('old', {}), message('new', changed)), listener());
  return announcing.said;
}

it('what is new is said whole, and what was there is not', () => {
  expect(announcing.said).toBe('');
  expect(saidOf({})).toContain(HARD);
});

it.each([['quiet', { quietUntil: NOW + 3600 }], ['a note', { note: 'a hospital stay' }]])('words under %s are not said', (_, covered) => {
  const said = saidOf(covered);
  expect(said).not.toBe('');
  expect(said).not.toContain(HARD);
  expect(saidOf(covered)).toBe(said);
});

it.each<[string, Partial<MessageView>]>([
  ['folded by a host', { state: 'folded', text: '' }],
  ['taken back', { state: 'taken-back', text: '' }],
  ['under quiet', { quietUntil: NOW + 3600 }],
])('words that are %s later are said no more', (_, closed) => {
  saidOf({});
  expect(saidOf(closed)).toBe('');
});

it('words that are muted later, or fade, are said no more', () => {
  saidOf({});
  muted.add('Mo');
  expect(saidOf({})).toBe('');
  muted.clear();
  announcing = new Announcing();
  announcing.take(talk(message('old', {})), listener());
  saidOf({});
  announcing.take(talk(message('old', {})), listener());
  expect(announcing.said).toBe('');
});

it('one’s own words are answered once they are sent', () => {
  expect(saidOf({ mine: true, state: 'waiting' })).toBe('');
  expect(saidOf({ mine: true, state: 'sent' })).toBe(text.sent);
});
