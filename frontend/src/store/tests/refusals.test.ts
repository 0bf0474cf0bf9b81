/** What went wrong has its own sentence, whether the server said no or this browser saw it first. */
import { describe, expect, it } from 'vitest';
import { Failure } from '../../protocol';
import { Refused, troubleOf } from '../refusals';

const both = (code: ConstructorParameters<typeof Failure>[0]) => [
  troubleOf(new Refused(422, code, {})).code,
  troubleOf(new Failure(code)).code,
];

describe('a no', () => {
  it('to a seventh change in a day is not a trouble of the server', () => {
    expect(both('too_many_epochs')).toEqual(['too_many_changes', 'too_many_changes']);
  });
});
