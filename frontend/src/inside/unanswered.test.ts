/** What nobody has answered, after the group's own time: the oldest of others' words, and nothing else. */
import { describe, expect, it } from 'vitest';
import { oldestUnanswered } from './unanswered';
import type { MessageView, TalkView } from './views';

const NOW = 1_800_000_000;
const HOUR = 3_600;
const shown = () => false;

type Said = Partial<MessageView> & { id: string; ago: number };

function message({ ago, ...said }: Said): MessageView {
  return {
    author: 'ana', place: 'room', time: NOW - ago * HOUR, text: 'x', note: null, wants: null, replyTo: null, heardBy: [],
    mine: false, state: 'sent', quietUntil: null, spoken: null, isNew: false, ...said,
  };
}

function talk(said: Said[], isCaughtUp = true): TalkView {
  const all = said.map(message);
  return {
    count: all.length, idAt: (at) => all[at]?.id ?? '', at: (at) => all[at] ?? null,
    indexOf: (id) => all.findIndex((one) => one.id === id), firstNew: null, isReady: true, isCaughtUp,
  };
}

const oldest = (said: Said[], hours = 24) => oldestUnanswered([talk(said), talk([])], hours, NOW, shown)?.id ?? null;

describe('words wait for an answer', () => {
  it('once nobody has replied or pressed Hear for the group’s own time', () => {
    expect(oldest([{ id: 'a', ago: 23 }])).toBeNull();
    expect(oldest([{ id: 'a', ago: 25 }])).toBe('a');
    expect(oldest([{ id: 'a', ago: 25 }], 48)).toBeNull();
  });

  it('the oldest first, over both rooms', () => {
    const talks = [talk([{ id: 'a', ago: 30 }, { id: 'b', ago: 26 }]), talk([{ id: 'c', ago: 40 }])];
    expect(oldestUnanswered(talks, 24, NOW, shown)?.id).toBe('c');
  });

  it('where their author alone heard them, replied or went on', () => {
    expect(oldest([{ id: 'a', ago: 25, heardBy: ['ana'] }, { id: 'b', ago: 24.5, replyTo: 'a' }])).toBe('a');
  });

  it('where they ask for something and others only talked of something else', () => {
    const after: Said = { id: 'b', ago: 29, author: 'ben' };
    expect(oldest([{ id: 'a', ago: 30 }, after, { id: 'c', ago: 20 }])).toBe(null);
    expect(oldest([{ id: 'a', ago: 30, wants: 'listen' }, after])).toBe('a');
  });

  it('where somebody else spoke only after that time', () => {
    expect(oldest([{ id: 'a', ago: 60 }, { id: 'b', ago: 10, author: 'ben' }])).toBe('a');
  });
});

describe('words wait no longer', () => {
  it('once somebody else heard them or replied, at whatever time, also while that is on its way', () => {
    expect(oldest([{ id: 'a', ago: 60, wants: 'ideas', heardBy: ['ben'] }])).toBeNull();
    const reply: Said = { id: 'b', ago: 0, author: 'ben', mine: true, state: 'waiting', replyTo: 'a' };
    expect(oldest([{ id: 'a', ago: 60, wants: 'ideas' }, reply])).toBeNull();
  });

  it('not where the reply was taken back', () => {
    expect(oldest([{ id: 'a', ago: 60 }, { id: 'b', ago: 50, author: 'ben', replyTo: 'a', state: 'taken-back' }])).toBe('a');
  });

  it('after a week', () => expect(oldest([{ id: 'a', ago: 24 * 8 }])).toBeNull());
});

describe('nothing is said', () => {
  it.each<[string, Partial<Said>]>([
    ['of one’s own', { mine: true }], ['of what was taken back', { state: 'taken-back' }], ['of what was folded', { state: 'folded' }],
    ['of what answers somebody', { replyTo: 'z' }], ['of somebody who was asked for quiet', { quietUntil: NOW + HOUR }],
  ])('%s', (_name, change) => expect(oldest([{ id: 'a', ago: 25, ...change }])).toBeNull());

  it('of what this person would rather not see', () => {
    expect(oldestUnanswered([talk([{ id: 'a', ago: 25 }])], 24, NOW, () => true)).toBeNull();
  });

  it('before all that came is here', () => {
    expect(oldestUnanswered([talk([{ id: 'a', ago: 25 }], false)], 24, NOW, shown)).toBeNull();
  });
});
