import { expect, test } from 'vitest';
import { anywhere, verbOf, type Pressed } from './keys';

const key = (name: string, held: Partial<Pressed> = {}): Pressed => ({
  key: name, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...held,
});

test('arrows move by word and sentence, finer or further with another key, and extend with Shift', () => {
  expect(verbOf(key('ArrowRight'))).toEqual({ do: 'move', step: 'word', way: 'on', extend: false });
  expect(verbOf(key('ArrowRight', { ctrlKey: true, shiftKey: true }))).toEqual({ do: 'move', step: 'letter', way: 'on', extend: true });
  expect(verbOf(key('ArrowDown', { altKey: true }))).toEqual({ do: 'move', step: 'paragraph', way: 'on', extend: false });
  expect(verbOf(key('End', { ctrlKey: true }))).toEqual({ do: 'move', step: 'text', way: 'on', extend: false });
  expect(verbOf(key('ArrowLeft'), true)).toEqual({ do: 'move', step: 'word', way: 'on', extend: false });
});

test('undo and redo work everywhere but where text is typed', () => {
  expect(anywhere(key('z', { ctrlKey: true }))).toEqual({ do: 'undo' });
  expect(anywhere(key('Z', { metaKey: true, shiftKey: true }))).toEqual({ do: 'redo' });
  expect(anywhere(key('y', { ctrlKey: true }))).toEqual({ do: 'redo' });
  expect(anywhere(key('z', { ctrlKey: true }), true)).toBeNull();
  expect(anywhere(key('F6', { shiftKey: true }), true)).toEqual({ do: 'lastPane' });
});

test('keys of the browser and of screen readers are left alone', () => {
  for (const pressed of [key('c', { ctrlKey: true }), key('v', { metaKey: true }), key('n', { altKey: true }), key('Tab'), key('q')]) {
    expect(verbOf(pressed)).toBeNull();
  }
  expect(verbOf(key('V'))).toEqual({ do: 'inVivo' });
});
