/** Whether a note of a reminder, or of a ring, would come at all: by what somebody chose under "How you are told". */
import type { TellingView } from './telling-views';

/** `none`: by no way at all; `off`: there is a way, and nothing of this is wanted by it. Rings go by no letter. */
export type ToldOf = 'told' | 'off' | 'none';

export function toldOf(telling: TellingView, what: 'meetings' | 'rings'): ToldOf {
  const byLetter = what === 'meetings' && telling.mailbox?.isAnswered === true;
  if (!telling.isHere && !telling.isElsewhere && !byLetter) return 'none';
  return telling[what] ? 'told' : 'off';
}
