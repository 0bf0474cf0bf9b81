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

  it.each(['unknown_version', 'unknown_suite', 'unknown_type'] as const)('that is %s asks for the page again, whoever says it', (code) => {
    expect(both(code)).toEqual(['reload_needed', 'reload_needed']);
  });

  it.each([
    ['already_in', 'already_in'], ['no_knock', 'gone'], ['not_a_member', 'gone'], ['stale_second', 'someone_was_faster'],
    ['invite_expired', 'invitation_over'], ['invite_used', 'invitation_used'], ['invite_void', 'invitation_void'],
    ['closing', 'session_over'], ['too_early', 'clock_wrong'], ['clock', 'clock_wrong'], ['too_long', 'too_long'],
  ])('%s is nobody\'s fault here', (code, trouble) => {
    expect(troubleOf(new Refused(422, code, {})).code).toBe(trouble);
  });

  it('of a full device says so', () => {
    expect(troubleOf(new DOMException('', 'QuotaExceededError')).code).toBe('storage_full');
  });

  it('that nobody foresaw is ours to mend', () => {
    expect(troubleOf(new Refused(500, 'broken', {})).code).toBe('server_trouble');
    expect(troubleOf(new Error('anything')).code).toBe('server_trouble');
  });
});
