/** What a meeting by voice says: who speaks, whose hand is up, who came and went, and no figures that run. */
import { describe, expect, it } from 'vitest';
import { voice as text } from '../words/en/voice';
import type { VoiceView } from './gathering-views';
import { caption, captionAloud, changes, hands, lineTrouble, next, timeLeft, whoIsIn, whoseTurn } from './voice-lines';

const one = (name: string, change: Partial<VoiceView> = {}): VoiceView => ({
  id: name, name, isMe: name === 'Ana', line: 'on', hasMic: true, isOpen: false, isSpeaking: false, hand: 0, isMuted: false, ...change,
});
const ANA = one('Ana');
const BEN = one('Ben', { isOpen: true, isSpeaking: true });
const DEE = one('Dee');

describe('who is speaking', () => {
  it('is said by name, and that it is quiet as well', () => {
    expect(caption([ANA, BEN, DEE])).toBe(text.speaks('Ben', false));
    expect(caption([ANA, BEN, { ...DEE, isSpeaking: true }])).toBe(text.speaks('Ben and Dee', true));
    expect(caption([ANA, DEE])).toBe(text.quiet);
  });

  it('names whoever looks as themselves', () => {
    expect(caption([{ ...ANA, isSpeaking: true }])).toBe(text.speaks('You', true));
  });

  it('is read out only of others, and only when there is somebody', () => {
    expect(captionAloud([{ ...ANA, isSpeaking: true }, DEE])).toBe('');
    expect(captionAloud([{ ...ANA, isSpeaking: true }, BEN])).toBe(text.speaks('Ben', false));
  });

  it('leaves out whom one has muted', () => {
    expect(caption([ANA, { ...BEN, isMuted: true }])).toBe(text.quiet);
    expect(captionAloud([ANA, { ...BEN, isMuted: true }])).toBe('');
  });
});

describe('who is there', () => {
  it('is said by name, or that nobody is', () => {
    expect(whoIsIn([BEN])).toBe(text.areIn('Ben', false));
    expect(whoIsIn([BEN, DEE])).toBe(text.areIn('Ben and Dee', true));
    expect(whoIsIn([])).toBe(text.nobody);
  });

  it('tells who came and who left, once, and never of oneself', () => {
    expect(changes([ANA, BEN], [ANA, BEN, DEE])).toBe(text.came('Dee', false));
    expect(changes([ANA, BEN, DEE], [ANA])).toBe(text.went('Ben and Dee', true));
    expect(changes([ANA, BEN], [ANA, DEE])).toBe(`${text.came('Dee', false)} ${text.went('Ben', false)}`);
    expect(changes([], [ANA])).toBe('');
  });

  it('says that the line is lost only where it is to everybody', () => {
    const lost = { ...BEN, line: 'lost' as const };
    expect(lineTrouble([ANA, lost])).toBe(text.allLost);
    expect(lineTrouble([ANA, lost, DEE])).toBe('');
    expect(lineTrouble([ANA])).toBe('');
  });
});

it('has hands in the order in which they went up', () => {
  expect(hands([{ ...ANA, hand: 2 }, { ...BEN, hand: 1 }, DEE])).toBe(text.hands(['Ben', text.you]));
  expect(hands([ANA, BEN])).toBe('');
});

describe('a turn', () => {
  it('tells whole minutes, then that a little is left, then that it may come to an end', () => {
    expect(timeLeft(180_000, 0)).toBe(text.round.left(3));
    expect(timeLeft(61_000, 0)).toBe(text.round.left(1));
    expect(timeLeft(20_000, 0)).toBe(text.round.little);
    for (const now of [20_000, 900_000]) expect(timeLeft(20_000, now)).toBe(text.round.up);
  });

  it('goes on to the next whose turn is not over, and to nobody after the last', () => {
    const turns = ['Ana', 'Ben', 'Dee'].map((id) => ({ id, name: id, isPast: id === 'Ben', isHere: true }));
    expect(next({ turns, turn: 'Ana' })?.id).toBe('Dee');
    expect(next({ turns: turns.slice(0, 2), turn: 'Ana' })).toBeNull();
    expect(whoseTurn({ turns, turn: 'Dee', isMyTurn: false })).toBe(text.round.turn('Dee'));
    expect(whoseTurn({ turns, turn: 'Ana', isMyTurn: true })).toBe(text.round.mine);
    expect(whoseTurn({ turns, turn: null, isMyTurn: false })).toBe(text.round.over);
  });
});
