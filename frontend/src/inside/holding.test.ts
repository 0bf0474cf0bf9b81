/** Whoever lets go is silent, however they let go; and nothing opens a microphone but a press. */
import { describe, expect, it } from 'vitest';
import { holding, isToHold } from './holding';

function held() {
  const opened: boolean[] = [];
  const shown: boolean[] = [];
  return { opened, shown, hold: holding((on) => opened.push(on), (is) => shown.push(is)) };
}

describe('speaking while it is held', () => {
  it('opens with the press and closes with letting go', () => {
    const { opened, shown, hold } = held();
    hold.begin('pointer');
    hold.release('pointer');
    expect(opened).toEqual([true, false]);
    expect(shown).toEqual([true, false]);
  });

  it('closes once when the page is hidden meanwhile, and letting go afterwards does nothing', () => {
    const { opened, hold } = held();
    hold.begin('key');
    hold.end();
    hold.release('key');
    hold.end();
    expect(opened).toEqual([true, false]);
  });

  it('goes on until what began it lets go', () => {
    const { opened, hold } = held();
    hold.begin('pointer');
    hold.begin('key');
    hold.release('key');
    expect(opened).toEqual([true]);
    hold.release('pointer');
    expect(opened).toEqual([true, false]);
  });

  it('stays open where that was asked for, and letting go closes nothing', () => {
    const { opened, shown, hold } = held();
    hold.begin('pointer');
    hold.keep();
    hold.release('pointer');
    expect(opened).toEqual([true]);
    expect(shown).toEqual([true, false]);
  });

  it('closes nothing that nobody held', () => {
    const { opened, hold } = held();
    hold.release('pointer');
    hold.end();
    hold.keep();
    expect(opened).toEqual([]);
  });
});

describe('the space bar', () => {
  const plain = { key: ' ', ctrlKey: false, altKey: false, metaKey: false, shiftKey: false };

  it('is held on the button, and where nothing else takes it', () => {
    expect(isToHold(plain, true, true)).toBe(true);
    expect(isToHold(plain, false, false)).toBe(true);
    expect(isToHold({ ...plain, key: 'Enter' }, true, true)).toBe(true);
  });

  it('is left to what has the focus, and to keys pressed together', () => {
    expect(isToHold(plain, false, true)).toBe(false);
    expect(isToHold({ ...plain, key: 'Enter' }, false, false)).toBe(false);
    expect(isToHold({ ...plain, shiftKey: true }, true, true)).toBe(false);
    expect(isToHold({ ...plain, key: 'a' }, true, true)).toBe(false);
  });
});
