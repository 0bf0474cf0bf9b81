/** Asking for a second person's yes. */
import { DAY, seconds, type Bytes, type Policy, type Words } from '../protocol';
import type { Group } from './group';

export const PROPOSAL_LASTS = seconds.SECOND_LASTS - DAY;

/** Signs as the second under a change of words or policy. */
export async function proposePolicy(group: Group, words: Words, policy: Policy): Promise<{ head: Bytes; expiry: number; signature: Bytes }> {
  const { book, key, hold } = group;
  const head = book.log.head?.id ?? book.circle;
  const expiry = hold.clock.now() + PROPOSAL_LASTS;
  const act = seconds.policyAct(book.circle, words, policy);
  const [, , , signature] = await seconds.signSecond(key.sign, key.member, act, head, expiry);
  return { head, expiry, signature };
}
