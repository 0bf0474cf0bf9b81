import { describe, expect, it } from 'vitest';
import { NO_DRAFT } from '../model';
import { remaining } from './remaining';

const said = { ...NO_DRAFT, text: 'Long week.', note: 'a hard week' };

describe('what stays in the box once a message is safe', () => {
  it('is nothing, when nothing was written meanwhile', () => expect(remaining(said, said)).toBe(NO_DRAFT));

  it('is what was written after it', () => {
    expect(remaining({ ...said, text: 'Long week.\nAnd you?' }, said)).toEqual({ ...NO_DRAFT, text: 'And you?' });
  });

  it('is what was written in its place', () => {
    expect(remaining({ ...NO_DRAFT, text: 'Hello' }, said)).toEqual({ ...NO_DRAFT, text: 'Hello' });
  });
});
